"""Renews heads that add nothing, so that they begin as the three steps of guide.py.

    python3 -m training.wake --preset cpu-guide --twin sink --measure   # what each head adds: which ones are idle
    python3 -m training.wake --preset cpu-guide --twin sink

Growing (grow.py) put two layers between the six of the smaller model whose attention never came to anything: without any one of their heads the loss is the same to
0.007 nats, in both twins. The feed-forward part of the first of them is idle, too: the gain of its norm is 0.02. The second command gives these
heads, and three idle ones between them, new values, first the queries and keys, by gradient on the losses of guide.py alone, while they write
nothing; then what they read and write, by least squares:

- GATHER reads what best tells the token of the path, and writes it to the directions of the residual that are used least;
- FIND reads these, and writes to the directions that are used least after them;
- CARRY reads those, and writes directions of embeddings: a push for the tokens of the path.

That is a rough beginning (about half of the files are told right after FIND), with a loss that is a little higher than before; training does the rest.
"""
import argparse
import math

import numpy as np
import torch

from . import model
from . import tokenizer as T
from .bindings import texts_of
from .guide import CARRY, FIND, GATHER, Guide
from .model import Config
from .paths import work
from .train import Phase, heldout_loss, learning_rate, load_rows, make_backend, sample

IDLE = {2: tuple(range(8)), 3: (6, 7), 4: (6,), 5: tuple(range(8))}  # heads of a layer
IDLE_LAYERS, LIKE = (2, 5), 3  # whose norms become like those of layer LIKE
IDLE_FEED_FORWARD = 2
SCORES, UNITS = 2.5, 0.64      # size of new queries and keys, and of new feed-forward units, times 1 / sqrt(width)
PATTERNS = Phase("patterns", 300, 6e-3, warmup=20, decay=0.4, final=0.05)
ROWS, MEASURED = 4, 120        # a step; in the least squares
SHARE = 0.3                    # of the residual's length, what GATHER and FIND write where they attend to what is sought
AVERAGED = 0.4                 # length of the mean of the directions of a path's tokens
PUSH = 0.1                     # what CARRY writes, times what the reading matrix tells
RIDGE = 10.0


def head_rows(config: Config, part: int, heads: tuple) -> torch.Tensor:
    """Rows of a qkv matrix; part: 0 query, 1 key, 2 value."""
    return torch.cat([torch.arange(config.head_dim) + part * config.width + h * config.head_dim for h in heads])


def silence(p: dict, config: Config, seed: int) -> None:
    """New queries, keys and units for what is idle, which write nothing. Keys of FIND are like its queries: it looks for what is like the name."""
    generator = torch.Generator().manual_seed(seed)
    random = lambda n, size: torch.randn(n, config.width, generator=generator) * (size / math.sqrt(config.width))
    for layer in IDLE_LAYERS:
        p[f"{layer}.attention_norm"].fill_(float(p[f"{LIKE}.attention_norm"].mean()))
    for layer, heads in IDLE.items():
        queries, keys = (head_rows(config, part, heads) for part in (0, 1))
        p[f"{layer}.qkv"][queries] = random(len(queries), SCORES)
        p[f"{layer}.qkv"][keys] = p[f"{layer}.qkv"][queries] if any(layer == of for of, _ in FIND.heads) else random(len(keys), SCORES)
        p[f"{layer}.attention_out"][:, queries] = 0
    p[f"{IDLE_FEED_FORWARD}.feed_forward_norm"].fill_(float(p[f"{LIKE}.feed_forward_norm"].mean()))
    p[f"{IDLE_FEED_FORWARD}.gate_up"].copy_(random(2 * config.feed_forward, UNITS))
    p[f"{IDLE_FEED_FORWARD}.down"].zero_()


def learn_patterns(backend, guide: Guide, rows: np.ndarray, twin: str, log=print) -> None:
    """Queries and keys of the idle heads by Adam on the losses of their attention; all else stays."""
    c, p = backend.config, backend.p
    which = {layer: torch.cat([head_rows(c, part, heads) for part in (0, 1)]) for layer, heads in IDLE.items()}
    leaves = {layer: torch.nn.Parameter(p[f"{layer}.qkv"][at].clone()) for layer, at in which.items()}
    optimizer = torch.optim.Adam(leaves.values(), betas=(0.9, 0.98))
    for step in range(PATTERNS.steps):
        ids, _, _ = sample(np.asarray(rows[step * ROWS:(step + 1) * ROWS]), twin)
        guide.begin(ids)
        for layer, (normed, qkv) in backend.attention_inputs(ids).items():
            if layer in which:
                d_qkv = torch.zeros_like(qkv)
                guide.attend(layer, qkv, d_qkv, ids.shape[1])
                leaves[layer].grad = (d_qkv.t() @ normed).float()[which[layer]]
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(PATTERNS, step)
        optimizer.step()
        for layer, at in which.items():
            p[f"{layer}.qkv"][at] = leaves[layer].detach()
        backend.parameters_changed()
        if (step + 1) % 25 == 0:
            log(step + 1, guide.report())


def token_reader(x: torch.Tensor, ids: torch.Tensor, directions: torch.Tensor, rank: int) -> tuple:
    """Normed residuals [n, D] of tokens -> (read [rank, D], write [rank, D] of orthonormal rows): write.T @ read @ x is the best guess of that rank
    at the direction of the token; rare tokens count more."""
    weighed = x / torch.bincount(ids, minlength=len(directions)).float()[ids].sqrt()[:, None]
    fit = torch.linalg.solve(weighed.t() @ x + RIDGE * torch.eye(x.shape[1]), weighed.t() @ directions[ids])
    root = torch.linalg.cholesky(x.t() @ x / len(x) + 1e-3 * torch.eye(x.shape[1]))
    left, size, right = torch.linalg.svd(root.t() @ fit)
    return torch.linalg.solve(root.t(), left[:, :rank] * size[:rank]).t(), right[:rank]


def least_used(p: dict, c: Config, spread: torch.Tensor) -> torch.Tensor:
    """Directions of the residual after GATHER [D, D], in columns, those first in which least is written (`spread` [D, D]) and read."""
    use = spread / spread.trace()
    first = GATHER.heads[0][0] + 1
    for layer in range(first, c.layers):
        for matrix, norm in (("qkv", "attention_norm"), ("gate_up", "feed_forward_norm")):
            read = p[f"{layer}.{matrix}"] * p[f"{layer}.{norm}"]
            use = use + read.t() @ read / read.pow(2).sum() / first
    out = (p["embedding"] - p["embedding"].mean(0)) * p["norm"]
    return torch.linalg.eigh(use + out.t() @ out / out.pow(2).sum())[1]


def set_values(p: dict, c: Config, step: tuple, read: torch.Tensor, write: torch.Tensor) -> None:
    """read [n, D] of the normed residual and write [D, n] for heads ((layer, heads), ...) of n values in all. Both become about as large as others are."""
    at = 0
    for layer, heads in step:
        gain, rows = p[f"{layer}.attention_norm"], head_rows(c, 0, heads)
        part = slice(at, at + len(rows))
        size = 0.06 / float((read[part] / gain).std())
        p[f"{layer}.qkv"][rows + 2 * c.width] = read[part] / gain * size
        p[f"{layer}.attention_out"][:, rows] = write[:, part] / size
        at += len(rows)


def begin_values(backend, guide: Guide, rows: np.ndarray, twin: str, seed: int) -> None:
    c, p = backend.config, backend.p
    embedding, normed = p["embedding"], lambda x: model.rms_norm(x, torch.ones(()), c.epsilon)
    directions = torch.nn.functional.normalize(embedding - embedding.mean(0), dim=1)
    gather_layer, after = GATHER.heads[0][0], range(GATHER.heads[0][0] + 1, c.layers)
    seen, tokens, spread, lengths = [], [], torch.zeros(c.width, c.width), {}
    for a in range(0, MEASURED, 8):
        ids, _, _ = sample(np.asarray(rows[a:a + 8]), twin)
        residuals = backend.residuals(ids)
        seen.append(normed(residuals[gather_layer]))
        tokens.append(ids.reshape(-1))
        for layer in after:
            x = normed(residuals[layer])
            spread += x.t() @ x / len(x)
            lengths[layer] = float(residuals[layer].norm(dim=1).median())
    rank = 2 * c.head_dim
    read, write = token_reader(torch.cat(seen), torch.cat(tokens), directions, rank)
    turn = torch.linalg.qr(torch.randn(rank, rank, generator=torch.Generator().manual_seed(seed)))[0]  # so that each head has a part of all
    free = least_used(p, c, spread)
    gathered, found = free[:, :rank] @ turn, free[:, rank:2 * rank] @ turn
    scale = SHARE / AVERAGED
    unit = math.sqrt(c.width)  # length of a normed residual
    carry = CARRY.heads[0][0]
    set_values(p, c, ((gather_layer, (0, 1)),), read, gathered * scale * lengths[gather_layer + 1])
    set_values(p, c, ((FIND.heads[0][0], FIND.heads[0][1]),), gathered.t() / (scale * unit), found * scale * lengths[FIND.heads[1][0]])
    set_values(p, c, ((carry, (0, 1)),), found.t(), write.t() * 2 * PUSH / p["norm"][:, None])
    guide.load({"reads": {"gather": 2 * write.t() @ gathered.t(), "find": 2 * write.t() @ found.t()}})
    backend.parameters_changed()


def measure(backend, twin: str, folder: str) -> None:
    """What is lost without a head: nats on sessions, on their replies, and on code, of four held-out rows each."""
    rows = {kind: load_rows(folder, f"heldout-{kind}")[:4] for kind in ("drilled", "code")}

    def losses() -> tuple:
        of = {kind: heldout_loss(backend, twin, some, 4) for kind, some in rows.items()}
        return (*of["drilled"], of["code"][0])

    whole, c = losses(), backend.config
    for layer in range(c.layers):
        for head in range(c.heads):
            columns = backend.p[f"{layer}.attention_out"][:, head_rows(c, 0, (head,))].clone()
            backend.p[f"{layer}.attention_out"][:, head_rows(c, 0, (head,))] = 0
            backend.parameters_changed()
            print(f"layer {layer}, head {head}: " + ", ".join(f"{a - b:+.4f}" for a, b in zip(losses(), whole)), flush=True)
            backend.p[f"{layer}.attention_out"][:, head_rows(c, 0, (head,))] = columns
    backend.parameters_changed()


def main() -> None:
    from .presets import PRESETS
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", required=True, choices=[name for name, preset in PRESETS.items() if preset.wakes])
    parser.add_argument("--twin", choices=("vanilla", "sink"), required=True)
    parser.add_argument("--measure", action="store_true", help="what each head adds, and nothing else")
    a = parser.parse_args()
    preset = PRESETS[a.preset]
    saved = torch.load(work(preset.wakes.format(twin=a.twin)), map_location="cpu")
    config = Config(**saved["config"])
    backend = make_backend(preset.backend, config, saved["flat"].float())
    if a.measure:
        return measure(backend, a.twin, preset.rows)
    guide = Guide(config, backend.p, texts_of(T.load()))
    rows = load_rows(preset.rows, "train")
    silence(backend.p, config, preset.seed)
    backend.parameters_changed()
    learn_patterns(backend, guide, rows, a.twin)
    begin_values(backend, guide, rows, a.twin, preset.seed)
    out = work(preset.start.format(twin=a.twin))
    out.parent.mkdir(parents=True, exist_ok=True)
    optimizer = {**saved["optimizer"], "mean": torch.zeros_like(saved["optimizer"]["mean"])}
    torch.save({**saved, "flat": backend.flat, "optimizer": optimizer, "total": 0, "guide": {"reads": guide.state()["reads"]}}, out)
    print(f"{out}: a loss of {heldout_loss(backend, a.twin, load_rows(preset.rows, 'heldout-bound')[:8])[0]:.3f} nats on held-out rows of the kind bound")


if __name__ == "__main__":
    main()
