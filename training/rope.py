"""Rotary positions on interleaved pairs, as llama.cpp's "norm" RoPE."""
import torch


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """x [..., T, head_dim] turned by cos and sin [T, head_dim/2], pair (2i, 2i+1) by angle i."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack([even * cos - odd * sin, even * sin + odd * cos], -1).flatten(-2)
