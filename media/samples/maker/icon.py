"""The extension's icon: a distribution on a tile of its own, over a temperature slider."""

import numpy as np

from .containers import write_png

SIZE, SAMPLING = 128, 8  # pixels a side; sub-pixels a side of each pixel
TILE = (38, 44, 58)
COLD, MILD, HOT = (64, 140, 240), (178, 120, 214), (250, 130, 70)
BARS = [0.22, 0.56, 1.0, 0.4, 0.16]


def rounded(x, y, left, top, right, bottom, radius):
    """True inside a rounded rectangle, for pixel coordinates x and y."""
    dx = np.maximum(np.maximum(left + radius - x, x - right + radius), 0)
    dy = np.maximum(np.maximum(top + radius - y, y - bottom + radius), 0)
    return np.hypot(dx, dy) <= radius


def temperature_colour(share):
    """Colours [..., 3] from cold (0) over mild (0.5) to hot (1)."""
    stops = [0, 0.5, 1]
    return np.stack([np.interp(share, stops, c) for c in zip(COLD, MILD, HOT)], axis=-1)


def make(path):
    """Draws at several samples a pixel, averages, and writes the PNG."""
    y, x = (np.mgrid[: SIZE * SAMPLING, : SIZE * SAMPLING] + 0.5) / SAMPLING
    colour = np.empty((*x.shape, 3))
    colour[:] = TILE
    for i, height in enumerate(BARS):
        left = 20 + 18.5 * i
        bar = rounded(x, y, left, 88 - 68 * height, left + 14, 88, 3.5)
        colour[bar] = temperature_colour((88 - y[bar]) / 68)
    track = rounded(x, y, 20, 101, 108, 107, 3)
    colour[track] = temperature_colour((x[track] - 20) / 88)
    colour[np.hypot(x - 71, y - 104) <= 8] = TILE
    colour[np.hypot(x - 71, y - 104) <= 6] = (245, 246, 250)
    inside = rounded(x, y, 0, 0, SIZE, SIZE, 24)
    write_png(path, average(colour, inside))


def average(colour, inside):
    """RGBA pixels from sub-pixels; the colour is the mean of those inside the tile."""
    tiles = (SIZE, SAMPLING, SIZE, SAMPLING)
    cover = inside.reshape(tiles).mean(axis=(1, 3))[..., None]
    summed = (colour * inside[..., None]).reshape(*tiles, 3).mean(axis=(1, 3))
    pixels = np.concatenate([summed / np.maximum(cover, 1e-9), cover * 255], axis=-1)
    return np.rint(pixels).astype(np.uint8)
