"""Gives tokens that training hardly ever showed embeddings of their own, so that they can be copied.

    python3 -m training.rare_tokens --checkpoint WORK/runs/cpu-pieces-sink/averaged.pt --rows rows-places rows-finish \\
        --out WORK/runs/cpu-pieces-sink/renewed.pt

The embedding is the output layer, too. A token that is hardly ever a target is only pushed away from what is, and always the same way: the rarer it is,
the longer its embedding becomes and the more like those of other rare tokens (arXiv 1907.12009, 2109.03127). A model that copies names token by token then writes another one, or
none of them: where its text has `english`, cut into `eng`, `l`, `ish`, it wrote `uchlish`. Here each such token gets the mean of the common
embeddings and the deviations of four of them from it, added up and divided by two: about as long as they are and about as far from the others, in the
region in which the model's attention tells tokens apart. It copies them from then on; that they are rare it learns again in the training that follows.
"""
import argparse
from pathlib import Path

import numpy as np
import torch

from . import model
from . import tokenizer as T
from .model import Config
from .train import load_rows

BELOW = 100       # times in the rows that are counted: what is rare
COMMON = (3, 30)  # times BELOW: the tokens whose embeddings the new ones are made of
DONORS = 4        # for each of the rare ones


def count_tokens(folders: list, vocabulary: int) -> np.ndarray:
    """[vocabulary]: how often each token stands in the training rows of some folders of WORK."""
    return sum(np.bincount(np.asarray(load_rows(folder, "train")).ravel(), minlength=vocabulary) for folder in folders)


def rare_tokens(counts: np.ndarray, below: int = BELOW) -> torch.Tensor:
    """The ids of the pieces of text that stand less than `below` times; bytes and control tokens stay as they are."""
    ids = torch.arange(len(counts))
    return ids[(torch.from_numpy(counts) < below) & (ids >= T.FIRST_TEXT)]


def renewed(embedding: torch.Tensor, counts: np.ndarray, below: int = BELOW, seed: int = 1) -> torch.Tensor:
    """[V, W] -> the same with other rows for the rare tokens. ValueError if too few are common."""
    often, ids = torch.from_numpy(counts), torch.arange(len(counts))
    common = ids[(often >= COMMON[0] * below) & (often < COMMON[1] * below) & (ids >= T.FIRST_TEXT)]
    if len(common) < 2 * DONORS:
        raise ValueError(f"Only {len(common)} tokens stand {COMMON[0] * below} to {COMMON[1] * below} times in the rows; count more rows.")
    generator, result = torch.Generator().manual_seed(seed), embedding.clone()
    mean = embedding[common].mean(0)
    for token in rare_tokens(counts, below):
        donors = common[torch.randperm(len(common), generator=generator)[:DONORS]]
        result[token] = mean + (embedding[donors] - mean).sum(0) / DONORS ** 0.5
    return result


def renew(saved: dict, counts: np.ndarray, below: int = BELOW) -> dict:
    """A checkpoint as training.train saves it -> one with such embeddings; for them the state of the optimizer starts anew."""
    config, flat = Config(**saved["config"]), saved["flat"].float().clone()
    embedding = model.views(flat, config)["embedding"]
    embedding.copy_(renewed(embedding, counts, below))
    optimizer = {**saved["optimizer"], "mean": saved["optimizer"]["mean"].clone(), "square": saved["optimizer"]["square"].clone()}
    for state in (optimizer["mean"], optimizer["square"]):
        model.views(state, config)["embedding"][rare_tokens(counts, below)] = 0
    return {**saved, "flat": flat, "optimizer": optimizer}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--rows", nargs="+", required=True, help="folders in WORK; a token that stands less than --below times in all of them together is rare")
    parser.add_argument("--below", type=int, default=BELOW, help="common are tokens that stand 3 to 30 times as often")
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    loaded = torch.load(a.checkpoint, map_location="cpu")
    counted = count_tokens(a.rows, loaded["config"]["vocabulary"])
    torch.save(renew(loaded, counted, a.below), a.out)
    print(f"{a.out}: {len(rare_tokens(counted, a.below))} tokens")
