"""The guide's losses against their definition, through the whole model; what waking changes and what it leaves alone."""
import math
import unittest

import torch

from .. import model
from .. import tokenizer as T
from ..guide import STEPS, Guide, attention_loss, sought
from ..rope import rotate
from ..wake import IDLE, IDLE_FEED_FORWARD, head_rows, set_values, silence, token_reader
from .test_backends import cpu_backend
from .test_bindings import TEXTS, row

CONFIG = model.Config(vocabulary=512, width=256, layers=8, heads=8, feed_forward=96, context=96)


def rows() -> torch.Tensor:
    """Two rows of 96 tokens, one of which has nothing for the guide."""
    events = ((T.EDIT, "a.ts\n+one"), (T.FILE, "b.ts\n two"), (T.EDIT, "c.ts\n+six"), (T.ASSISTANT, "You find two in b.ts."), (T.ASSISTANT, "You find one in a.ts."))
    some = (row(*events) + [T.END] * 96)[:96]
    return torch.tensor([some, [T.USER] + [T.FIRST_ORDINARY + 65] * 95])


def reference(flat: torch.Tensor, ids: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor, guide: Guide) -> torch.Tensor:
    """Gradient of all losses by autograd in fp32, from the definitions in guide.py's docstring."""
    c, flat = CONFIG, flat.clone().requires_grad_(True)
    p, (cos, sin) = model.views(flat, CONFIG), model.rope_tables(CONFIG, 96)
    x, losses = p["embedding"][ids], []
    for layer in range(c.layers):
        for name, step in STEPS.items():
            items = [(b, item) for b, of_row, found in guide.plan for item in sought(name, of_row, found)]
            if step.read_at == layer:
                marks = guide.plan[0][2].marks
                losses += [torch.nn.functional.cross_entropy(guide._scores(name, x[b, t][None], marks)[0], torch.tensor(file)) / len(items) for b, (t, file, _) in items]
        qkv = torch.nn.functional.linear(model.rms_norm(x, p[f"{layer}.attention_norm"], c.epsilon), p[f"{layer}.qkv"])
        probabilities = []
        x = x + torch.nn.functional.linear(model.causal_attention(qkv, c, cos, sin, probabilities), p[f"{layer}.attention_out"])
        for name, step in STEPS.items():
            for heads in (heads for of, heads in step.heads if of == layer):
                items = [(b, item) for b, of_row, found in guide.plan for item in sought(name, of_row, found)]
                for b, (t, _, keys) in items:
                    for head in heads:
                        paid = probabilities[0][b, head, t, keys]
                        losses.append((-paid.log().mean() if name == "gather" else -paid.sum().log()) / len(items) / len(heads))
        x = x + model.feed_forward(model.rms_norm(x, p[f"{layer}.feed_forward_norm"], c.epsilon), p[f"{layer}.gate_up"], p[f"{layer}.down"])
    scores = torch.nn.functional.linear(model.rms_norm(x, p["norm"], c.epsilon), p["embedding"])
    weights = guide.weighted(targets, weights)
    main = (torch.nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten(), reduction="none") * weights.flatten()).sum() / weights.sum()
    (main + guide.weight * sum(losses)).backward()
    return flat.grad


class Guided(unittest.TestCase):
    def setUp(self):
        torch.set_num_threads(1)
        self.flat = model.initial_parameters(CONFIG, 1)
        g = torch.Generator().manual_seed(2)
        self.ids, self.weights = rows(), torch.rand(2, 96, generator=g) + 0.5
        self.targets = torch.cat([self.ids[:, 1:], self.ids[:, :1]], 1)
        self.reads = {name: torch.randn(256, 256, generator=g) for name in ("gather", "find")}

    def guide(self, p: dict) -> Guide:
        guide = Guide(CONFIG, p, TEXTS + [""] * (512 - len(TEXTS)), point=3.0, weight=0.7)
        guide.load({"reads": self.reads})
        return guide

    def test_gradients_are_those_of_the_definition(self):
        backend = cpu_backend(self.flat, CONFIG)
        backend.guide = self.guide(backend.p)
        backend.loss_and_grad(self.ids, self.targets, self.weights)
        self.assertEqual([b for b, _, _ in backend.guide.plan], [0])
        plain = self.guide(model.views(self.flat, CONFIG))
        plain.begin(self.ids)
        expected = model.views(reference(self.flat, self.ids, self.targets, self.weights, plain), CONFIG)
        for name, gradient in backend.g.items():
            error = (gradient - expected[name]).norm() / expected[name].norm()
            self.assertLess(error, 0.05, name)
        without = cpu_backend(self.flat, CONFIG)
        without.loss_and_grad(self.ids, self.targets, self.weights)
        self.assertGreater((without.g["2.qkv"] - expected["2.qkv"]).norm() / expected["2.qkv"].norm(), 0.5, "the guide is most of this gradient")

    def test_each_step_is_reported(self):
        backend = cpu_backend(self.flat, CONFIG)
        backend.guide = self.guide(backend.p)
        backend.loss_and_grad(self.ids, self.targets, self.weights)
        report = backend.guide.report()
        self.assertEqual(set(report), {f"{name} {kind}" for name in STEPS for kind in ("attention", "known")})
        self.assertTrue(all(0 <= value <= 1 for value in report.values()))

    def test_tokens_that_tell_files_apart_weigh_more(self):
        guide = self.guide(model.views(self.flat, CONFIG))
        guide.begin(self.ids)
        more = guide.weighted(self.targets, torch.ones(2, 96)) == 3.0
        self.assertEqual([TEXTS[i] for i in self.targets[more].tolist()], ["b", "a"])

    def test_a_row_that_streams_has_no_guide(self):
        backend = cpu_backend(self.flat, CONFIG)
        backend.guide = self.guide(backend.p)
        ids = torch.full((1, 192), T.FIRST_ORDINARY)
        with self.assertRaisesRegex(ValueError, "Take rows of one context"):
            backend.loss_and_grad(ids, ids, torch.ones(1, 192))

    def test_attention_to_one_of_two_tokens_is_enough_unless_it_is_to_be_spread(self):
        query, key = torch.zeros(4, 32), torch.zeros(4, 32)
        cos, sin = torch.ones(4, 16), torch.zeros(4, 16)
        query[3, 0], key[1, 0] = 10.0, 10.0
        items = [(3, 0, [0, 1])]
        loss, paid = attention_loss(query, key, cos, sin, items, False)
        self.assertLess(float(loss), 1e-3)
        self.assertGreater(paid, 0.999)
        self.assertGreater(float(attention_loss(query, key, cos, sin, items, True)[0]), 5)
        even, _ = attention_loss(torch.zeros(4, 32), key, cos, sin, [(1, 0, [1])], True)
        self.assertAlmostEqual(float(even), math.log(2), places=4)  # later tokens are not seen
        self.assertTrue(torch.equal(rotate(query, cos, sin), query))


class Waking(unittest.TestCase):
    def test_silence_changes_what_is_idle_and_nothing_else(self):
        flat = model.initial_parameters(CONFIG, 1)
        old, new = model.views(flat.clone(), CONFIG), model.views(flat.clone(), CONFIG)
        silence(new, CONFIG, 1)
        for layer, heads in IDLE.items():
            old[f"{layer}.attention_out"][:, head_rows(CONFIG, 0, heads)] = 0
        old[f"{IDLE_FEED_FORWARD}.down"].zero_()
        with torch.no_grad():
            difference = model.logits(old, CONFIG, rows()) - model.logits(new, CONFIG, rows())
        self.assertEqual(float(difference.abs().max()), 0.0)
        busy = [h for h in range(8) if h not in IDLE[3]]
        for part in range(3):
            self.assertTrue(torch.equal(old["3.qkv"][head_rows(CONFIG, part, busy)], new["3.qkv"][head_rows(CONFIG, part, busy)]))

    def test_a_reader_of_lower_rank_tells_tokens(self):
        g = torch.Generator().manual_seed(3)
        directions = torch.nn.functional.normalize(torch.randn(40, 64, generator=g), dim=1)
        ids = torch.randint(0, 40, (4000,), generator=g)
        x = directions[ids] @ torch.randn(64, 64, generator=g) + 0.1 * torch.randn(4000, 64, generator=g)
        read, write = token_reader(x, ids, directions, 32)
        self.assertEqual((read.shape, write.shape), ((32, 64), (32, 64)))
        self.assertTrue(torch.allclose(write @ write.t(), torch.eye(32), atol=1e-4))
        right = ((x @ read.t() @ write) @ directions.t()).argmax(-1) == ids
        self.assertGreater(float(right.float().mean()), 0.95)

    def test_heads_write_what_they_are_to(self):
        p, g = model.views(model.initial_parameters(CONFIG, 1), CONFIG), torch.Generator().manual_seed(4)
        read, write, x = torch.randn(64, 256, generator=g), torch.randn(256, 64, generator=g), torch.randn(256, generator=g)
        p["2.attention_norm"].uniform_(0.5, 2.0, generator=g)
        set_values(p, CONFIG, ((2, (1, 5)),), read, write)
        columns = head_rows(CONFIG, 0, (1, 5))
        values = p["2.qkv"][columns + 2 * 256] @ (x * p["2.attention_norm"])
        self.assertTrue(torch.allclose(p["2.attention_out"][:, columns] @ values, write @ read @ x, rtol=1e-3, atol=1e-2))


if __name__ == "__main__":
    unittest.main()
