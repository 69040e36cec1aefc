"""The CPU kernels against fp32 autograd, and the auxiliary loss and the zero sink against their definitions."""
import ctypes
import math
import unittest
from dataclasses import replace

import torch

from .. import model
from .. import tokenizer as T
from ..backend_torch import TorchBackend
from ..cache_attention import Cache, attend, pinned
from ..native import pointer
from ..optimizer import Optimizer, orthogonalise
from ..stream_eval import streaming_losses

CONFIG = model.Config(vocabulary=512, width=64, layers=2, heads=2, feed_forward=96, context=96)
ZERO_SINK = replace(CONFIG, zero_sink=True)


def cpu_backend(flat, config=CONFIG):
    from ..backend_cpu import CpuBackend
    from ..native import Unsupported
    try:
        return CpuBackend(config, flat)
    except Unsupported as reason:
        raise unittest.SkipTest(str(reason))


def data(seed=0):
    g = torch.Generator().manual_seed(seed)
    ids = torch.randint(0, 512, (2, 96), generator=g)
    targets = torch.randint(0, 512, (2, 96), generator=g)
    targets[:, 0] = -1
    return ids, targets, torch.rand(2, 96, generator=g) + 0.5


class Backends(unittest.TestCase):
    def setUp(self):
        torch.set_num_threads(1)
        self.flat = model.initial_parameters(CONFIG, 1)

    def test_gradients_agree_with_autograd(self):
        for config in (CONFIG, ZERO_SINK):
            kernels, plain = cpu_backend(self.flat, config), TorchBackend(config, self.flat, "cpu")
            for weight, target in ((0.0, 1.0), (0.5, 0.5)):
                for backend in (kernels, plain):
                    backend.sink_weight, backend.sink_target = weight, target
                self.compare(kernels, plain, f"zero sink {config.zero_sink}, auxiliary loss {weight}")

    def compare(self, kernels, plain, case, step=None):
        ids, targets, weights = step or data()
        difference = (kernels.loss_and_grad(ids, targets, weights) - plain.loss_and_grad(ids, targets, weights)).abs().max()
        self.assertLess(difference, 0.05, case)
        for name in kernels.g:
            error = (kernels.g[name] - plain.g[name]).norm() / plain.g[name].norm()
            self.assertLess(error, 0.03, f"{name}, {case}")

    def test_zero_sink_with_scores_far_below_and_far_above_zero(self):
        """All scores of a query far below 0: it attends to next to nothing. Far above: as without the zero sink."""
        kernels, plain = cpu_backend(self.flat).k, math.sqrt(32)
        for score in (-200.0, -20.0, -2.0, 0.0, 2.0, 200.0):
            qkv = torch.zeros(32, 3 * 32)
            qkv[:, 30], qkv[:, 32 + 30] = abs(score) ** 0.5, math.copysign(abs(score) ** 0.5, score) * plain
            qkv[:, 64:] = torch.randn(32, 32, generator=torch.Generator().manual_seed(0))
            qkv = qkv.bfloat16().contiguous()
            out, log_sum = torch.empty(32, 32, dtype=torch.bfloat16), torch.empty(32)
            cos, sin = torch.ones(32, 16), torch.zeros(32, 16)
            kernels.attention_forward(*(pointer(t) for t in (qkv, out, log_sum, cos, sin)), 1, 32, 1, 32, 32, 0, 1)
            query, key, value = qkv.double().chunk(3, -1)
            scores = (query @ key.t() / plain + torch.full((32, 32), float("-inf")).triu(1)).exp()
            total = 1 + scores.sum(-1, keepdim=True)
            self.assertLess((log_sum.double() - total[:, 0].log()).abs().max(), 1e-2, score)
            self.assertLess((out.double() - scores @ value / total).abs().max(), 0.02, score)

    def test_with_a_teacher_its_predictions_are_the_targets_outside_replies(self):
        kernels, teacher = cpu_backend(self.flat), cpu_backend(model.initial_parameters(CONFIG, 2))
        ids, targets, weights = data()
        ids[ids < T.FIRST_ORDINARY] = T.FIRST_ORDINARY
        ids[0, 20], ids[0, 40] = T.ASSISTANT, T.END  # positions 20 to 39 predict a reply
        kernels.teacher = teacher
        losses = kernels.loss_and_grad(ids, targets, weights)
        self.assertLess((losses - kernels.losses(ids, targets)).abs().max(), 1e-4)
        flat = self.flat.clone().requires_grad_(True)
        scores = model.logits(model.views(flat, CONFIG), CONFIG, ids)
        with torch.no_grad():
            expected = model.logits(teacher.p, CONFIG, ids).softmax(-1)
            expected[0, 20:40] = torch.nn.functional.one_hot(targets[0, 20:40], 512).float()
        weights = weights * (targets >= 0)
        (-(expected * scores.log_softmax(-1)).sum(-1) * weights / weights.sum()).sum().backward()
        for name, gradient in model.views(flat.grad, CONFIG).items():
            self.assertLess((kernels.g[name] - gradient).norm() / gradient.norm(), 0.03, name)

    def test_losses_without_gradient_are_the_same(self):
        kernels = cpu_backend(self.flat)
        ids, targets, weights = data()
        self.assertLess((kernels.losses(ids, targets) - kernels.loss_and_grad(ids, targets, weights)).abs().max(), 1e-4)

    def test_auxiliary_gradient_is_that_of_its_definition(self):
        backend = TorchBackend(CONFIG, self.flat, "cpu")
        ids, targets, weights = data()
        backend.loss_and_grad(ids, targets, weights)
        without = backend.grad.clone()
        backend.sink_weight, backend.sink_target = 0.5, 0.9
        backend.loss_and_grad(ids, targets, weights)
        flat = self.flat.clone().requires_grad_(True)
        probabilities = []
        model.forward(model.views(flat, CONFIG), CONFIG, ids, probabilities)
        p0 = probabilities[1][:, :, 8:, 0]
        (0.5 / ids.numel() * -(p0.log() * (p0 < 0.9)).sum()).backward()
        self.assertLess((backend.grad - without - flat.grad).norm() / flat.grad.norm(), 1e-3)

    def test_zero_sink_is_the_softmax_of_its_definition(self):
        scores = torch.randn(3, 5, generator=torch.Generator().manual_seed(0)) * 3
        scores[0] -= 60
        scores[1, 2] = float("-inf")
        expected = scores.double().exp() / (1 + scores.double().exp().sum(-1, keepdim=True))
        self.assertTrue(torch.allclose(model.attention_log_softmax(scores, True).exp().double(), expected, rtol=1e-5, atol=0))
        self.assertTrue(torch.allclose(model.attention_log_softmax(scores, False).exp(), scores.softmax(-1)))

    def test_adamw_of_both_back_ends_is_the_same(self):
        kernels, plain = cpu_backend(self.flat), TorchBackend(CONFIG, self.flat, "cpu")
        plain.grad.normal_(generator=torch.Generator().manual_seed(3))
        kernels.grad.copy_(plain.grad)
        for backend in (kernels, plain):
            optimizer = Optimizer(backend, "adamw")
            for _ in range(3):
                optimizer.step(1e-2, 0.1)
        self.assertLess((kernels.flat - plain.flat).abs().max(), 1e-5)

    def test_rows_longer_than_the_context_stream_through_a_cache_that_keeps_the_prompt(self):
        ids = torch.randint(32, 512, (2, 256), generator=torch.Generator().manual_seed(5))
        ids[:, :2], ids[:, 20] = torch.tensor([T.SINK, T.SYSTEM]), T.END
        targets = torch.roll(ids, -1, 1)
        losses = TorchBackend(CONFIG, self.flat, "cpu").losses(ids, targets)
        for row, own, got in zip(ids, targets, losses):
            expected, _, _ = streaming_losses(model.views(self.flat, CONFIG), CONFIG, row, own, 21, CONFIG.context)
            self.assertLess((got - expected).abs().max(), 1e-3)

    def test_what_the_rows_keep_is_the_sink_and_the_prompt(self):
        for start, kept in (([T.SINK, T.SYSTEM, 40, T.END], 4), ([T.SYSTEM, 40, T.END, 40], 3), ([T.SINK, 40, 40, T.END], 1), ([40, 40, T.END, 40], 0)):
            self.assertEqual(pinned(torch.tensor([start + [40]])), kept)
        with self.assertRaises(ValueError):
            pinned(torch.tensor([[T.SINK, 40], [40, 40]]))

    def test_the_kernels_stream_as_autograd_does(self):
        for config, kept in ((CONFIG, 1), (CONFIG, 21), (CONFIG, 41), (replace(CONFIG, heads=1), 21)):
            ids = torch.randint(32, 512, (2, 288), generator=torch.Generator().manual_seed(kept))
            ids[:, 0] = T.SINK
            if kept > 1:
                ids[:, 1], ids[:, kept - 1] = T.SYSTEM, T.END
            targets, weights = torch.roll(ids, -1, 1), torch.rand(2, 288, generator=torch.Generator().manual_seed(6)) + 0.5
            kernels, plain = cpu_backend(self.flat, config), TorchBackend(config, self.flat, "cpu")
            self.assertEqual(pinned(ids), kept)
            self.assertLess((kernels.losses(ids, targets) - plain.losses(ids, targets)).abs().max(), 0.01, kept)
            self.compare(kernels, plain, f"{kept} kept of {config.context}, {config.heads} heads", (ids, targets, weights))

    def test_attention_through_a_cache_is_that_of_its_definition(self):
        """Queries, keys and values apart: at initial weights a wrong rotation of the pinned keys would be lost in the gradient of all."""
        kernels = cpu_backend(self.flat).k
        for tokens, heads, head_dim, capacity, kept in ((288, 2, 32, 96, 0), (288, 2, 32, 96, 1), (320, 2, 32, 64, 32), (288, 1, 64, 96, 41),
                                                        (288, 2, 32, 96, 95), (4096, 1, 32, 1024, 1023)):
            width = heads * head_dim
            c = model.Config(vocabulary=64, width=width, heads=heads)
            g = torch.Generator().manual_seed(7)
            qkv, d_out = ((torch.randn(1, tokens, n * width, generator=g) * scale).bfloat16() for n, scale in ((3, 2), (1, 1)))
            cos, sin = model.rope_tables(c, tokens)
            out, d_qkv, log_sum = torch.empty_like(d_out), torch.empty_like(qkv), torch.empty(1, heads, tokens)
            sizes, no_loss = (1, tokens, heads, head_dim, capacity, kept), torch.zeros(heads)
            kernels.attention_forward(*map(pointer, (qkv, out, log_sum, cos, sin)), *sizes, 0)
            kernels.attention_backward(*map(pointer, (qkv, out, d_out, log_sum, d_qkv, cos, sin)), *sizes, pointer(no_loss), ctypes.c_float(1))
            plain = qkv.float().requires_grad_(True)
            expected = attend(*model.split_heads(plain, c), cos, sin, Cache(capacity, kept)).transpose(1, 2).flatten(2)
            expected.backward(d_out.float())
            pairs = {"out": (out, expected.detach()), **{name: (a, b) for name, a, b in zip("qkv", d_qkv.split(width, -1), plain.grad.split(width, -1))}}
            for name, (got, wanted) in pairs.items():
                self.assertLess((got.float() - wanted).norm() / wanted.norm(), 0.02, f"{name}, {kept} kept of {capacity}, {tokens} tokens")

    def test_the_auxiliary_loss_of_a_row_that_streams_is_that_of_its_definition(self):
        """The attention paid to position 0 is what comes out where its value is 1 and all others are 0. The second head is spared."""
        kernels = cpu_backend(self.flat).k
        for tokens, capacity, kept in ((96, 96, 0), (288, 96, 1), (320, 64, 33)):
            c = model.Config(vocabulary=64, width=64, heads=2)
            g = torch.Generator().manual_seed(7)
            qkv, d_out = ((torch.randn(1, tokens, n * 64, generator=g) * scale).bfloat16() for n, scale in ((3, 2), (1, 1)))
            cos, sin = model.rope_tables(c, tokens)
            out, log_sum, sizes = torch.empty_like(d_out), torch.empty(1, 2, tokens), (1, tokens, 2, 32, capacity, kept)
            kernels.attention_forward(*map(pointer, (qkv, out, log_sum, cos, sin)), *sizes, 0)
            with_loss, without = torch.empty_like(qkv), torch.empty_like(qkv)
            for d_qkv, weight in ((with_loss, 3.0), (without, 0.0)):
                weights = torch.tensor([weight, 0.0])
                kernels.attention_backward(*map(pointer, (qkv, out, d_out, log_sum, d_qkv, cos, sin)), *sizes, pointer(weights), ctypes.c_float(0.3))
            plain = qkv.float().requires_grad_(True)
            q, k, v = model.split_heads(plain, c)
            of_first = torch.zeros_like(v)
            of_first[:, :, 0] = 1
            p0 = attend(q, k, of_first, cos, sin, Cache(capacity, kept))[0, 0, 8:, 0]
            self.assertTrue(bool((p0 < 0.3).any() and (p0 > 0.3).any()))
            (3 * -(p0.log() * (p0 < 0.3)).sum()).backward()
            got = (with_loss.float() - without.float()).view(1, tokens, 3, 2, 32)
            wanted = plain.grad.view(1, tokens, 3, 2, 32)
            self.assertEqual(float(got[:, :, :, 1].abs().max()), 0, "the head that is spared")
            self.assertLess((got[:, :, :, 0] - wanted[:, :, :, 0]).norm() / wanted[:, :, :, 0].norm(), 0.02, f"{kept} kept of {capacity}")

    def test_the_kernels_refuse_rows_that_they_cannot_read(self):
        def zeros(tokens):
            return torch.zeros(1, tokens, dtype=torch.long)

        backend = cpu_backend(self.flat)
        for tokens in (100, 4128):
            with self.assertRaisesRegex(ValueError, "multiples of 32"):
                backend.losses(zeros(tokens), zeros(tokens))
        backend.sink_weight = 0.1
        backend.losses(zeros(128), zeros(128))
        with self.assertRaisesRegex(ValueError, "auxiliary loss"):
            backend.loss_and_grad(zeros(128), zeros(128), torch.ones(1, 128))
        with self.assertRaisesRegex(ValueError, "zero sink"):
            cpu_backend(self.flat, ZERO_SINK).losses(zeros(128), zeros(128))

    def test_orthogonalise(self):
        x = torch.randn(3, 16, 40, generator=torch.Generator().manual_seed(0))
        for product_type in (torch.bfloat16, torch.float32):
            for matrix in orthogonalise(x, product_type):
                values = torch.linalg.svdvals(matrix)
                self.assertTrue(0.5 < values.min() and values.max() < 1.5, values)

    def test_muon_learns(self):
        backend = cpu_backend(self.flat)
        optimizer = Optimizer(backend, "muon")
        ids, targets, weights = data()
        first = backend.loss_and_grad(ids, targets, weights).mean()
        for _ in range(20):
            optimizer.step(1e-2, 0.1)
            last = backend.loss_and_grad(ids, targets, weights).mean()
        self.assertLess(last, first - 1)
        self.assertTrue(math.isfinite(last))


if __name__ == "__main__":
    unittest.main()
