"""A small network that is too sure of itself, on the 8x8 handwritten digits.

It is trained on few, noisy pictures with some wrong labels, until it has nearly learnt them by
heart: its temperature on the training part is far below 1 and elsewhere well above 1.
"""

import json

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn

from .containers import as_json_number, write_json_lines
from .measure import measure

SEED = 20
TRAIN, VALIDATION = 600, 600  # the other 597 pictures are the test set
PIXEL_NOISE = 3.0  # standard deviation, on pixels from 0 to 16
WRONG_LABELS = 0.08
EPOCHS = 115
BATCH = 50
STREAMED = 60
NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def noisy_digits(rng):
    """All 1,797 pictures [N, 64], shuffled and noised, with labels, some wrong among the first."""
    data = load_digits()
    order = rng.permutation(len(data.target))
    pictures = data.data[order] + rng.normal(0, PIXEL_NOISE, data.data.shape)
    labels = data.target[order].astype(np.int64)
    wrong = np.flatnonzero(rng.random(TRAIN) < WRONG_LABELS)
    labels[wrong] = (labels[wrong] + rng.integers(1, len(NAMES), len(wrong))) % len(NAMES)
    return (pictures / 16).astype(np.float32), labels, len(wrong)


def train(pictures, labels):
    """A 64-64-64-10 network with ReLU, trained by Adam on cross-entropy."""
    net = nn.Sequential(
        nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, len(NAMES))
    )
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(labels)).split(BATCH):
            loss = nn.functional.cross_entropy(net(pictures[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return net


def write_stream(path, logits, labels):
    """The first rows of the test set as a log, one record a line."""
    write_json_lines(
        path,
        (
            {
                "id": f"test-{i:03d}",
                "logits": [as_json_number(v) for v in logits[i]],
                "label": int(labels[i]),
            }
            for i in range(STREAMED)
        ),
    )


def make(samples):
    """Writes `digits/` and `stream.logits.jsonl`; returns the measured rows."""
    torch.manual_seed(SEED)
    pictures, labels, wrong = noisy_digits(np.random.default_rng(SEED))
    print(f"digits: {wrong} of {TRAIN} training labels are wrong on purpose")
    net = train(torch.from_numpy(pictures[:TRAIN]), torch.from_numpy(labels[:TRAIN]))
    with torch.no_grad():
        logits = net(torch.from_numpy(pictures)).numpy()

    folder = samples / "digits"
    folder.mkdir(exist_ok=True)
    cuts = [TRAIN, TRAIN + VALIDATION]
    parts = dict(zip(["train", "val", "test"], zip(np.split(logits, cuts), np.split(labels, cuts))))
    for name, (part_logits, part_labels) in parts.items():
        np.save(folder / f"{name}_logits.npy", part_logits)
        np.save(folder / f"{name}_labels.npy", part_labels)
    np.savez_compressed(folder / "val.npz", logits=parts["val"][0], labels=parts["val"][1])
    (folder / "classes.json").write_text(json.dumps(NAMES) + "\n", encoding="utf-8")
    write_stream(samples / "stream.logits.jsonl", *parts["test"])
    return [measure(f"digits, {name}", *part) for name, part in parts.items()]
