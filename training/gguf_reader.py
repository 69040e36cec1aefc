"""Reads a GGUF file (version 3) into metadata and float32 tensors: F32, F16 and Q8_0."""
import struct

import numpy

SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9
F32, F16, Q8_0 = 0, 1, 8


class Reader:
    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def scalar(self, code: str):
        (value,) = struct.unpack_from("<" + code, self.data, self.at)
        self.at += struct.calcsize("<" + code)
        return value

    def string(self) -> str:
        length = self.scalar("Q")
        self.at += length
        return self.data[self.at - length:self.at].decode("utf-8", "replace")

    def value(self, kind: int):
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            item = self.scalar("I")
            return [self.value(item) for _ in range(self.scalar("Q"))]
        return self.scalar(SCALARS[kind])


def read_gguf(path: str) -> tuple:
    """-> (metadata, tensors by name, each [outermost, ..., innermost])"""
    with open(path, "rb") as handle:
        reader = Reader(handle.read())
    if reader.data[:4] != b"GGUF":
        raise ValueError(f"{path} is no GGUF file")
    reader.at = 8
    tensor_count, metadata_count = reader.scalar("Q"), reader.scalar("Q")
    metadata = {}
    for _ in range(metadata_count):
        key = reader.string()
        metadata[key] = reader.value(reader.scalar("I"))
    places = []
    for _ in range(tensor_count):
        name = reader.string()
        shape = [reader.scalar("Q") for _ in range(reader.scalar("I"))]
        places.append((name, shape, reader.scalar("I"), reader.scalar("Q")))
    alignment = metadata.get("general.alignment", 32)
    start = -(-reader.at // alignment) * alignment
    return metadata, {name: tensor(reader.data, start + offset, shape, kind) for name, shape, kind, offset in places}


def tensor(data: bytes, at: int, shape: list, kind: int):
    count = int(numpy.prod(shape))
    if kind == F32:
        values = numpy.frombuffer(data, "<f4", count, at)
    elif kind == F16:
        values = numpy.frombuffer(data, "<f2", count, at)
    elif kind == Q8_0:
        blocks = numpy.frombuffer(data, numpy.dtype([("scale", "<f2"), ("values", "i1", 32)]), count // 32, at)
        values = blocks["scale"].astype("f4")[:, None] * blocks["values"]
    else:
        raise ValueError(f"tensor type {kind} is not known here")
    return values.astype("f4").reshape(shape[::-1])
