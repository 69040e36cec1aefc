"""What is exported and restored is what it was: weights in half precision, tokenizer piece by piece."""
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import torch

from .. import model, paths, tokenizer as T
from ..export import export, load_checkpoint
from ..restore import restore

TEXTS = ["const total = 1234;\n\treturn `größer ${x}`;", "  if (a) {\r\n  }", "😀\u200b\0", ""]


class Restore(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for patch in (mock.patch.object(paths, "WORK", self.folder), mock.patch("builtins.print")):
            patch.start()
            self.addCleanup(patch.stop)
        T.train(["const total = sum(a, b);", "  return total * 2;", "function sum(a, b) {"] * 30, self.folder / "small.model", 320)
        self.processor = T.load(self.folder / "small.model")
        self.config = model.Config(vocabulary=320, width=64, layers=2, heads=2, feed_forward=96, context=64)
        self.flat = model.initial_parameters(self.config, 7)
        self.gguf = self.folder / "small.gguf"
        export(self.config, model.views(self.flat, self.config), self.processor, "sink", self.gguf)

    def test_weights_come_back_in_half_precision(self):
        config, parameters, saved = load_checkpoint(restore(self.gguf, "released"))
        self.assertEqual(config.asdict(), {**self.config.asdict(), "epsilon": config.epsilon})
        self.assertAlmostEqual(config.epsilon, self.config.epsilon)
        self.assertEqual(saved["twin"], "sink")
        for name, was in model.views(self.flat, self.config).items():
            self.assertTrue(torch.equal(parameters[name], was.half().float() if was.dim() > 1 else was), name)

    def test_tokenizer_comes_back(self):
        restore(self.gguf, "released")
        restored = T.load()
        for i in range(320):
            self.assertEqual((restored.id_to_piece(i), restored.is_byte(i), restored.is_control(i)),
                             (self.processor.id_to_piece(i), self.processor.is_byte(i), self.processor.is_control(i)))
        for text in TEXTS:
            self.assertEqual(restored.encode(text), self.processor.encode(text), text)
            self.assertEqual(restored.decode(restored.encode(text)), text)

    def test_another_tokenizer_is_not_overwritten(self):
        other = paths.work("tokenizer", "tokenizer.model")
        T.train(["let other = words;", "while (true) {"] * 30, other, 312)
        before = other.read_bytes()
        with self.assertRaisesRegex(ValueError, "is not the tokenizer of"):
            restore(self.gguf, "released")
        self.assertEqual(other.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
