"""The writer against an independent reading of the format."""
import struct
import tempfile
import unittest
from pathlib import Path

import numpy as np

from ..gguf_writer import ALIGNMENT, ARRAY, BOOL, F16, F32, FLOAT32, INT32, Q8_0, STRING, UINT32, GgufWriter, dequantise_q8_0, quantise_q8_0


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, layout):
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values[0]

    def string(self):
        n = self.take("Q")
        self.at += n
        return self.data[self.at - n:self.at].decode()

    def value(self, kind):
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            inner, n = self.take("I"), self.take("Q")
            return [self.value(inner) for _ in range(n)]
        return self.take({UINT32: "I", INT32: "i", FLOAT32: "f", BOOL: "?"}[kind])


class Gguf(unittest.TestCase):
    def test_file_reads_back(self):
        x = np.random.default_rng(0).normal(size=(3, 64)).astype(np.float32)
        writer = GgufWriter()
        writer.set("a.text", STRING, "größer")
        writer.set("a.flag", BOOL, True)
        writer.set_array("a.list", STRING, ["x", "", "\n"])
        writer.set_array("a.scores", FLOAT32, [0.5, -1.0])
        for name, kind in (("f32", F32), ("f16", F16), ("q8", Q8_0)):
            writer.add_tensor(name, x, kind)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.gguf"
            writer.write(path)
            data = path.read_bytes()
        r = Reader(data)
        self.assertEqual(data[:4], b"GGUF")
        r.at = 4
        self.assertEqual(r.take("I"), 3)
        tensors, pairs = r.take("Q"), r.take("Q")
        self.assertEqual((tensors, pairs), (3, 4))
        metadata = {r.string(): r.value(r.take("I")) for _ in range(pairs)}
        self.assertEqual(metadata, {"a.text": "größer", "a.flag": True, "a.list": ["x", "", "\n"], "a.scores": [0.5, -1.0]})
        infos = {}
        for _ in range(tensors):
            name, dimensions = r.string(), r.take("I")
            shape = [r.take("Q") for _ in range(dimensions)]
            infos[name] = (shape, r.take("I"), r.take("Q"))
            self.assertEqual(shape, [64, 3], "columns come first")
            self.assertEqual(infos[name][2] % ALIGNMENT, 0)
        start = -(-r.at // ALIGNMENT) * ALIGNMENT
        read = lambda name, kind, n: np.frombuffer(data, kind, n, start + infos[name][2]).reshape(3, 64)
        np.testing.assert_array_equal(read("f32", "<f4", 192), x)
        np.testing.assert_array_equal(read("f16", "<f2", 192), x.astype(np.float16))
        at = start + infos["q8"][2]
        self.assertLess(np.abs(dequantise_q8_0(data[at:at + 6 * 34], (3, 64)) - x).max(), np.abs(x).max() / 127)

    def test_q8_0_of_zeros(self):
        np.testing.assert_array_equal(dequantise_q8_0(quantise_q8_0(np.zeros((1, 32), np.float32)), (1, 32)), np.zeros((1, 32)))


if __name__ == "__main__":
    unittest.main()
