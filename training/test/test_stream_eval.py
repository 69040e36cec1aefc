"""The parallel evaluation of a cache policy against a cache run token by token."""
import math
import unittest
from dataclasses import replace

import torch

from .. import model
from ..stream_eval import recompute_losses, streaming_losses

CONFIG = model.Config(vocabulary=64, width=32, layers=2, heads=2, feed_forward=64, context=32)
ZERO_SINK = replace(CONFIG, zero_sink=True)


def token_by_token(p, c, inputs, targets, sinks, capacity):
    """A list of unrotated keys and values per layer; the oldest after the sinks is dropped, positions are list indices."""
    cache, losses = [[] for _ in range(c.layers)], []
    cos, sin = model.rope_tables(c, capacity)
    linear = torch.nn.functional.linear
    for token, target in zip(inputs, targets):
        x = p["embedding"][token][None]
        for i in range(c.layers):
            qkv = linear(model.rms_norm(x, p[f"{i}.attention_norm"], c.epsilon), p[f"{i}.qkv"])
            q, k, v = (t[0] for t in model.split_heads(qkv[None], c))
            cache[i].append((k, v))
            if len(cache[i]) > capacity:
                del cache[i][sinks]
            n = len(cache[i])
            keys = model.rotate(torch.cat([k for k, _ in cache[i]], 1), cos[:n], sin[:n])
            values = torch.cat([v for _, v in cache[i]], 1)
            weights = (model.rotate(q, cos[n - 1:n], sin[n - 1:n]) @ keys.transpose(1, 2) / math.sqrt(c.head_dim)).double().exp()
            prob = (weights / (weights.sum(-1, keepdim=True) + c.zero_sink)).float()
            x = x + linear((prob @ values).transpose(0, 1).flatten(1), p[f"{i}.attention_out"])
            x = x + model.feed_forward(model.rms_norm(x, p[f"{i}.feed_forward_norm"], c.epsilon), p[f"{i}.gate_up"], p[f"{i}.down"])
        losses.append(torch.nn.functional.cross_entropy(linear(model.rms_norm(x, p["norm"], c.epsilon), p["embedding"]), target[None]))
    return torch.stack(losses)


class StreamEval(unittest.TestCase):
    def setUp(self):
        g = torch.Generator().manual_seed(0)
        self.p = {k: v * 3 for k, v in model.views(model.initial_parameters(CONFIG, 1), CONFIG).items()}
        self.tokens = torch.randint(0, 64, (601,), generator=g)

    def test_equals_a_cache_run_token_by_token(self):
        with torch.no_grad():
            for config, sinks in ((CONFIG, 0), (CONFIG, 1), (CONFIG, 4), (ZERO_SINK, 0), (ZERO_SINK, 2)):
                expected = token_by_token(self.p, config, self.tokens[:-1], self.tokens[1:], sinks, 32)
                got, _, _ = streaming_losses(self.p, config, self.tokens[:-1], self.tokens[1:], sinks, 32)
                self.assertLess((got - expected).abs().max(), 1e-3, f"{sinks} sinks, zero sink {config.zero_sink}")

    def test_attention_on_no_token_is_that_on_the_zero_sink(self):
        """Queries of 0 score every key 0, so the zero sink gets as much as each of the 32 tokens in the cache."""
        p = {name: view.clone() for name, view in self.p.items()}
        for i in range(CONFIG.layers):
            p[f"{i}.qkv"][:CONFIG.width] = 0
        for config, expected in ((CONFIG, 0), (ZERO_SINK, 1 / 33)):
            _, first, none = streaming_losses(p, config, self.tokens[:-1], self.tokens[1:], 1, 32)
            for layer in range(CONFIG.layers):
                self.assertAlmostEqual(none[layer], expected, places=5)
                self.assertAlmostEqual(first[layer], 1 / (32 + config.zero_sink), places=5)

    def test_recomputation_equals_a_fresh_forward_pass(self):
        positions = torch.tensor([100, 333])
        got = recompute_losses(self.p, CONFIG, self.tokens[:-1], self.tokens[1:], 32, positions, "vanilla")
        for n, t in enumerate(positions.tolist()):
            scores = model.logits(self.p, CONFIG, self.tokens[None, t - 31:t + 1])[0, -1]
            expected = torch.nn.functional.cross_entropy(scores[None], self.tokens[None, t + 1])
            self.assertAlmostEqual(got[n].item(), expected.item(), places=4)


if __name__ == "__main__":
    unittest.main()
