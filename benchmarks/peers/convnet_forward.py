"""The forward pass of the paper's ConvNet (depth 3, 28 x 28 grey images) in plain PyTorch, one thread.

Warms up, prints "ready", waits for a line, measures, and prints {"images": ..., "seconds": ...}. Its images are normalised
floats in memory already; the side it is compared with normalises raw pixels in the time measured.
"""

import argparse
import json
import sys
import time

import torch
from torch import nn

SIDE = 28
DEPTH = 3
BATCHES = 8


def convnet(width, classes):
    layers, channels, side = [], 1, SIDE
    for stage in range(DEPTH):
        padding = 3 if stage == 0 else 1
        layers += [
            nn.Conv2d(channels, width, kernel_size=3, padding=padding),
            nn.GroupNorm(width, width, affine=True),
            nn.ReLU(inplace=True),
            nn.AvgPool2d(kernel_size=2, stride=2),
        ]
        channels, side = width, (side + 2 * padding - 2) // 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(width * side * side, classes)).eval()


def run(network, batches, seconds):
    images, start, passed, i = 0, time.perf_counter(), 0.0, 0
    while passed < seconds:
        images += network(batches[i % len(batches)]).shape[0]
        passed = time.perf_counter() - start
        i += 1
    return {"images": images, "seconds": passed}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--warm-up", type=float, default=3.0)
    parser.add_argument("--seconds", type=float, default=8.0)
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(1)
    network = convnet(options.width, options.classes)
    batches = [torch.randn(options.batch, 1, SIDE, SIDE) for _ in range(BATCHES)]
    with torch.no_grad():
        run(network, batches, options.warm_up)
        print("ready", flush=True)
        if sys.stdin.readline():
            print(json.dumps(run(network, batches, options.seconds)), flush=True)


if __name__ == "__main__":
    main()
