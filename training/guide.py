"""Auxiliary losses that name the steps of an answer: what a few heads should look at, and what should then be known where.

"You find X in P." takes three steps through a row. Every token of an event gathers the path of its file (GATHER); the name in the reply finds
where it stands in an event (FIND) and so what was gathered there; the tokens of the path carry it from the name (CARRY). A loss on replies alone did not teach
them in 2,100 steps: no step pays off before the others are there, while the likelier of two files is soon learned. So each step has two losses of its own
while the preset asks for them: minus the log of the attention that its heads pay to the right tokens, and the cross-entropy with which the file can
then be told from the others of the row: by a matrix that is trained along and thrown away (GATHER, FIND), or by the model's own output matrix (CARRY).

The heads and layers are those that wake.py renews. For the back end of the CPU kernels, which hands over activations and gradients: N = B * T.
"""
import math
from collections import deque
from dataclasses import dataclass

import torch

from . import model
from .bindings import Bindings, bindings
from .model import Config
from .rope import rotate

READ_RATE = 5e-4
REMEMBERED = 25  # steps in what report() tells


@dataclass(frozen=True)
class Step:
    heads: tuple  # ((layer, heads of it that should attend), ...)
    read_at: int  # the layer in whose input the file should be known


GATHER = Step(((2, (0, 1, 2)),), 4)
FIND = Step(((3, (6, 7)), (4, (6,))), 5)
CARRY = Step(((5, (0, 1, 2)),), 6)
STEPS = {"gather": GATHER, "find": FIND, "carry": CARRY}
GUIDED = frozenset((layer, head) for step in STEPS.values() for layer, heads in step.heads for head in heads)


def sought(name: str, ids: list, found: Bindings) -> list:
    """[(position, file, positions that it should attend to)] of a step in one row."""
    if name == "gather":
        marks = [[t for t in range(s.first, s.title) if ids[t] in found.marks[s.file]] for s in found.shown]
        return [(t, s.file, keys) for s, keys in zip(found.shown, marks) for t in range(s.title, s.end)]
    if name == "find":
        return [(t, r.file, list(r.keys)) for r in found.told for t in sorted({r.name, r.before})]
    return [(t, r.file, sorted({r.name, r.before})) for r in found.told for t in r.path()]


def attention_loss(query: torch.Tensor, key: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor, items: list, spread: bool) -> tuple:
    """One head in one row, query and key [T, head_dim]: sum over the items of minus the log of the attention paid to what is sought, or, with
    `spread`, of the mean of that over each of its tokens; and the sum of that attention."""
    at = torch.tensor([position for position, _, _ in items])
    wanted = torch.zeros(len(items), len(query))
    for i, (_, _, keys) in enumerate(items):
        wanted[i, keys] = 1
    later = torch.arange(len(query))[None] > at[:, None]
    scores = rotate(query, cos, sin)[at] @ rotate(key, cos, sin).t() / math.sqrt(query.shape[1])
    log_p = scores.masked_fill(later, -1e9).log_softmax(-1)
    paid = (log_p.exp() * wanted).sum(-1)
    loss = -(log_p * wanted).sum(-1) / wanted.sum(-1) if spread else -paid.clamp_min(1e-9).log()
    return loss.sum(), float(paid.detach().sum())


class Guide:
    """weight: of each of the losses, beside the mean loss of the rows. point: how many times as much the tokens of a reply count that tell one file
    from another. parameters: the back end's, by name; read, never changed."""

    def __init__(self, config: Config, parameters: dict, texts: list, point: float = 1.0, weight: float = 1.0):
        self.config, self.p, self.texts, self.weight, self.point = config, parameters, texts, weight, point
        self.reads = {name: torch.zeros(config.width, config.width, requires_grad=True) for name in ("gather", "find")}
        self.optimizer = torch.optim.Adam(self.reads.values(), lr=READ_RATE, betas=(0.9, 0.95))
        self.cos, self.sin = model.rope_tables(config, config.context)
        self.plan, self.items, self.seen = [], {}, {kind: deque(maxlen=REMEMBERED) for name in STEPS for kind in (f"{name} attention", f"{name} known")}

    def begin(self, ids: torch.Tensor) -> None:
        """Rows [B, T] of the step to come."""
        rows = ids.tolist()
        self.plan = [(b, row, found) for b, row in enumerate(rows) if (found := bindings(row, self.texts))]
        self.items = {name: [(b, found.marks, items) for b, row, found in self.plan if (items := sought(name, row, found))] for name in STEPS}

    def weighted(self, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        """Weights [B, T] in which what tells one file from another counts more."""
        weights = weights.clone()
        for b, _, found in self.plan:
            for told in found.told:
                for t in told.path():
                    if int(targets[b, t]) in found.marks[told.file]:
                        weights[b, t] *= self.point
        return weights

    def _scores(self, name: str, x: torch.Tensor, marks: tuple) -> torch.Tensor:
        """Residual [n, D] -> a score for each file [n, files]."""
        normed, embedding = model.rms_norm(x, torch.ones(()), self.config.epsilon), self.p["embedding"].detach()
        if name == "carry":
            return (normed * self.p["norm"].detach()) @ torch.stack([embedding[list(of)].mean(0) for of in marks]).t()
        directions = torch.nn.functional.normalize(embedding - embedding.mean(0), dim=1)
        return normed @ self.reads[name].t() @ torch.stack([directions[list(of)].mean(0) for of in marks]).t()

    def known(self, layer: int, x: torch.Tensor, tokens: int) -> tuple:
        """Input of a layer [N, D] -> (positions in it, gradient there), or None."""
        for name, step in STEPS.items():
            if step.read_at != layer:
                continue
            rows, at, gradients, right = self.items[name], [], [], 0
            total = sum(len(items) for _, _, items in rows)
            for b, marks, items in rows:
                here = [b * tokens + position for position, _, _ in items]
                files = torch.tensor([file for _, file, _ in items])
                part = x[here].clone().requires_grad_(True)
                with torch.enable_grad():
                    scores = self._scores(name, part, marks)
                    (torch.nn.functional.cross_entropy(scores, files, reduction="sum") * (self.weight / total)).backward()
                right += int((scores.argmax(-1) == files).sum())
                at += here
                gradients.append(part.grad)
            if total:
                self.seen[f"{name} known"].append(right / total)
                return torch.tensor(at), torch.cat(gradients)
        return None

    def attend(self, layer: int, qkv: torch.Tensor, d_qkv: torch.Tensor, tokens: int) -> None:
        """Adds the gradient of the losses on the attention of a layer, whose qkv is [N, 3D], to d_qkv."""
        c = self.config
        for name, step in STEPS.items():
            for heads in (heads for of, heads in step.heads if of == layer):
                rows, paid = self.items[name], 0.0
                total = sum(len(items) for _, _, items in rows) * len(heads)
                for b, _, items in rows:
                    row = slice(b * tokens, (b + 1) * tokens)
                    for head in heads:
                        parts = [slice(i * c.width + head * c.head_dim, i * c.width + (head + 1) * c.head_dim) for i in range(2)]
                        query, key = (qkv[row, part].float().requires_grad_(True) for part in parts)
                        with torch.enable_grad():
                            loss, of_row = attention_loss(query, key, self.cos[:tokens], self.sin[:tokens], items, name == "gather")
                            (loss * (self.weight / total)).backward()
                        paid += of_row
                        for part, gradient in zip(parts, (query.grad, key.grad)):
                            d_qkv[row, part] += gradient.to(d_qkv.dtype)
                if rows:
                    self.seen[f"{name} attention"].append(paid / total)

    def end(self) -> None:
        """After the backward pass: the step of the reading matrices."""
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=False)

    def report(self) -> dict:
        """Means over the last steps: attention paid to what is sought, and the share of files told right."""
        return {kind: round(sum(values) / len(values), 3) for kind, values in self.seen.items() if values}

    def state(self) -> dict:
        return {"reads": {name: read.detach().clone() for name, read in self.reads.items()}, "optimizer": self.optimizer.state_dict()}

    def load(self, state: dict) -> None:
        for name, read in state["reads"].items():
            self.reads[name].data.copy_(read)
        if "optimizer" in state:
            self.optimizer.load_state_dict(state["optimizer"])
