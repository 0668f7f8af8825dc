"""Training of the paper's ConvNet in plain PyTorch: the recipe that Labelworth's experts and students are trained by.

SGD with momentum and weight decay, the rate times 0.3 after every quarter, soft cross-entropy, DSA augmentation in its single mode.

  train    trains a student for each seed on the set in a file, and prints {"seed", "testAccuracy", "loss", "seconds"} for each
  measure  trains on random images: warms up, prints "ready", waits for a line, and prints {"images": ..., "seconds": ...}

Files are safetensors of float32. A set has "images" (n, channels, rows, columns; raw pixels, 0 to 255) and "targets" (n, classes);
a test file has "images" and "classes" (n). Mean and standard deviation are of pixels scaled to [0, 1].
"""

import argparse
import json
import math
import struct
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from torch import nn

EVALUATION_BATCH = 256


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = numpy.frombuffer(data, "<f4", (end - start) // 4, start).copy()
        tensors[name] = torch.from_numpy(values).reshape(entry["shape"])
    return tensors


def convnet(depth, width, channels, side, classes):
    layers, inputs = [], channels
    for stage in range(depth):
        padding = 3 if stage == 0 and channels == 1 else 1
        layers += [
            nn.Conv2d(inputs, width, kernel_size=3, padding=padding),
            nn.GroupNorm(width, width, affine=True),
            nn.ReLU(inplace=True),
            nn.AvgPool2d(kernel_size=2, stride=2),
        ]
        inputs, side = width, (side + 2 * padding - 2) // 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(width * side * side, classes))


def each(images):
    """A number in [0, 1) for each image."""
    return torch.rand(images.shape[0], 1, 1, 1)


def colour(x):
    x = x + (each(x) - 0.5)
    if x.shape[1] > 1:
        mean = x.mean(dim=1, keepdim=True)
        x = (x - mean) * (each(x) * 2) + mean
    mean = x.mean(dim=[1, 2, 3], keepdim=True)
    return (x - mean) * (each(x) + 0.5) + mean


def crop(x):
    count, _, rows, columns = x.shape
    down, right = int(rows * 0.125 + 0.5), int(columns * 0.125 + 0.5)
    downs = torch.randint(-down, down + 1, (count, 1, 1))
    rights = torch.randint(-right, right + 1, (count, 1, 1))
    image, row, column = torch.meshgrid(torch.arange(count), torch.arange(rows), torch.arange(columns), indexing="ij")
    row = torch.clamp(row + downs + 1, 0, rows + 1)
    column = torch.clamp(column + rights + 1, 0, columns + 1)
    return F.pad(x, [1, 1, 1, 1]).permute(0, 2, 3, 1)[image, row, column].permute(0, 3, 1, 2).contiguous()


def cutout(x):
    count, _, rows, columns = x.shape
    high, wide = int(rows * 0.5 + 0.5), int(columns * 0.5 + 0.5)
    top = torch.randint(0, rows + (1 - high % 2), (count, 1, 1)) - high // 2
    left = torch.randint(0, columns + (1 - wide % 2), (count, 1, 1)) - wide // 2
    row, column = torch.arange(rows).view(1, -1, 1), torch.arange(columns).view(1, 1, -1)
    hole = (row >= top) & (row < top + high) & (column >= left) & (column < left + wide)
    return x * (~hole).unsqueeze(1).to(x.dtype)


def flip(x):
    return torch.where(each(x) < 0.5, x.flip(3), x)


def affine(x, theta):
    grid = F.affine_grid(theta, x.shape, align_corners=True)
    return F.grid_sample(x, grid, align_corners=True)


def scale(x):
    theta = torch.zeros(x.shape[0], 2, 3)
    theta[:, 0, 0] = torch.rand(x.shape[0]) * (1.2 - 1 / 1.2) + 1 / 1.2
    theta[:, 1, 1] = torch.rand(x.shape[0]) * (1.2 - 1 / 1.2) + 1 / 1.2
    return affine(x, theta)


def rotate(x):
    angle = (torch.rand(x.shape[0]) - 0.5) * 2 * 15 / 180 * math.pi
    theta = torch.zeros(x.shape[0], 2, 3)
    theta[:, 0, 0], theta[:, 0, 1] = torch.cos(angle), -torch.sin(angle)
    theta[:, 1, 0], theta[:, 1, 1] = torch.sin(angle), torch.cos(angle)
    return affine(x, theta)


FAMILIES = [colour, crop, cutout, flip, scale, rotate]


def augment(x):
    return FAMILIES[torch.randint(len(FAMILIES), ()).item()](x)


class Training:
    """Steps of one network, in random batches without end; each pass over the set in a new order."""

    def __init__(self, images, targets, options):
        self.images, self.targets, self.options = images, targets, options
        self.network = convnet(options.depth, options.width, images.shape[1], images.shape[2], targets.shape[1])
        self.optimiser = torch.optim.SGD(
            self.network.parameters(),
            lr=options.learning_rate,
            momentum=options.momentum,
            weight_decay=options.weight_decay,
        )
        self.order, self.steps = [], 0

    def step(self, last_step=None):
        if last_step:
            decays = math.floor(self.steps / (last_step * 0.25) + 1e-9)
            for group in self.optimiser.param_groups:
                group["lr"] = self.options.learning_rate * 0.3**decays
        if len(self.order) == 0:
            self.order = torch.randperm(self.images.shape[0])
        batch, self.order = self.order[: self.options.batch], self.order[self.options.batch :]
        images, targets = self.images[batch], self.targets[batch]
        if self.options.augmentation == "dsa":
            images = augment(images)
        loss = -(targets * F.log_softmax(self.network(images), dim=1)).sum(dim=1).mean()
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.steps += 1
        return len(batch), loss.item()

    def accuracy(self, images, classes):
        self.network.eval()
        right = 0
        with torch.no_grad():
            for start in range(0, len(images), EVALUATION_BATCH):
                end = start + EVALUATION_BATCH
                right += (self.network(images[start:end]).argmax(dim=1) == classes[start:end]).sum().item()
        self.network.train()
        return right / len(images)


def train(options):
    given, test = read(options.set), read(options.test)
    mean = torch.tensor(options.mean).view(1, -1, 1, 1)
    std = torch.tensor(options.std).view(1, -1, 1, 1)
    images, test_images = (given["images"] / 255 - mean) / std, (test["images"] / 255 - mean) / std
    for seed in options.seeds:
        start = time.perf_counter()
        torch.manual_seed(seed)
        training = Training(images, given["targets"], options)
        for _ in range(options.steps):
            _, loss = training.step(options.steps)
        accuracy = training.accuracy(test_images, test["classes"].long())
        seconds = time.perf_counter() - start
        print(json.dumps({"seed": seed, "testAccuracy": accuracy, "loss": loss, "seconds": seconds}), flush=True)


def measure(options):
    torch.manual_seed(1)
    images = torch.randn(options.images, options.channels, options.side, options.side)
    targets = torch.softmax(torch.randn(options.images, options.classes), dim=1)
    training = Training(images, targets, options)

    def run(seconds):
        count, start, passed = 0, time.perf_counter(), 0.0
        while passed < seconds:
            count += training.step()[0]
            passed = time.perf_counter() - start
        return {"images": count, "seconds": passed}

    run(options.warm_up)
    print("ready", flush=True)
    if sys.stdin.readline():
        print(json.dumps(run(options.seconds)), flush=True)


def main():
    numbers = lambda kind: lambda text: [kind(number) for number in text.split(",")]
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--threads", type=int, default=1)
    shared.add_argument("--depth", type=int, default=3)
    shared.add_argument("--width", type=int, default=128)
    shared.add_argument("--batch", type=int, default=256)
    shared.add_argument("--learning-rate", type=float, default=0.01)
    shared.add_argument("--momentum", type=float, default=0.9)
    shared.add_argument("--weight-decay", type=float, default=5e-4)
    shared.add_argument("--augmentation", choices=["dsa", "none"], default="dsa")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    training = commands.add_parser("train", parents=[shared])
    training.add_argument("--set", required=True)
    training.add_argument("--test", required=True)
    training.add_argument("--mean", type=numbers(float), required=True)
    training.add_argument("--std", type=numbers(float), required=True)
    training.add_argument("--steps", type=int, required=True)
    training.add_argument("--seeds", type=numbers(int), required=True)
    training.set_defaults(run=train)
    measuring = commands.add_parser("measure", parents=[shared])
    measuring.add_argument("--images", type=int, required=True)
    measuring.add_argument("--channels", type=int, default=1)
    measuring.add_argument("--side", type=int, default=28)
    measuring.add_argument("--classes", type=int, default=10)
    measuring.add_argument("--warm-up", type=float, default=3.0)
    measuring.add_argument("--seconds", type=float, default=8.0)
    measuring.set_defaults(run=measure)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.run(options)


if __name__ == "__main__":
    main()
