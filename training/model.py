"""The architecture: a plain Llama (RoPE on interleaved pairs, RMSNorm, SwiGLU, tied embeddings), so that GGUF export
needs no permutation and llama.cpp needs no special case. Sizes, parameter layout, initial values, and the fp32
reference forward pass that the evaluation and the tests use.

Shapes: B samples, T tokens, H heads of D/H values, D width, F feed-forward width, V vocabulary.
"""
import math
from dataclasses import asdict, dataclass

import torch

from .cache_attention import Cache, KernelAttention, attend, kernels_fit
from .rope import rotate


@dataclass(frozen=True)
class Config:
    vocabulary: int = 4096
    width: int = 192
    layers: int = 6
    heads: int = 6
    feed_forward: int = 512
    context: int = 1024
    rope_base: float = 10000.0
    epsilon: float = 1e-5
    zero_sink: bool = False  # SoftMax-off-by-one: every query sees one more key, whose score and values are 0 (an ablation)

    @property
    def head_dim(self) -> int:
        return self.width // self.heads

    def asdict(self) -> dict:
        return asdict(self)


def shapes(c: Config) -> dict:
    """Parameter name -> shape, in the order of the flat vector: embedding, other matrices, then vectors."""
    matrices = {"embedding": (c.vocabulary, c.width)}
    vectors = {}
    for i in range(c.layers):
        vectors[f"{i}.attention_norm"] = (c.width,)
        matrices[f"{i}.qkv"] = (3 * c.width, c.width)
        matrices[f"{i}.attention_out"] = (c.width, c.width)
        vectors[f"{i}.feed_forward_norm"] = (c.width,)
        matrices[f"{i}.gate_up"] = (2 * c.feed_forward, c.width)
        matrices[f"{i}.down"] = (c.width, c.feed_forward)
    vectors["norm"] = (c.width,)
    return {**matrices, **vectors}


def views(flat: torch.Tensor, c: Config) -> dict:
    """Named views of a flat parameter vector."""
    result, at = {}, 0
    for name, shape in shapes(c).items():
        n = math.prod(shape)
        result[name] = flat[at:at + n].view(shape)
        at += n
    return result


def parameter_count(c: Config) -> int:
    return sum(math.prod(s) for s in shapes(c).values())


def initial_parameters(c: Config, seed: int) -> torch.Tensor:
    """The flat fp32 parameter vector; the same for both twins."""
    generator = torch.Generator().manual_seed(seed)
    flat = torch.zeros(parameter_count(c))
    for name, view in views(flat, c).items():
        if view.dim() == 1:
            view.fill_(1.0)
            continue
        std = 0.02 if name == "embedding" else 0.5 / math.sqrt(view.shape[1])
        if name.endswith(("attention_out", "down")):
            std /= math.sqrt(2 * c.layers)
        view.copy_(torch.randn(view.shape, generator=generator) * std)
    return flat


def rope_tables(c: Config, length: int) -> tuple:
    """cos and sin, each [length, head_dim/2]."""
    frequency = c.rope_base ** (-torch.arange(0, c.head_dim, 2).float() / c.head_dim)
    angle = torch.arange(length).float()[:, None] * frequency[None]
    return angle.cos().contiguous(), angle.sin().contiguous()


def rms_norm(x: torch.Tensor, gain: torch.Tensor, epsilon: float) -> torch.Tensor:
    return x * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + epsilon).to(x.dtype) * gain


def feed_forward(x: torch.Tensor, gate_up: torch.Tensor, down: torch.Tensor) -> torch.Tensor:
    gate, up = torch.nn.functional.linear(x, gate_up).chunk(2, -1)
    return torch.nn.functional.linear(torch.nn.functional.silu(gate) * up, down)


def split_heads(qkv: torch.Tensor, c: Config) -> list:
    """[B, T, 3D] -> query, key, value, each [B, H, T, head_dim]."""
    B, T, _ = qkv.shape
    return [part.view(B, T, c.heads, c.head_dim).transpose(1, 2) for part in qkv.split(c.width, -1)]


def attention_log_softmax(scores: torch.Tensor, zero_sink: bool) -> torch.Tensor:
    """Log of each key's attention. With zero_sink, exp(x) / (1 + sum of exp): what is missing from 1 went to the zero sink."""
    if not zero_sink:
        return scores.log_softmax(-1)
    total = scores.logsumexp(-1, keepdim=True)
    return scores - torch.logaddexp(total, torch.zeros_like(total))


def cached_attention(qkv: torch.Tensor, c: Config, cos: torch.Tensor, sin: torch.Tensor, cache: Cache) -> torch.Tensor:
    """[B, T, 3D] -> [B, T, D]: attention of rows that stream through the cache, by the kernels where they can do it."""
    if kernels_fit(qkv, c.heads):
        return KernelAttention.apply(qkv, cos, sin, c.heads, cache)
    return attend(*split_heads(qkv, c), cos, sin, cache).transpose(1, 2).flatten(2)


def causal_attention(qkv: torch.Tensor, c: Config, cos: torch.Tensor, sin: torch.Tensor, probabilities: list = None,
                     sink_loss: tuple = None) -> torch.Tensor:
    """[B, T, 3D] -> [B, T, D]: every token attends to all before it. probabilities and sink_loss as in forward()."""
    q, k, v = split_heads(qkv, c)
    q, k = rotate(q, cos, sin).to(v.dtype), rotate(k, cos, sin).to(v.dtype)
    if probabilities is None and sink_loss is None and not c.zero_sink and hasattr(torch.nn.functional, "scaled_dot_product_attention"):
        return torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).flatten(2)
    T = qkv.shape[1]
    causal = torch.full((T, T), float("-inf"), device=qkv.device).triu(1)
    log_p = attention_log_softmax((q @ k.transpose(-1, -2)).float() / math.sqrt(c.head_dim) + causal, c.zero_sink)
    if sink_loss is not None:
        log_p0 = log_p[:, :, 8:, 0]
        sink_loss[0].append(-(log_p0 * (log_p0 < math.log(sink_loss[1]))).sum())
    if probabilities is not None:
        probabilities.append(log_p.exp())
    return (log_p.exp().to(v.dtype) @ v).transpose(1, 2).flatten(2)


def forward(p: dict, c: Config, ids: torch.Tensor, probabilities: list = None, sink_loss: tuple = None, cache: Cache = None) -> torch.Tensor:
    """Reference forward pass: ids [B, T] -> final hidden states [B, T, D] (logits are hidden @ embedding.T).

    cache: what the rows stream through (cache_attention.py); without one every token sees all before it.
    probabilities: a list that receives each layer's attention [B, H, T, T].
    sink_loss: (accumulator list, target) receives, per layer >= 1, the sum over heads and queries q >= 8 whose
    probability p0 of position 0 is below target of -log p0.
    """
    T = ids.shape[1]
    cos, sin = (t.to(p["norm"].device) for t in rope_tables(c, T))
    if cache is not None and (probabilities is not None or sink_loss is not None or c.zero_sink):
        raise ValueError("A row that streams through a cache has neither recorded attention nor an auxiliary loss nor a zero sink.")
    linear = torch.nn.functional.linear
    x = p["embedding"][ids]
    for i in range(c.layers):
        qkv = linear(rms_norm(x, p[f"{i}.attention_norm"], c.epsilon), p[f"{i}.qkv"])
        if cache is not None:
            attended = cached_attention(qkv, c, cos, sin, cache)
        else:
            attended = causal_attention(qkv, c, cos, sin, probabilities, sink_loss if i >= 1 else None)
        x = x + linear(attended, p[f"{i}.attention_out"])
        x = x + feed_forward(rms_norm(x, p[f"{i}.feed_forward_norm"], c.epsilon), p[f"{i}.gate_up"], p[f"{i}.down"])
    return rms_norm(x, p["norm"], c.epsilon)


def logits(p: dict, c: Config, ids: torch.Tensor) -> torch.Tensor:
    """[B, T] -> [B, T, V], fp32 when the parameters are."""
    return torch.nn.functional.linear(forward(p, c, ids), p["embedding"])
