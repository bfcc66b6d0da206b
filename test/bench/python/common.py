"""What all contestants share: bins, notes, and the peak memory of the process."""

import sys

import numpy as np


def load(logits, labels):
    return np.load(logits), np.load(labels)


def binned(confidence, correct, bins=15):
    """Weight, and distance of confidence and accuracy, of each bin of equal width."""
    which = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    count = np.bincount(which, minlength=bins)
    gaps = np.abs(
        np.bincount(which, weights=confidence, minlength=bins)
        - np.bincount(which, weights=correct, minlength=bins)
    ) / np.maximum(count, 1)
    return count / len(confidence), gaps


def ece(confidence, correct):
    weight, gaps = binned(confidence, correct)
    return float(weight @ gaps)


def direct_note(nll, correct, confidence):
    """Finishes the work: the means, the bins, and all of it in words."""
    return words(NLL=np.mean(nll, dtype=np.float64), acc=np.mean(correct), ECE=ece(confidence, correct))


def all_note(nll, correct, confidence, brier, entropy):
    weight, gaps = binned(confidence, correct)
    means = [np.mean(of, dtype=np.float64) for of in (nll, correct, confidence, brier, entropy)]
    return words(NLL=means[0], ECE=weight @ gaps, Brier=means[3], S=means[4])


def words(**numbers):
    return ", ".join(f"{name} {value:.5f}" for name, value in numbers.items())


def peak():
    """Prints the peak memory of this process in MB. Linux hands `ru_maxrss` down from the process
    that started this one, so its own figure is asked for first."""
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmHWM"))
        print(int(line.split()[1]) * 1024 / 1e6)
    except OSError:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(used / 1e6 if sys.platform == "darwin" else used * 1024 / 1e6)
