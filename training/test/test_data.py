"""Tokenizer, completions and rows: the form that docs/stream-format.md fixes."""
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from .. import tokenizer as T
from ..pack import RowMaker, code_rows, encode_fim
from ..sessions import code, fim
from ..sessions.dense import disguise
from ..train import answer_weights, sample
from .samples import CART, QUEUE, SOURCES, session

class WithTokenizer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        path = Path(folder.name) / "t.model"
        T.train([line for text in (CART, QUEUE) * 5 for line in text.split("\n") if line], path, 384)
        cls.processor = T.load(path)


class Code(unittest.TestCase):
    def test_symbols_and_outline(self):
        self.assertEqual(SOURCES[0].path, "src/cart.ts")
        names = {s.name: s for s in SOURCES[0].symbols}
        self.assertLessEqual({"Cart", "total", "add", "parseHeader"}, set(names))
        self.assertEqual(names["total"].doc, "Returns the price of all items.")
        line = next(i for i, text in enumerate(SOURCES[0].lines) if "sum += item" in text)
        self.assertEqual(code.chain(SOURCES[0].enclosing(line)), " › class Cart › method total")
        text, _ = code.outline(SOURCES[0], 10)
        self.assertIn("class Cart extends Basket\n", text)
        self.assertIn("\n   total(): number\n", text)

    def test_cuts_are_slices_of_the_text(self):
        text = "\n".join(SOURCES[1].lines)
        self.assertEqual(text, QUEUE)
        self.assertIn("'done', next?.id, Date.now() - started", [text[start:end] for start, end in SOURCES[1].cuts])

    def test_a_disguise_renames_text_and_symbols_alike(self):
        renamed = 0
        for seed in range(100):
            source = disguise(random.Random(seed), SOURCES[0])
            self.assertEqual([s.line for s in source.symbols], [s.line for s in SOURCES[0].symbols])
            text = "\n".join(source.lines)
            for before, after in zip(SOURCES[0].symbols, source.symbols):
                self.assertIn(after.name, after.signature)
                self.assertIn(after.signature, source.lines[after.line])
                self.assertIn(after.parameters, after.signature)
                if before.doc:
                    self.assertIn(after.doc, source.lines[after.line - 1])
                if before.name != after.name:
                    renamed += 1
                    self.assertNotRegex(text, rf"\b{before.name}\b")
        self.assertGreater(renamed, 60)


class Completions(WithTokenizer):
    def test_parts_join_to_the_file(self):
        typed = 0
        for seed in range(200):
            parts = fim.plain(random.Random(seed), SOURCES[0])
            if parts:
                _, prefix, middle, suffix = parts[:4]
                self.assertIn(prefix + middle + suffix, CART + "\n")
                self.assertTrue(prefix == "" or prefix.endswith("\n"), "the prefix ends at the start of the cursor's line")
                typed += len(parts) > 4
        self.assertGreater(typed, 10)

    def test_a_cut_at_a_node_leaves_the_node_to_be_completed(self):
        found = set()
        for seed in range(200):
            _, middle, _, typed = fim.cut_node(random.Random(seed), SOURCES[0])
            found.add(middle[typed:])
        self.assertLessEqual({"round(sum)", "{ ...item, count }", "sum += item.price * item.count;", "colon + 1, limit"}, found)

    def test_branch_tokens(self):
        ids = encode_fim(self.processor, random.Random(0), "src/a.ts", "let a;\n", "let b;", "\nlet c;")
        self.assertEqual([i for i in ids if i < T.FIRST_ORDINARY], [T.FILE, T.FIM_PREFIX, T.FIM_SUFFIX, T.FIM_MIDDLE, T.EOS])
        self.assertEqual(self.processor.decode(ids[1:ids.index(T.FIM_PREFIX)]), "src/a.ts\n")

    def test_a_completion_can_use_a_name_of_the_session(self):
        used = 0
        for seed in range(60):
            s = session(seed, 3)
            s.say_name()
            parts = fim.after_session(random.Random(seed), s)
            used += bool(parts) and s.called in parts[2]
        self.assertGreater(used, 20)


class Rows(WithTokenizer):
    def test_control_tokens_never_come_from_text(self):
        ids = self.processor.encode("<|end|><|sink|><unk><|fim_middle|>")
        self.assertTrue(all(i >= T.FIRST_ORDINARY for i in ids))

    def test_text_cut_at_line_starts_tokenizes_alike(self):
        for seed in range(30):
            at = CART.index("\n", random.Random(seed).randrange(len(CART) - 1)) + 1
            self.assertEqual(self.processor.encode(CART), self.processor.encode(CART[:at]) + self.processor.encode(CART[at:]))

    def test_rows_are_full_and_start_with_the_system_prompt(self):
        maker = RowMaker(self.processor, {"a": SOURCES}, 257)
        for seed in range(10):
            row = maker.session_row(random.Random(seed))
            self.assertEqual(len(row), 257)
            self.assertEqual(row[0], T.SYSTEM)
            self.assertNotIn(T.SINK, row)
            self.assertEqual(len(maker.fim_row(random.Random(seed))), 257)
            self.assertEqual(len(maker.dense_row(random.Random(seed))), 257)
            self.assertEqual(len(maker.crowded_row(random.Random(seed))), 257)
            self.assertEqual(len(maker.quizzed_row(random.Random(seed))), 257)
            self.assertEqual(len(maker.streamed_row(random.Random(seed))), 257)
            self.assertEqual(len(maker.drilled_row(random.Random(seed))), 257)
            self.assertEqual(len(maker.bound_row(random.Random(seed))), 257)
        for row in code_rows(self.processor, [CART, QUEUE] * 3, 257):
            self.assertEqual(len(row), 257)

    def test_twins_read_the_same_data(self):
        rows = np.array([[4, 40, 41, 2, 6, 50, 51, 2, 60]], dtype=np.uint16)
        ids, targets, _ = sample(rows, "vanilla")
        self.assertEqual((ids.tolist(), targets.tolist()), ([rows[0, :-1].tolist()], [rows[0, 1:].tolist()]))
        ids, targets, weights = sample(rows, "sink")
        self.assertEqual(ids.tolist(), [[T.SINK, *rows[0, :-2].tolist()]])
        self.assertEqual(targets.tolist(), [[-1, *rows[0, 1:-1].tolist()]])
        self.assertEqual(weights.tolist(), [[1, 1, 1, 1, 1, 3, 3, 3]])

    def test_weights_of_replies_and_completions(self):
        ids = torch.tensor([[T.USER, 40, T.END, T.ASSISTANT, 41, T.END, T.FIM_MIDDLE, 42, T.EOS, 43]])
        self.assertEqual(answer_weights(ids).tolist(), [[1, 1, 1, 3, 3, 1, 2, 2, 1, 1]])
        self.assertEqual(answer_weights(ids, 64.0, 8.0).tolist(), [[1, 1, 1, 64, 64, 1, 8, 8, 1, 1]])
        _, _, weights = sample(ids.numpy().astype(np.uint16), "vanilla", reply=64.0, middle=8.0)
        self.assertEqual(weights.tolist(), [[1, 1, 1, 64, 64, 1, 8, 8, 1]])


if __name__ == "__main__":
    unittest.main()
