"""Attention of a cache as it streams (arXiv 2309.17453, section 3.2), over a whole row at once, with gradients.

A row that is longer than the cache is read as the engine reads its stream: the cache keeps the first `pinned` tokens of the row
(the sinks and the system prompt) and the most recent ones, `capacity` in all. A query sees the recent tokens at their distances
and the pinned ones from the last slot of the cache. What has left is seen by no query, yet it is in the states of the tokens that came while
it was there: that is what a model meets in a stream and never in a row of one context.

Shapes: B rows, T tokens, H heads, D width. Two implementations of the same: in PyTorch, for any device, and cache_attention.c for the CPU.
"""
import ctypes
import math
from dataclasses import dataclass

import torch

from . import tokenizer as T
from .native import Unsupported, build, pointer
from .rope import rotate

BLOCK = 32
FLAGS = ["-O3", "-mavx2", "-mfma", "-ffast-math", "-shared", "-fPIC", "-Wall"]


@dataclass(frozen=True)
class Cache:
    """capacity: tokens in all, a multiple of BLOCK; pinned: how many of them are the row's first."""
    capacity: int
    pinned: int

    def __post_init__(self):
        if self.capacity % BLOCK or not 0 <= self.pinned < self.capacity:
            raise ValueError(f"a cache of {self.capacity} tokens with {self.pinned} pinned: the capacity must be a multiple of {BLOCK}, "
                             f"and something of it must be left for what is recent")


def pinned(ids: torch.Tensor) -> int:
    """How many tokens at the start of rows [B, T] the engine would keep: the sink token and the system prompt. The same in all rows."""
    first = [int(row[0] == T.SINK) for row in ids]
    counts = {1 + int((row == T.END).nonzero()[0]) if row[f] == T.SYSTEM else f for row, f in zip(ids, first)}
    if len(counts) != 1:
        raise ValueError(f"the rows of a step begin with {sorted(counts)} tokens to keep; they must begin alike")
    return counts.pop()


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor, cache: Cache) -> torch.Tensor:
    """q, k and v, each [B, H, T, head_dim] and not rotated -> attended [B, H, T, head_dim]; cos and sin [T, head_dim/2]."""
    tokens, scale = q.shape[2], 1 / math.sqrt(q.shape[3])
    keys = rotate(k, cos, sin)
    out = []
    for first in range(0, tokens, cache.capacity):  # the first piece is a plain causal row; each later one reaches back by one cache
        last, oldest = min(tokens, first + cache.capacity), max(0, first - cache.capacity)
        position, key_position = (torch.arange(a, b, device=q.device) for a, b in ((first, last), (oldest, last)))
        seen = key_position[None] <= position[:, None]
        if first:
            seen &= key_position[None] > position[:, None] - (cache.capacity - cache.pinned)
        query = q[:, :, first:last]
        scores = (rotate(query, cos[first:last], sin[first:last]) @ keys[:, :, oldest:last].transpose(2, 3)).masked_fill(~seen, float("-inf"))
        values = v[:, :, oldest:last]
        if first and cache.pinned:
            slot = slice(cache.capacity - 1, cache.capacity)
            of_pinned = rotate(query, cos[slot], sin[slot]) @ keys[:, :, :cache.pinned].transpose(2, 3)
            scores, values = torch.cat([of_pinned, scores], -1), torch.cat([v[:, :, :cache.pinned], values], 2)
        out.append((scores.float() * scale).softmax(-1).to(v.dtype) @ values)
    return torch.cat(out, 2)


class KernelAttention(torch.autograd.Function):
    """cache_attention.c: qkv [B, T, 3D] in single precision -> attended [B, T, D]."""

    @staticmethod
    def forward(context, qkv, cos, sin, heads, cache):
        qkv = qkv.contiguous()
        B, tokens, width = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
        out, log_sum = torch.empty(B, tokens, width), torch.empty(B, heads, tokens)
        sizes = (B, tokens, heads, width // heads, cache.capacity, cache.pinned)
        kernels().cache_attention_forward(*map(pointer, (qkv, out, log_sum, cos, sin)), *sizes)
        context.save_for_backward(qkv, out, log_sum, cos, sin)
        context.sizes = sizes
        return out

    @staticmethod
    def backward(context, d_out):
        qkv, out, log_sum, cos, sin = context.saved_tensors
        d_qkv = torch.empty_like(qkv)
        kernels().cache_attention_backward(*map(pointer, (qkv, out, d_out.contiguous(), log_sum, d_qkv, cos, sin)), *context.sizes)
        return d_qkv, None, None, None, None


_kernels = None


def kernels() -> ctypes.CDLL:
    """Raises Unsupported where the CPU or the compiler is not up to it."""
    global _kernels
    if _kernels is None:
        _kernels = build(("cache_attention.c",), FLAGS)
        if not _kernels.cache_attention_supported():
            raise Unsupported("this CPU lacks AVX2 or FMA")
    return _kernels


def kernels_fit(qkv: torch.Tensor, heads: int) -> bool:
    """Whether the kernels can do it: single precision on a CPU that has what they need, in sizes that they know."""
    if qkv.device.type != "cpu" or qkv.dtype != torch.float32 or qkv.shape[1] % BLOCK or qkv.shape[1] > 4096:
        return False
    if qkv.shape[2] // 3 // heads not in (16, 32, 48, 64):
        return False
    try:
        return kernels() is not None
    except Unsupported:
        return False
