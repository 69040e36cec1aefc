import unittest
from dataclasses import replace

import torch

from training import model
from training.grow import grow, layer_origins

SMALL = model.Config(vocabulary=96, width=64, layers=3, heads=2, feed_forward=96, context=64)
LARGE = replace(SMALL, width=96, layers=5, heads=3, feed_forward=160)


class Grow(unittest.TestCase):
    def test_new_layers_are_spread(self):
        self.assertEqual([i for i, _ in layer_origins(6, 8)], [0, 1, 1, 2, 3, 3, 4, 5])
        self.assertEqual([n for n, (_, new) in enumerate(layer_origins(6, 8)) if new], [2, 5])
        self.assertEqual(layer_origins(3, 3), [(0, False), (1, False), (2, False)])

    def test_computes_the_same(self):
        flat = model.initial_parameters(SMALL, 1)
        flat += 0.02 * torch.randn(flat.shape, generator=torch.Generator().manual_seed(2))  # gains that are not all 1
        model.views(flat, SMALL)["embedding"].mul_(30)  # as after training, where epsilon adds nothing to the mean square
        ids = torch.randint(0, 96, (2, 64), generator=torch.Generator().manual_seed(3))
        small = model.logits(model.views(flat, SMALL), SMALL, ids)
        large = model.logits(model.views(grow(flat, SMALL, LARGE, 4), LARGE), LARGE, ids)
        self.assertGreater(float(small.abs().max()), 0.1)
        self.assertLess(float((small - large).abs().max()), 1e-4 * float(small.abs().max()))

    def test_the_new_parameters_learn(self):
        flat = grow(model.initial_parameters(SMALL, 1), SMALL, LARGE, 4).requires_grad_()
        p = model.views(flat, LARGE)
        ids = torch.randint(0, 96, (2, 64), generator=torch.Generator().manual_seed(3))
        torch.nn.functional.cross_entropy(model.logits(p, LARGE, ids)[:, :-1].flatten(0, 1), ids[:, 1:].flatten()).backward()
        g = model.views(flat.grad, LARGE)
        for name, part in (("new heads", g["0.attention_out"][:, 64:]), ("new units", g["0.down"][:, 96:]),
                           ("a new layer", g["2.down"]), ("the new width", g["0.down"][64:])):
            self.assertGreater(float(part.abs().max()), 0, name)

    def test_a_new_head_attends_as_an_old_one(self):
        flat = model.initial_parameters(SMALL, 1)
        model.views(flat, SMALL)["0.qkv"].mul_(20)
        attention = []
        model.forward(model.views(grow(flat, SMALL, LARGE, 4), LARGE), LARGE, torch.arange(64)[None], attention)
        heads = attention[0][0]
        self.assertTrue(any(torch.allclose(heads[2], heads[i], atol=1e-5) for i in range(2)))
        self.assertFalse(torch.allclose(heads[0], heads[1], atol=1e-2))

    def test_refuses_what_it_cannot(self):
        flat = model.initial_parameters(SMALL, 1)
        with self.assertRaisesRegex(ValueError, "size of a head"):
            grow(flat, SMALL, replace(LARGE, width=192), 1)
        with self.assertRaisesRegex(ValueError, "smaller"):
            grow(flat, SMALL, replace(SMALL, layers=2), 1)


if __name__ == "__main__":
    unittest.main()
