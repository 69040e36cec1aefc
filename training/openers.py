"""Which control token a position stands under: tells replies and completions from the rest of a row."""
import torch

from . import tokenizer as T


def openers(ids: torch.Tensor) -> torch.Tensor:
    """[B, T] -> [B, T]: the last control token up to each position; the first token of the row where there is none yet."""
    position = torch.arange(ids.shape[1])
    last_control = torch.where(ids < T.FIRST_ORDINARY, position, torch.zeros_like(position)).cummax(1).values
    return torch.gather(ids, 1, last_control)
