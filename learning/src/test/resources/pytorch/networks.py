# The networks that the scripts beside this file judge ours by, and how they save tensors: the reference's ConvNet with its
# norms, torchvision's ResNets of any width, both with the names of their state_dicts.
import json, os, struct
import torch
import torch.nn as nn
import torch.nn.functional as F
HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = {torch.float32: 'F32', torch.float16: 'F16', torch.bfloat16: 'BF16', torch.int64: 'I64'}
MEAN = [0.2861, 0.4, 0.6]; STD = [0.3530, 0.25, 0.3]

def raw(t):
    t = t.detach().contiguous()
    return (t.view(torch.int16) if t.dtype == torch.bfloat16 else t).numpy().tobytes()
def save(name, tensors):
    # As the safetensors library does: metadata, wide types first, then by name.
    header = {'__metadata__': {'format': 'pt'}}; data = b''
    for key, t in sorted(tensors.items(), key=lambda e: (-e[1].element_size(), e[0])):
        b = raw(t)
        header[key] = {'dtype': TYPES[t.dtype], 'shape': list(t.shape), 'data_offsets': [len(data), len(data) + len(b)]}
        data += b
    text = json.dumps(header).encode(); text += b' ' * (-len(text) % 8)
    with open(os.path.join(HERE, name + '.safetensors'), 'wb') as f:
        f.write(struct.pack('<Q', len(text)) + text + data)

class ConvNet(nn.Module):
    def __init__(self, depth, width, channels, side, classes, norm='instance'):
        super().__init__()
        layers = []; c = channels; h = side
        for d in range(depth):
            p = 3 if channels == 1 and d == 0 else 1
            h = h + 2 * p - 2
            norms = {'instance': lambda: [nn.GroupNorm(width, width)], 'batch': lambda: [nn.BatchNorm2d(width)],
                     'group-2': lambda: [nn.GroupNorm(2, width)], 'layer': lambda: [nn.LayerNorm([width, h, h])], 'none': lambda: []}
            layers += [nn.Conv2d(c, width, 3, padding=p), *norms[norm](), nn.ReLU(inplace=True), nn.AvgPool2d(2, 2)]
            h = h // 2; c = width
        self.features = nn.Sequential(*layers); self.classifier = nn.Linear(width * h * h, classes)
    def forward(self, x):
        x = self.features(x); return self.classifier(x.view(x.size(0), -1))

# torchvision's modules and names.
class BasicBlock(nn.Module):
    expansion = 1
    def __init__(self, inputs, planes, stride, downsample):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, planes, 3, stride, 1, bias=False); self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False); self.bn2 = nn.BatchNorm2d(planes)
        self.downsample = downsample
    def forward(self, x):
        beside = x if self.downsample is None else self.downsample(x)
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + beside)
class Bottleneck(nn.Module):
    expansion = 4
    def __init__(self, inputs, planes, stride, downsample):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, planes, 1, bias=False); self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, stride, 1, bias=False); self.bn2 = nn.BatchNorm2d(planes)
        self.conv3 = nn.Conv2d(planes, planes * 4, 1, bias=False); self.bn3 = nn.BatchNorm2d(planes * 4)
        self.downsample = downsample
    def forward(self, x):
        beside = x if self.downsample is None else self.downsample(x)
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        return F.relu(self.bn3(self.conv3(y)) + beside)
class ResNet(nn.Module):
    def __init__(self, block, layers, stem, width, channels, classes):
        super().__init__()
        self.inputs = width
        imagenet = stem == 'imagenet'
        self.conv1 = nn.Conv2d(channels, width, 7, 2, 3, bias=False) if imagenet else nn.Conv2d(channels, width, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.MaxPool2d(3, 2, 1) if imagenet else nn.Identity()
        self.layer1 = self.layer(block, width, layers[0], 1)
        self.layer2 = self.layer(block, width * 2, layers[1], 2)
        self.layer3 = self.layer(block, width * 4, layers[2], 2)
        self.layer4 = self.layer(block, width * 8, layers[3], 2)
        self.fc = nn.Linear(width * 8 * block.expansion, classes)
    def layer(self, block, planes, blocks, stride):
        made = []
        for b in range(blocks):
            s = stride if b == 0 else 1; downsample = None
            if s != 1 or self.inputs != planes * block.expansion:
                downsample = nn.Sequential(nn.Conv2d(self.inputs, planes * block.expansion, 1, s, bias=False), nn.BatchNorm2d(planes * block.expansion))
            made.append(block(self.inputs, planes, s, downsample)); self.inputs = planes * block.expansion
        return nn.Sequential(*made)
    def forward(self, x):
        x = self.maxpool(F.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))
