"""Training step on a CPU with AVX-512 bf16: matrix products by PyTorch (bf16), all else in C, backward by hand.

Activations and the working copy of the weights are bf16; parameters, residual stream, gradients and optimiser
state are fp32. Gradients agree with fp32 autograd to about 1 % (test/test_backends.py). One thread. Rows longer than the context stream
through a cache of that size, as cache_attention.py says.
"""
import ctypes
import math
from pathlib import Path

import torch

from . import model
from . import tokenizer as T
from .cache_attention import BLOCK, Cache, pinned
from .model import Config
from .native import Unsupported, build, pointer
from .openers import openers

FLAGS = ["-O3", "-mavx512f", "-mavx512bw", "-mavx512vl", "-mavx512dq", "-mavx512bf16", "-mfma", "-mavx2", "-ffast-math",
         "-shared", "-fPIC", "-Wall"]
TILE_FLAGS = ["-mamx-tile", "-mamx-bf16"]
LONGEST_ROW = 4096  # tokens; MAX_TOKENS of attention.c
LOGIT_ROWS = 1024  # logits are made in pieces of so many rows, to stay in the cache


def load_kernels() -> ctypes.CDLL:
    """kernels.c and attention.c, for what this CPU has."""
    cpu = Path("/proc/cpuinfo").read_text()
    if "avx512_bf16" not in cpu:
        raise Unsupported("the CPU kernels need AVX-512 with avx512_bf16; use --backend torch")
    kernels = build(("kernels.c", "attention.c"), FLAGS + (TILE_FLAGS if "amx_bf16" in cpu else []), ("avx512.h", "matrix_multiply.h"))
    kernels.sum_of_squares.restype = ctypes.c_double
    if not (kernels.cpu_supported() and kernels.tiles_permitted()):
        raise Unsupported("this CPU lacks an instruction set that the kernels need; use --backend torch")
    return kernels


def cfloat(x):
    return ctypes.c_float(x)


class CpuBackend:
    def __init__(self, config: Config, flat: torch.Tensor):
        self.k = load_kernels()
        torch.set_num_threads(1)
        assert config.width % 32 == 0 and config.head_dim in (32, 64) and config.feed_forward % 32 == 0
        assert config.context % BLOCK == 0 and config.context <= 1024 and config.vocabulary % 16 == 0
        self.config, self.flat = config, flat.clone()
        self.grad = torch.zeros_like(self.flat)
        self.copy = self.flat.bfloat16()
        self.p, self.w, self.g = (model.views(t, config) for t in (self.flat, self.copy, self.grad))
        self.cos, self.sin = model.rope_tables(config, LONGEST_ROW)
        self.product_type = torch.bfloat16  # the fastest for the optimizer's products
        self.sink_weight, self.sink_target = 0.0, 1.0  # auxiliary loss per token, and the probability it pulls towards
        self.sink_spares = frozenset()  # (layer, head) without that loss
        self.guide = None  # a guide.Guide, or no such losses
        self.teacher = None  # another CpuBackend, whose predictions are the targets outside replies

    def parameters_changed(self) -> None:
        self.copy.copy_(self.flat)

    def _cache(self, ids: torch.Tensor) -> Cache:
        """What the rows stream through: where they are no longer than the context, a cache that keeps all of them."""
        tokens = ids.shape[1]
        if tokens % BLOCK or tokens > LONGEST_ROW:
            raise ValueError(f"Rows of {tokens} tokens: the CPU kernels read multiples of {BLOCK} up to {LONGEST_ROW}. Use --backend torch.")
        if tokens <= self.config.context:
            return Cache(tokens, 0)
        if self.config.zero_sink:
            raise ValueError("A row that streams through a cache has no zero sink.")
        return Cache(self.config.context, pinned(ids))

    def _norm(self, x, y, gain, keep):
        N, D = x.shape
        total = torch.empty(N, D) if keep or y is None else x
        normed, inverse = torch.empty(N, D, dtype=torch.bfloat16), torch.empty(N)
        self.k.add_norm_forward(pointer(x), pointer(y), pointer(total), pointer(gain), pointer(normed), pointer(inverse), N, D,
                                cfloat(self.config.epsilon))
        return total, normed, inverse

    def _forward(self, ids, keep, cache):
        """-> final (residual [N, D], normed [N, D] bf16, inverse rms [N]) and, if keep, each layer's activations."""
        c = self.config
        B, T = ids.shape
        N, linear = B * T, torch.nn.functional.linear
        x, y, saved = self.p["embedding"][ids.reshape(-1)], None, []
        for i in range(c.layers):
            x, normed, inverse = self._norm(x, y, self.p[f"{i}.attention_norm"], keep)
            qkv = linear(normed, self.w[f"{i}.qkv"])
            out, log_sum = torch.empty(N, c.width, dtype=torch.bfloat16), torch.empty(B, c.heads, T)
            self.k.attention_forward(pointer(qkv), pointer(out), pointer(log_sum), pointer(self.cos), pointer(self.sin),
                                     B, T, c.heads, c.head_dim, cache.capacity, cache.pinned, int(c.zero_sink))
            y = linear(out, self.w[f"{i}.attention_out"])
            x2, normed2, inverse2 = self._norm(x, y, self.p[f"{i}.feed_forward_norm"], keep)
            gate_up = linear(normed2, self.w[f"{i}.gate_up"])
            hidden = torch.empty(N, c.feed_forward, dtype=torch.bfloat16)
            self.k.swiglu_forward(pointer(gate_up), pointer(hidden), N, c.feed_forward)
            y = linear(hidden, self.w[f"{i}.down"])
            if keep:
                saved.append((x, normed, inverse, qkv, out, log_sum, x2, normed2, inverse2, gate_up, hidden))
            x = x2
        return self._norm(x, y, self.p["norm"], keep), saved

    def _in_reply(self, ids: torch.Tensor) -> torch.Tensor:
        """[N]: whether the next token is one of a reply."""
        return (openers(ids) == T.ASSISTANT).reshape(-1)

    def attention_inputs(self, ids: torch.Tensor) -> dict:
        """Layer -> (its normed input [N, D], qkv [N, 3D]), bf16."""
        _, saved = self._forward(ids, True, self._cache(ids))
        return {i: (normed, qkv) for i, (_, normed, _, qkv, *_) in enumerate(saved)}

    def residuals(self, ids: torch.Tensor) -> list:
        """The input of each layer before its norm [N, D]."""
        _, saved = self._forward(ids, True, self._cache(ids))
        return [x for x, *_ in saved]

    def losses(self, ids: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """[B, T] -> loss of every target in nats, [B, T]; 0 where the target is negative."""
        (_, normed, _), _ = self._forward(ids, False, self._cache(ids))
        out, flat_targets = torch.zeros(normed.shape[0]), targets.reshape(-1).int().contiguous()
        for a in range(0, len(out), LOGIT_ROWS):
            piece = torch.nn.functional.linear(normed[a:a + LOGIT_ROWS], self.w["embedding"])
            self.k.cross_entropy(pointer(piece), pointer(flat_targets[a:a + LOGIT_ROWS]), None, pointer(out[a:a + LOGIT_ROWS]),
                                 piece.shape[0], self.config.vocabulary)
        return out.view(ids.shape)

    def _sink_weights(self, layer: int, tokens: int) -> torch.Tensor:
        """The weight of the auxiliary loss for each head of a layer: none in the first one, whose queries know nothing but their token."""
        return torch.tensor([self.sink_weight / tokens if layer and (layer, head) not in self.sink_spares else 0.0 for head in range(self.config.heads)])

    def loss_and_grad(self, ids: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        """Gradient of the weighted mean loss (plus the auxiliary loss) into self.grad; returns losses as losses() does.

        With a teacher, the gradient outside replies is that of the cross-entropy with its predictions (arXiv 1503.02531); the losses returned are still those of the targets.
        """
        c, g, w, k = self.config, self.g, self.w, self.k
        B, T = ids.shape
        N, D = B * T, c.width
        cache = self._cache(ids)
        if self.sink_weight and T > c.context and not cache.pinned:
            raise ValueError("A row that streams through a cache has no auxiliary loss where the cache keeps no sink.")
        if self.guide:
            if T > c.context:
                raise ValueError("A row that streams through a cache has no guide: its tokens look at others in other places. Take rows of one context.")
            self.guide.begin(ids)
            weights = self.guide.weighted(targets, weights)
        (x, normed, inverse), saved = self._forward(ids, True, cache)
        known = [self.guide.known(i, saved[i][0], T) if self.guide else None for i in range(c.layers)]
        flat_targets = targets.reshape(-1).int().contiguous()
        row_weights = (weights * (targets >= 0)).reshape(-1).float()
        row_weights /= row_weights.sum()
        taught = self.teacher._forward(ids, False, cache)[0][1] if self.teacher else None
        soft = row_weights * ~self._in_reply(ids) if self.teacher else None
        self.grad.zero_()
        losses, d_normed = torch.zeros(N), torch.empty(N, D, dtype=torch.bfloat16)
        for a in range(0, N, LOGIT_ROWS):
            piece = torch.nn.functional.linear(normed[a:a + LOGIT_ROWS], w["embedding"])
            k.cross_entropy(pointer(piece), pointer(flat_targets[a:a + LOGIT_ROWS]), pointer(row_weights[a:a + LOGIT_ROWS]),
                            pointer(losses[a:a + LOGIT_ROWS]), piece.shape[0], c.vocabulary)
            if taught is not None:
                part = slice(a, a + LOGIT_ROWS)
                target, weight = flat_targets[part, None].clamp(min=0).long(), soft[part, None]
                expected = torch.nn.functional.linear(taught[part], self.teacher.w["embedding"]).softmax(-1)
                probability = (weight * (-losses[part, None]).exp()).to(piece.dtype)  # weight * (p - target) there becomes weight * (p - expected)
                piece.scatter_(1, target, torch.where(weight > 0, probability, piece.gather(1, target)))
                piece.sub_(expected.mul_(weight.to(piece.dtype)))
            g["embedding"] += piece.t() @ normed[a:a + LOGIT_ROWS]
            d_normed[a:a + LOGIT_ROWS] = piece @ w["embedding"]
        dx, dx16 = torch.empty(N, D), torch.empty(N, D, dtype=torch.bfloat16)

        def norm_backward(d, x, inverse, name, accumulate):
            k.norm_backward(pointer(d), pointer(x), pointer(inverse), pointer(self.p[name]), pointer(dx), pointer(dx16),
                            pointer(g[name]), N, D, accumulate)

        norm_backward(d_normed, x, inverse, "norm", 0)
        for i in reversed(range(c.layers)):
            x, normed, inverse, qkv, out, log_sum, x2, normed2, inverse2, gate_up, hidden = saved.pop()
            g[f"{i}.down"].copy_(dx16.t() @ hidden)
            d_hidden, d_gate_up = dx16 @ w[f"{i}.down"], torch.empty_like(gate_up)
            k.swiglu_backward(pointer(gate_up), pointer(d_hidden), pointer(d_gate_up), N, c.feed_forward)
            g[f"{i}.gate_up"].copy_(d_gate_up.t() @ normed2)
            norm_backward(d_gate_up @ w[f"{i}.gate_up"], x2, inverse2, f"{i}.feed_forward_norm", 1)
            g[f"{i}.attention_out"].copy_(dx16.t() @ out)
            d_out, d_qkv = dx16 @ w[f"{i}.attention_out"], torch.empty_like(qkv)
            pull = self._sink_weights(i, N)
            k.attention_backward(pointer(qkv), pointer(out), pointer(d_out), pointer(log_sum), pointer(d_qkv), pointer(self.cos),
                                 pointer(self.sin), B, T, c.heads, c.head_dim, cache.capacity, cache.pinned,
                                 pointer(pull), cfloat(self.sink_target))
            if self.guide:
                self.guide.attend(i, qkv, d_qkv, T)
            g[f"{i}.qkv"].copy_(d_qkv.t() @ normed)
            norm_backward(d_qkv @ w[f"{i}.qkv"], x, inverse, f"{i}.attention_norm", 1)
            if known[i]:
                dx.index_add_(0, *known[i])
                dx16.copy_(dx)
        g["embedding"].index_add_(0, ids.reshape(-1), dx)
        if self.guide:
            self.guide.end()
        return losses.view(B, T)

    def gradient_norm(self) -> float:
        return math.sqrt(self.k.sum_of_squares(pointer(self.grad), ctypes.c_long(self.grad.numel())))

    def adamw(self, part: slice, mean, square, lr, beta1, beta2, decay, step, grad_scale) -> None:
        """One AdamW step on a slice of the flat parameters; mean and square are the whole flat state vectors."""
        n = part.stop - part.start
        self.k.adamw(pointer(self.flat[part]), pointer(mean[part]), pointer(square[part]), pointer(self.grad[part]),
                     pointer(self.copy[part]), ctypes.c_long(n), cfloat(lr), cfloat(beta1), cfloat(beta2), cfloat(1e-8), cfloat(decay),
                     cfloat(1 / (1 - beta1 ** step)), cfloat(1 / (1 - beta2 ** step)), cfloat(grad_scale))
