"""Reads one set exported in every format, holds them against each other, and trains a step on it.

usage: read_export.py FOLDER, which holds npz/, safetensors/ and image-folder/
"""

import csv
import json
import struct
import sys

import numpy as np


def safetensors(path):
    types = {"U8": np.uint8, "F32": np.float32, "I64": np.int64}
    content = open(path, "rb").read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    data = content[8 + length :]
    return {
        name: np.frombuffer(data[slice(*t["data_offsets"])], types[t["dtype"]]).reshape(t["shape"])
        for name, t in header.items()
        if name != "__metadata__"
    }


folder = sys.argv[1]
npz = np.load(folder + "/npz/set.npz")
other = safetensors(folder + "/safetensors/set.safetensors")
for name in ("images", "labels", "classes"):
    assert npz[name].dtype == other[name].dtype and (npz[name] == other[name]).all(), name

rows = list(csv.reader(open(folder + "/image-folder/labels.csv")))[1:]
assert (np.array([row[2:] for row in rows]).astype(np.float32) == npz["labels"]).all()
assert [int(row[1]) for row in rows] == list(npz["classes"])
try:
    from PIL import Image

    for row, image in zip(rows, npz["images"]):
        assert (np.asarray(Image.open(folder + "/image-folder/" + row[0])) == image[0]).all(), row[0]
except ImportError:
    print("no PIL here: PNG files were not looked at")

try:
    import torch
    import torch.nn.functional as F

    card = json.load(open(folder + "/npz/card.json"))["dataset"]
    x = (torch.from_numpy(npz["images"]).float() / 255 - card["mean"][0]) / card["std"][0]
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(x[0].numel(), card["classes"]))
    loss = lambda: -(torch.from_numpy(npz["labels"]) * F.log_softmax(model(x), 1)).sum(1).mean()
    before = loss()
    before.backward()
    with torch.no_grad():
        for weight in model.parameters():
            weight -= 0.01 * weight.grad
        assert loss() < before
except ImportError:
    print("no PyTorch here: nothing was trained")

print("agree: %d images of %d classes" % npz["labels"].shape)
