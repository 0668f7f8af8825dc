# Makes the experts beside this file, as training jobs leave them, with the logits that PyTorch itself (1.13, Debian
# python3-torch) computes; and the program that casts to bfloat16, which is part of the library.
import os
import torch
import torch.nn as nn
from networks import *
torch.manual_seed(5); torch.set_num_threads(1)
PROGRAMS = os.path.join(HERE, '../../../main/resources/io/labelworth/learning/network')

def lived(net):
    # Norms as training leaves them, not as they start.
    with torch.no_grad():
        for m in net.modules():
            if isinstance(m, (nn.GroupNorm, nn.BatchNorm2d)):
                m.weight.uniform_(0.5, 1.5); m.bias.uniform_(-0.5, 0.5)
            if isinstance(m, nn.BatchNorm2d):
                m.running_mean.normal_(0, 0.2); m.running_var.uniform_(0.5, 1.5); m.num_batches_tracked.fill_(42)
    return net.eval()
def vectors(name, net, channels, rows, columns, n=5):
    x = torch.randint(0, 256, (n, channels, rows, columns)).float()
    xn = (x / 255 - torch.tensor(MEAN[:channels]).view(1, -1, 1, 1)) / torch.tensor(STD[:channels]).view(1, -1, 1, 1)
    with torch.no_grad(): logits = net(xn)
    save(name + '-vectors', {'images': x, 'logits': logits})
    print(name, logits.abs().max().item(), logits.std().item())
    return xn

net = lived(ResNet(BasicBlock, [2, 2, 2, 2], 'imagenet', 2, 3, 6))
save('resnet18-imagenet-weights', net.state_dict()); vectors('resnet18-imagenet', net, 3, 45, 38)
net = lived(ResNet(BasicBlock, [2, 2, 2, 2], 'small', 2, 1, 6))
save('resnet18-small-weights', net.state_dict()); vectors('resnet18-small', net, 1, 13, 13)
# A scripted module, saved while it was being trained.
torch.jit.script(net.train()).save(os.path.join(HERE, 'resnet18-small.pt'))
net = lived(ResNet(Bottleneck, [3, 4, 6, 3], 'small', 2, 3, 6))
save('resnet50-small-weights', net.state_dict()); vectors('resnet50-small', net, 3, 12, 15)
net = lived(ConvNet(2, 4, 1, 12, 5))
xn = vectors('convnet', net, 1, 12, 12)
torch.jit.trace(net, xn[:1]).save(os.path.join(HERE, 'convnet.pt'))
save('convnet-bf16-weights', {k: v.bfloat16() for k, v in net.state_dict().items()})
save('convnet-fp16-weights', {k: v.half() for k, v in net.state_dict().items()})
save('convnet-fp32-weights', net.state_dict())

class Pair(nn.Module):
    def forward(self, x): return x.flatten(1)[:, :5], x
torch.jit.script(Pair()).save(os.path.join(HERE, 'pair.pt'))

class ToBfloat16(nn.Module):
    def forward(self, x): return x.to(torch.bfloat16)
os.makedirs(PROGRAMS, exist_ok=True)
torch.jit.script(ToBfloat16()).save(os.path.join(PROGRAMS, 'to-bfloat16.pt'))
