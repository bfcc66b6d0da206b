"""Writers for the file formats that NumPy does not write, or not tidily."""

import json
import struct
import zlib

import numpy as np


def as_json_number(value):
    """The shortest decimal that reads back as the same float32."""
    return float(str(np.float32(value)))


def write_json(path, members):
    """Writes an object with one line for each member, and one for each row of a matrix."""
    lines = [f"  {json.dumps(key)}: {_member(value)}" for key, value in members.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _member(value):
    if isinstance(value, np.ndarray):
        rows = [json.dumps([as_json_number(v) for v in row]) for row in value]
        return "[\n    " + ",\n    ".join(rows) + "\n  ]"
    return json.dumps(value)


def write_json_lines(path, records):
    """Writes one compact JSON object a line."""
    text = "".join(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")


def write_safetensors(path, name, bits, shape, dtype, metadata):
    """Writes one tensor: an 8-byte header length, a JSON header, then the raw numbers.

    `bits` are the little-endian bytes of the tensor; `dtype` is the format's own word, such as
    BF16. The header is padded with spaces so that the numbers start on a multiple of eight.
    """
    entry = {"dtype": dtype, "shape": list(shape), "data_offsets": [0, len(bits)]}
    header = json.dumps({"__metadata__": metadata, name: entry}).encode("utf-8")
    header += b" " * (-len(header) % 8)
    path.write_bytes(struct.pack("<Q", len(header)) + header + bits)


def write_png(path, pixels):
    """Writes 8-bit RGBA pixels [height, width, 4] as a PNG."""
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)  # each row unfiltered
    size = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = [(b"IHDR", size), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(*part) for part in parts))


def _png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
