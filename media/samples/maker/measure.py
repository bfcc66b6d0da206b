"""Accuracy, NLL, ECE and the NLL-optimal temperature, in float64, straight from the definitions."""

import numpy as np

BINS = 15
START, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def softmax(logits):
    """Rows of probabilities [N, K] from rows of logits [N, K]."""
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def nll(logits, labels):
    """Mean of logsumexp(z) - z_y, in nats."""
    top = logits.max(axis=1)
    log_partition = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return np.mean(log_partition - logits[np.arange(len(labels)), labels])


def ece(logits, labels):
    """Expected calibration error over equal-width bins [lo, hi), the last one closed."""
    p = softmax(logits)
    confidence, right = p.max(axis=1), p.argmax(axis=1) == labels
    edges = np.linspace(0, 1, BINS + 1)
    where = np.clip(np.searchsorted(edges, confidence, side="right") - 1, 0, BINS - 1)
    gaps = np.bincount(where, weights=right - confidence, minlength=BINS)
    return np.abs(gaps).sum() / len(labels)


def fit_temperature(logits, labels):
    """The T at which dNLL/dT = 0, by bisection on u = ln(1/T), in which NLL has one minimum.

    Raises ValueError where no finite optimum exists (every row right, or worse than uniform).
    """
    low, high = -16.0, 16.0
    if not slope(logits, labels, low) < 0 < slope(logits, labels, high):
        raise ValueError("this set has no finite NLL-optimal temperature")
    for _ in range(60):
        middle = (low + high) / 2
        if slope(logits, labels, middle) < 0:
            low = middle
        else:
            high = middle
    return np.exp(-(low + high) / 2)


def slope(logits, labels, u):
    """dNLL/du divided by e^u > 0: the mean of the expected logit less the true class's."""
    expected = (softmax(np.exp(u) * logits) * logits).sum(axis=1)
    return np.mean(expected - logits[np.arange(len(labels)), labels])


def measure(name, logits, labels):
    """One row of the table, as text cells, for float32 logits [N, K] and integer labels [N]."""
    z = logits.astype(np.float64)
    fitted = fit_temperature(z, labels)
    values = [
        np.mean(z.argmax(axis=1) == labels),
        nll(z, labels),
        fitted,
        nll(z / fitted, labels),
        ece(z, labels),
        ece(z / fitted, labels),
    ]
    return [name, str(len(labels))] + [f"{value:.6f}" for value in values]


def as_markdown(rows):
    """The Markdown table of several measured sets."""
    head = ["set", "rows", "accuracy", "NLL(1)", "T*", "NLL(T*)", "ECE(1)", "ECE(T*)"]
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule] + rows)


def put_into_readme(path, table):
    """Replaces what stands between the two marks of the README with the table."""
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    path.write_text(f"{before}{START}\n\n{table}\n\n{END}{after}", encoding="utf-8")
