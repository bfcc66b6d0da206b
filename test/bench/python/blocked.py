"""NumPy tuned by an expert: blocks of rows that stay in the cache, buffers made once, everything
in place and in float32, one exponential a logit; and if wished several threads, as NumPy lets go
of the interpreter's lock."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from common import all_note, direct_note

# Row sums are `einsum`s: on rows of this length they are twice as fast as `np.add.reduce`.
BLOCK_BYTES = 1 << 19


class Blocked:
    """Room for rows of logits of one shape, and the threads that go over them."""

    def __init__(self, rows, classes, threads=1):
        self.rows, self.classes, self.threads = rows, classes, threads
        self.step = max(1, BLOCK_BYTES // (4 * classes))
        shape = (self.step, classes)
        self.buffers = [np.empty(shape, np.float32) for _ in range(threads)]
        self.windows = [np.empty(shape, np.float32) for _ in range(threads)]
        self.top, self.own, self.sum0, self.sum1, self.sum2 = np.empty((5, rows), np.float32)
        self.pool = ThreadPoolExecutor(threads)

    def each(self, work):
        """Calls work(thread, first row, end row) on a part of the rows in each thread."""
        edges = [self.rows * i // self.threads for i in range(self.threads + 1)]
        if self.threads == 1:
            work(0, 0, self.rows)
        else:
            list(self.pool.map(work, range(self.threads), edges, edges[1:]))

    def exponentials(self, block, rows, beta, e):
        """Writes exp((z − max z)·β) of a block, and the sums of it."""
        np.max(block, axis=1, out=self.top[rows])
        np.subtract(block, self.top[rows, None], out=e)
        np.multiply(e, beta, out=e)
        np.exp(e, out=e)
        np.einsum("ij->i", e, out=self.sum0[rows])

    def note(self, beta):
        """What the sums come to. A tie of the maximum, which has probability 0 here, counts as right."""
        gap = self.top - self.own
        nll = np.log(self.sum0) + gap * beta
        return direct_note(nll, gap == 0, 1 / self.sum0)

    def direct(self, z, y, T):
        beta = np.float32(1 / T)

        def work(thread, first, end):
            for start in range(first, end, self.step):
                rows = slice(start, min(start + self.step, end))
                block = z[rows]
                self.exponentials(block, rows, beta, self.buffers[thread][: len(block)])

        self.each(work)
        self.own[:] = z[np.arange(self.rows), y]
        return self.note(beta)

    def from_file(self, logits, y, T, offset):
        """As `direct`, but the file is never held: it is read into one window a thread."""
        beta = np.float32(1 / T)

        def work(thread, first, end):
            with open(logits, "rb", buffering=0) as file:
                file.seek(offset + 4 * self.classes * first)
                for start in range(first, end, self.step):
                    rows = slice(start, min(start + self.step, end))
                    window = self.windows[thread][: rows.stop - start]
                    file.readinto(window.reshape(-1).view(np.uint8))
                    self.exponentials(window, rows, beta, self.buffers[thread][: len(window)])
                    self.own[rows] = window[np.arange(len(window)), y[rows]]

        self.each(work)
        return self.note(beta)

    def all_metrics(self, z, y, T):
        """NLL, accuracy, ECE, Brier and entropy; Σ e² and Σ e·δ come from the same block."""
        beta = np.float32(1 / T)

        def work(thread, first, end):
            for start in range(first, end, self.step):
                rows = slice(start, min(start + self.step, end))
                block = z[rows]
                e = self.buffers[thread][: len(block)]
                self.exponentials(block, rows, beta, e)
                np.einsum("ij,ij->i", e, block, out=self.sum1[rows])
                np.einsum("ij,ij->i", e, e, out=self.sum2[rows])

        self.each(work)
        self.own[:] = z[np.arange(self.rows), y]
        gap = (self.top - self.own) * beta
        confidence = 1 / self.sum0
        return all_note(
            nll=np.log(self.sum0) + gap,
            correct=gap == 0,
            confidence=confidence,
            brier=self.sum2 * confidence**2 - 2 * np.exp(-gap) * confidence + 1,
            entropy=np.log(self.sum0) + (self.top - self.sum1 * confidence) * beta,
        )

    def fit(self, z, y):
        """Newton's method on ln β, on logits that become δ = z − max z in their own place."""
        self.each(lambda _, first, end: self.shift(z, first, end))
        target = np.mean(z[np.arange(self.rows), y], dtype=np.float64)
        log_beta = 0.0
        for _ in range(30):
            beta = np.exp(log_beta)
            mean, variance = self.moments(z, np.float32(beta))
            slope = mean - target
            step = -slope / (variance * beta + slope)
            log_beta += np.clip(step, -1, 1)
            if abs(step) < 1e-6:
                break
        return np.exp(-log_beta)

    def shift(self, z, first, end):
        for start in range(first, end, self.step):
            block = z[start : min(start + self.step, end)]
            top = self.top[start : start + len(block)]
            np.max(block, axis=1, out=top)
            np.subtract(block, top[:, None], out=block)

    def moments(self, gaps, beta):
        """The means over the rows of the mean and the variance of δ."""

        def work(thread, first, end):
            for start in range(first, end, self.step):
                rows = slice(start, min(start + self.step, end))
                block = gaps[rows]
                e = self.buffers[thread][: len(block)]
                np.multiply(block, beta, out=e)
                np.exp(e, out=e)
                np.einsum("ij->i", e, out=self.sum0[rows])
                np.multiply(e, block, out=e)
                np.einsum("ij->i", e, out=self.sum1[rows])
                np.einsum("ij,ij->i", e, block, out=self.sum2[rows])

        self.each(work)
        mean = self.sum1 / self.sum0
        variance = self.sum2 / self.sum0 - mean * mean
        return np.mean(mean, dtype=np.float64), np.mean(variance, dtype=np.float64)
