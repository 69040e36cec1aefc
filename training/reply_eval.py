"""Which replies a checkpoint gets right in held-out rows, by what they say: every token the likeliest one, given those before it.

    python3 -m training.reply_eval --checkpoint WORK/runs/cpu-places-sink/averaged.pt --rows rows-places [--kind chained] [--count 60]

Rows of the kind `chained` stream through the cache (cache_attention.py): "full" counts their replies after its first eviction. Where the loss is
tells what the next rows should ask more for; `evaluate.py` and `npm run bench -- answers` tell what people get.
"""
import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from . import model
from . import tokenizer as T
from .cache_attention import Cache, pinned
from .export import load_checkpoint
from .model import Config
from .train import load_rows, sample

# how a reply begins -> what was asked for; the first that fits. sessions/questions.py has the whole replies
OPENINGS = (("You find ", "where"), ("The parameters of ", "parameters"), ("It has ", "functions"), ("The value of ", "value"),
            ("Before, ", "old_value"), ("Before that, ", "change_before"), ("You added ", "added_line"), ("You removed ", "removed_line"),
            ("The class ", "extends"), ("The comment says", "doc"), ("In ", "last_file"), ("I cannot see ", "unseen"),
            ("You changed ", "last_change"), ("You renamed ", "last_change"))


@dataclass
class Count:
    right: int = 0
    replies: int = 0
    nats: float = 0.0
    right_full: int = 0
    replies_full: int = 0


def kind_of(reply: str) -> str:
    return next((kind for opening, kind in OPENINGS if reply.startswith(opening)), "other")


def replies_of(ids: list) -> list:
    """[(first, end)] of the whole replies in a row of token ids: the positions that predict their text and the end of it."""
    found, first = [], None
    for i, token in enumerate(ids):
        if token == T.ASSISTANT:
            first = i
        elif token == T.END and first is not None:
            found.append((first, i))
            first = None
    return found


@torch.no_grad()
def predictions(p: dict, c: Config, ids: torch.Tensor, targets: torch.Tensor) -> tuple:
    """One row [1, T] -> (whether the likeliest token is the target [T], its loss in nats [T])."""
    cache = Cache(c.context, pinned(ids)) if ids.shape[1] > c.context else None
    scores = torch.nn.functional.linear(model.forward(p, c, ids, cache=cache), p["embedding"])[0]
    losses = torch.nn.functional.cross_entropy(scores, targets[0].clamp(min=0).long(), reduction="none")
    return scores.argmax(-1) == targets[0], losses


def count_replies(p: dict, c: Config, twin: str, rows: np.ndarray, decode) -> dict:
    """Rows [N, T + 1] -> what was asked for -> Count; decode: ids -> text."""
    counts = defaultdict(Count)
    for row in rows:
        ids, targets, _ = sample(np.asarray(row[None]), twin)
        hit, losses = predictions(p, c, ids, targets)
        listed = ids[0].tolist()
        for first, end in replies_of(listed):
            count, right = counts[kind_of(decode(listed[first + 1:end]))], bool(hit[first:end].all())
            count.right, count.replies, count.nats = count.right + right, count.replies + 1, count.nats + float(losses[first:end].sum())
            if end > c.context:
                count.right_full, count.replies_full = count.right_full + right, count.replies_full + 1
    return dict(counts)


def total(counts: dict) -> Count:
    """All of them together."""
    return Count(*(sum(getattr(count, field) for count in counts.values()) for field in Count.__dataclass_fields__))


def table(counts: dict) -> str:
    """Those that cost most first."""
    share = lambda right, of: f"{100 * right / of:.1f} % of {of}" if of else "-"
    everything = total(counts)
    out = ["| asked for | right | right, cache full | nats a reply | of the loss |", "|---|---|---|---|---|"]
    for kind, count in [*sorted(counts.items(), key=lambda entry: -entry[1].nats), ("all", everything)]:
        out.append(f"| {kind} | {share(count.right, count.replies)} | {share(count.right_full, count.replies_full)} "
                   f"| {count.nats / max(1, count.replies):.3f} | {100 * count.nats / max(1e-9, everything.nats):.0f} % |")
    return "\n".join(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--rows", required=True, help="the folder in WORK of the held-out rows")
    parser.add_argument("--kind", default="chained", help="which of them: heldout-KIND.npy")
    parser.add_argument("--count", type=int, default=60)
    a = parser.parse_args()
    torch.set_num_threads(1)
    config, parameters, saved = load_checkpoint(a.checkpoint)
    print(table(count_replies(parameters, config, saved["twin"], load_rows(a.rows, f"heldout-{a.kind}")[:a.count], T.load().decode)))
