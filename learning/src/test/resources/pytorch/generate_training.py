# Makes what training/ holds, which NetworkTrainingTest compares with: a few steps of PyTorch itself (1.13, Debian python3-torch), under SGD at a
# constant rate and AdamW under half a cosine, without augmentation. ResNets start from the weights of generate_experts.py.
import copy
import torch
import torch.nn as nn
import torch.nn.functional as F
from networks import *
torch.manual_seed(11); torch.set_num_threads(1)
STEPS = 4

def load(name):
    with open(os.path.join(HERE, name + '.safetensors'), 'rb') as f: content = f.read()
    n = struct.unpack('<Q', content[:8])[0]; header = json.loads(content[8:8 + n]); header.pop('__metadata__')
    kinds = {'F32': torch.float32, 'I64': torch.int64}
    return {k: torch.frombuffer(bytearray(content[8 + n + v['data_offsets'][0]:8 + n + v['data_offsets'][1]]), dtype=kinds[v['dtype']]).view(v['shape'])
            for k, v in header.items()}
def macs(net, x):
    total = [0]
    def count(m, inputs, output):
        total[0] += output[0].numel() * (m.weight[0].numel())
    hooks = [m.register_forward_hook(count) for m in net.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    with torch.no_grad(): net.eval()(x[:1])
    for h in hooks: h.remove()
    return torch.tensor([float(total[0])])
def train(name, net, channels, rows, columns, classes, keep, n=6):
    x = torch.randint(0, 256, (n, channels, rows, columns)).float()
    xn = (x / 255 - torch.tensor(MEAN[:channels]).view(1, -1, 1, 1)) / torch.tensor(STD[:channels]).view(1, -1, 1, 1)
    t = torch.softmax(torch.randn(n, classes) * 2, 1); t[0] *= 0.5
    out = {'images': x, 'targets': t, 'macs': macs(net, xn)}
    fresh = copy.deepcopy(net)
    for kind in ['sgd', 'adamw']:
        net = copy.deepcopy(fresh).train()
        if kind == 'sgd':
            opt = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
            schedule = torch.optim.lr_scheduler.ConstantLR(opt, factor=1)
        else:
            opt = torch.optim.AdamW(net.parameters(), lr=0.001, weight_decay=1)
            schedule = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=STEPS)
        losses = []
        for i in range(STEPS):
            loss = -(t * F.log_softmax(net(xn), 1)).sum(1).mean(); losses.append(loss.detach())
            opt.zero_grad(); loss.backward(); opt.step(); schedule.step()
        out[kind + '-losses'] = torch.stack(losses)
        with torch.no_grad(): out[kind + '-logits'] = net.eval()(xn)
        save('training/' + name + '-' + kind, {k: v for k, v in net.state_dict().items() if keep(k)})
        print(name, kind, losses)
    save('training/' + name, out)

for norm in ['batch', 'group-2', 'layer', 'none', 'instance']:
    net = ConvNet(2, 4, 3, 10, 4, norm)
    save('training/convnet-' + norm + '-start', net.state_dict())
    train('convnet-' + norm, net, 3, 10, 10, 4, lambda k: True)
def resnet(name, block, layers, stem, channels, rows, columns, keep):
    net = ResNet(block, layers, stem, 2, channels, 6); net.load_state_dict(load(name + '-weights'))
    train(name, net, channels, rows, columns, 6, keep)
some = lambda k: k.startswith(('conv1', 'bn1', 'layer4.1', 'fc'))
resnet('resnet18-small', BasicBlock, [2, 2, 2, 2], 'small', 1, 13, 13, lambda k: True)
resnet('resnet18-imagenet', BasicBlock, [2, 2, 2, 2], 'imagenet', 3, 45, 38, some)
resnet('resnet50-small', Bottleneck, [3, 4, 6, 3], 'small', 3, 12, 15, some)
