"""Perplexity over a long stream under a cache policy: s sink tokens kept and the most recent tokens, capacity in all.

    python3 -m training.stream_eval --checkpoint WORK/runs/cpu-long-sink/last.pt [--tokens 50000] [--capacity 512]

The exact result of a cache that evicts one token at a time and numbers its tokens by their position inside the cache
(the paper's method), computed in parallel: the recent tokens need their distances only, and a kept sink is scored with
the query rotated to the last position of the cache. test/test_stream_eval.py compares it with such a cache run token by token.

Rows: <sinks>+<recent>; "recompute" evaluates the last `capacity` tokens afresh for each position (the sink-token model
with its sink token first), at every n-th position; ratios compare the same positions. Perplexities are over positions
after twice the capacity.
"""
import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch

from . import model
from . import tokenizer as T
from .export import load_checkpoint
from .model import Config
from .paths import work

CHUNK = 256


def stream(tokens: torch.Tensor, twin: str) -> tuple:
    """Held-out token ids -> inputs [N], targets [N]; the sink twin's stream begins with its sink token (target ignored)."""
    inputs, targets = tokens[:-1], tokens[1:]
    if twin == "sink":
        inputs = torch.cat([torch.tensor([T.SINK]), tokens[:-1]])
        targets = torch.cat([torch.tensor([-1]), tokens[1:]])
    return inputs, targets


@torch.no_grad()
def streaming_losses(p: dict, c: Config, inputs: torch.Tensor, targets: torch.Tensor, sinks: int, capacity: int) -> tuple:
    """-> (loss of every position in nats [N]; per layer, mean attention on the stream's first token once the cache is full;
    the same of the attention that went to no token, which is 0 but for a model with the zero sink)."""
    N, recent = len(inputs), capacity - sinks
    cos, sin = model.rope_tables(c, N)
    losses, mass, to_none, counted = torch.zeros(N), torch.zeros(c.layers), torch.zeros(c.layers), 0
    keys = [torch.zeros(c.heads, N, c.head_dim) for _ in range(c.layers)]    # rotated to the position in the stream
    values = [torch.zeros(c.heads, N, c.head_dim) for _ in range(c.layers)]
    for first in range(0, N, CHUNK):
        last = min(N, first + CHUNK)
        position = torch.arange(first, last)
        oldest = max(0, first - recent + 1) if last > capacity else 0
        key_position = torch.arange(oldest, last)
        seen = key_position[None] <= position[:, None]
        seen &= (key_position[None] > position[:, None] - recent) | (position[:, None] < capacity)
        seen &= key_position[None] >= sinks                                   # the sinks have columns of their own
        slot = position.clamp(max=capacity - 1)
        sink_seen = torch.arange(sinks)[None] <= position[:, None]
        x = p["embedding"][inputs[first:last]]
        for i in range(c.layers):
            qkv = torch.nn.functional.linear(model.rms_norm(x, p[f"{i}.attention_norm"], c.epsilon), p[f"{i}.qkv"])
            q, k, v = (t[0] for t in model.split_heads(qkv[None], c))          # [H, chunk, head_dim]
            keys[i][:, first:last] = model.rotate(k, cos[position], sin[position])
            values[i][:, first:last] = v
            scores = model.rotate(q, cos[position], sin[position]) @ keys[i][:, oldest:last].transpose(1, 2)
            scores = scores.masked_fill(~seen, float("-inf"))
            of_sinks = (model.rotate(q, cos[slot], sin[slot]) @ keys[i][:, :sinks].transpose(1, 2)).masked_fill(~sink_seen, float("-inf"))
            prob = model.attention_log_softmax(torch.cat([of_sinks, scores], -1) / math.sqrt(c.head_dim), c.zero_sink).exp()
            out = prob @ torch.cat([values[i][:, :sinks], values[i][:, oldest:last]], 1)
            if first >= 2 * capacity:
                mass[i] += prob[:, :, 0].mean(0).sum() if sinks else 0
                to_none[i] += (1 - prob.sum(-1)).mean(0).sum()
            x = x + torch.nn.functional.linear(out.transpose(0, 1).flatten(1), p[f"{i}.attention_out"])
            x = x + model.feed_forward(model.rms_norm(x, p[f"{i}.feed_forward_norm"], c.epsilon), p[f"{i}.gate_up"], p[f"{i}.down"])
        if first >= 2 * capacity:
            counted += last - first
        scores = torch.nn.functional.linear(model.rms_norm(x, p["norm"], c.epsilon), p["embedding"])
        losses[first:last] = torch.nn.functional.cross_entropy(scores, targets[first:last].clamp(min=0), reduction="none")
    return losses, (mass / max(1, counted)).tolist(), (to_none / max(1, counted)).tolist()


@torch.no_grad()
def recompute_losses(p: dict, c: Config, inputs: torch.Tensor, targets: torch.Tensor, capacity: int, positions: torch.Tensor,
                     twin: str) -> torch.Tensor:
    """Sliding window with recomputation: loss at the given positions."""
    kept, out = capacity - (twin == "sink"), []
    for some in positions.split(8):
        ids = torch.stack([inputs[t - kept + 1:t + 1] for t in some.tolist()])
        if twin == "sink":
            ids = torch.cat([torch.full((len(some), 1), T.SINK), ids], 1)
        hidden = model.forward(p, c, ids)[:, -1]
        out.append(torch.nn.functional.cross_entropy(torch.nn.functional.linear(hidden, p["embedding"]), targets[some], reduction="none"))
    return torch.cat(out)


def heldout_tokens(count: int, offset: int = 0) -> torch.Tensor:
    """The held-out packages' plain code as one stream."""
    with open(work("corpus", "files.jsonl")) as handle:
        texts = [row["text"] for row in map(json.loads, handle) if row["split"] == "heldout"]
    processor, ids = T.load(), []
    for text in texts:
        ids += processor.encode(text) + [T.EOS]
        if len(ids) > offset + count:
            return torch.tensor(ids[offset:offset + count + 1])
    raise ValueError(f"only {len(ids)} held-out tokens")


def measure(p: dict, c: Config, twin: str, tokens: torch.Tensor, capacity: int, sinks: list, every: int) -> dict:
    inputs, targets = stream(tokens, twin)
    after = 2 * capacity
    positions = torch.arange(after, len(inputs), every) if every else None
    fresh = recompute_losses(p, c, inputs, targets, capacity, positions, twin) if every else None
    rows = {}
    for s in sinks:
        losses, mass, to_none = streaming_losses(p, c, inputs, targets, s, capacity)
        rows[f"{s}+{capacity - s}"] = {"perplexity": losses[after:].mean().exp().item(), "sink_mass": mass if s else None,
                                       "zero_sink_mass": to_none if c.zero_sink else None,
                                       "ratio_to_recompute": (losses[positions].mean() - fresh.mean()).exp().item() if every else None}
    if every:
        rows["recompute"] = {"perplexity": fresh.mean().exp().item(), "positions": len(positions)}
    return {"twin": twin, "capacity": capacity, "tokens": len(inputs), "after": after, "rows": rows}


def table(result: dict) -> str:
    out = [f"{result['twin']}: {result['tokens']} tokens, capacity {result['capacity']}, positions after {result['after']}", "",
           "| policy | perplexity | / recompute | attention on the first token, by layer | on the zero sink |", "|---|---|---|---|---|"]
    for name, row in result["rows"].items():
        mass, to_none = (" ".join(f"{m:.3f}" for m in row.get(key) or []) or "-" for key in ("sink_mass", "zero_sink_mass"))
        ratio = row.get("ratio_to_recompute")
        out.append(f"| {name} | {row['perplexity']:.3f} | {'-' if ratio is None else f'{ratio:.3f}'} | {mass} | {to_none} |")
    return "\n".join(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--tokens", type=int, default=50_000)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--capacity", type=int, default=512)
    parser.add_argument("--sinks", default="0,1,2,4")
    parser.add_argument("--recompute-every", type=int, default=50, help="0: leave it out")
    parser.add_argument("--json", type=Path)
    a = parser.parse_args()
    torch.set_num_threads(1)
    config, parameters, saved = load_checkpoint(a.checkpoint)
    result = measure(parameters, config, saved["twin"], heldout_tokens(a.tokens, a.offset), a.capacity,
                     [int(s) for s in a.sinks.split(",")], a.recompute_every)
    print(table(result))
    if a.json:
        a.json.write_text(json.dumps(result, indent=1))
