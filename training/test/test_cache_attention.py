"""Attention of rows that stream through a cache: PyTorch against a cache run token by token, the kernels against PyTorch."""
import unittest

import torch

from .. import model
from ..cache_attention import Cache, KernelAttention, attend, kernels
from ..native import Unsupported
from ..stream_eval import streaming_losses

CONFIG = model.Config(vocabulary=64, width=64, layers=2, heads=2, feed_forward=64, context=64)


def noise(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(4))


def kernels_or_skip():
    try:
        kernels()
    except Unsupported as reason:
        raise unittest.SkipTest(str(reason))


class CacheAttention(unittest.TestCase):
    def setUp(self):
        torch.set_num_threads(1)

    def test_equals_the_evaluation_of_a_cache_that_evicts_token_by_token(self):
        """streaming_losses is held to a cache run token by token (test_stream_eval.py)."""
        p = {k: v * 3 for k, v in model.views(model.initial_parameters(CONFIG, 1), CONFIG).items()}
        tokens = torch.randint(0, 64, (321,), generator=torch.Generator().manual_seed(0))
        for pinned in (0, 1, 23, 40):
            with torch.no_grad():
                expected, _, _ = streaming_losses(p, CONFIG, tokens[:-1], tokens[1:], pinned, 64)
                scores = torch.nn.functional.linear(model.forward(p, CONFIG, tokens[None, :-1], cache=Cache(64, pinned))[0], p["embedding"])
                got = torch.nn.functional.cross_entropy(scores, tokens[1:], reduction="none")
            self.assertLess((got - expected).abs().max(), 1e-3, f"{pinned} pinned")

    def test_kernels_and_their_gradients_agree_with_autograd(self):
        kernels_or_skip()
        for T, heads, head_dim, capacity, pinned in ((64, 2, 32, 128, 5), (256, 2, 32, 64, 0), (224, 1, 64, 96, 1), (320, 2, 16, 64, 32), (288, 1, 32, 96, 41)):
            width = heads * head_dim
            c = model.Config(vocabulary=64, width=width, heads=heads)
            cos, sin = model.rope_tables(c, T)
            cache, weights = Cache(capacity, pinned), noise(2, T, width)
            by_kernels, plain = (noise(2, T, 3 * width).mul_(2).requires_grad_(True) for _ in range(2))
            got = KernelAttention.apply(by_kernels, cos, sin, heads, cache)
            expected = attend(*model.split_heads(plain, c), cos, sin, cache).transpose(1, 2).flatten(2)
            (got * weights).sum().backward()
            (expected * weights).sum().backward()
            case = f"{T} tokens, {head_dim} values a head, {pinned} pinned of {capacity}"
            self.assertLess((got - expected).abs().max(), 1e-4, case)
            self.assertLess((by_kernels.grad - plain.grad).norm() / plain.grad.norm(), 1e-4, case)

    def test_what_has_left_is_in_the_states_of_what_is_left(self):
        """One layer: a token that has left changes nothing. Two layers: it does."""
        tokens = torch.randint(0, 64, (1, 160), generator=torch.Generator().manual_seed(0))
        other = tokens.clone()
        other[0, 40] = (tokens[0, 40] + 1) % 64
        for layers, changes in ((1, False), (2, True)):
            c = model.Config(vocabulary=64, width=64, layers=layers, heads=2, feed_forward=64, context=64)
            p = {k: v * 3 for k, v in model.views(model.initial_parameters(c, 1), c).items()}
            with torch.no_grad():
                last = [model.forward(p, c, ids, cache=Cache(64, 2))[0, 120] for ids in (tokens, other)]
            self.assertEqual(bool((last[0] - last[1]).abs().max() > 1e-6), changes, f"{layers} layers")

    def test_a_cache_that_cannot_be_is_refused(self):
        for capacity, pinned in ((100, 1), (32, 32), (64, 65), (64, -1)):
            with self.assertRaises(ValueError):
                Cache(capacity, pinned)

    def test_no_auxiliary_loss_in_rows_that_stream(self):
        p = model.views(model.initial_parameters(CONFIG, 1), CONFIG)
        with self.assertRaises(ValueError):
            model.forward(p, CONFIG, torch.zeros(1, 96, dtype=torch.long), sink_loss=([], 0.9), cache=Cache(64, 1))


if __name__ == "__main__":
    unittest.main()
