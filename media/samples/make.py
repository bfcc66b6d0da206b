#!/usr/bin/env python3
"""Makes every sample dump in this folder, the icon, and the measured table in README.md.

Run with `python3 media/samples/make.py`. It needs Python 3, NumPy, PyTorch and scikit-learn (for
its bundled digits only). Every seed is fixed: the same machine and versions give the same bytes.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True  # keeps the samples folder free of __pycache__

import torch

from maker import digits, icon, measure, transformer
from maker.containers import write_json

SAMPLES = Path(__file__).resolve().parent


def make_worked_example():
    """The example whose probabilities at T = 1 are .5745 .2114 .1282 .0859."""
    write_json(
        SAMPLES / "four.logits.json",
        {"logits": [2, 1, 0.5, 0.1], "classes": ["cat", "dog", "fox", "owl"]},
    )


def main():
    """Trains both models and writes all files; takes well under a minute on one core."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    make_worked_example()
    measured = digits.make(SAMPLES) + transformer.make(SAMPLES)
    table = measure.as_markdown(measured)
    measure.put_into_readme(SAMPLES / "README.md", table)
    icon.make(SAMPLES.parent / "icon.png")
    print(table)


if __name__ == "__main__":
    main()
