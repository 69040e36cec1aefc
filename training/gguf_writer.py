"""Writes GGUF version 3 files: typed metadata, then tensors (F32, F16 or Q8_0), each aligned to 32 bytes.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""
import struct
from pathlib import Path

import numpy as np

ALIGNMENT = 32
# metadata types
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
# tensor types
F32, F16, Q8_0 = 0, 1, 8


def _string(text) -> bytes:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _scalar(kind: int, value) -> bytes:
    if kind == STRING:
        return _string(value)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], value)


def quantise_q8_0(x: np.ndarray) -> bytes:
    """Blocks of 32 values: one half-precision scale and 32 signed bytes. The last dimension is a multiple of 32."""
    assert x.shape[-1] % 32 == 0
    blocks = x.reshape(-1, 32).astype(np.float32)
    scale = np.abs(blocks).max(1) / 127
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
    out = np.zeros(len(blocks), dtype=[("scale", "<f2"), ("values", "i1", 32)])
    out["scale"], out["values"] = scale, np.rint(blocks * inverse[:, None])
    return out.tobytes()


def dequantise_q8_0(data: bytes, shape: tuple) -> np.ndarray:
    blocks = np.frombuffer(data, dtype=[("scale", "<f2"), ("values", "i1", 32)])
    return (blocks["scale"].astype(np.float32)[:, None] * blocks["values"]).reshape(shape)


class GgufWriter:
    def __init__(self):
        self._metadata, self._tensors = {}, {}

    def set(self, key: str, kind: int, value) -> None:
        self._metadata[key] = struct.pack("<I", kind) + _scalar(kind, value)

    def set_array(self, key: str, kind: int, values: list) -> None:
        self._metadata[key] = struct.pack("<IIQ", ARRAY, kind, len(values)) + b"".join(_scalar(kind, v) for v in values)

    def add_tensor(self, name: str, values: np.ndarray, kind: int) -> None:
        """values [rows, columns] or [columns], row-major; stored in the kind given."""
        data = quantise_q8_0(values) if kind == Q8_0 else values.astype({F32: "<f4", F16: "<f2"}[kind]).tobytes()
        self._tensors[name] = (values.shape, kind, data)

    def write(self, path: Path) -> None:
        head = b"GGUF" + struct.pack("<IQQ", 3, len(self._tensors), len(self._metadata))
        head += b"".join(_string(key) + value for key, value in self._metadata.items())
        body = b""
        for name, (shape, kind, data) in self._tensors.items():
            head += _string(name) + struct.pack("<I", len(shape)) + b"".join(struct.pack("<Q", n) for n in reversed(shape))  # columns first
            head += struct.pack("<IQ", kind, len(body))
            body += data + bytes(-len(data) % ALIGNMENT)
        Path(path).write_bytes(head + bytes(-len(head) % ALIGNMENT) + body)
