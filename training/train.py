"""Stage 4: pre-training of one twin. Resumable: run the same command again.

    python3 -m training.train --preset cpu-small --twin vanilla
    python3 -m training.train --preset cpu-small --twin sink
    python3 -m training.train --preset cpu-zero --twin zero

A schedule is a list of phases; each has its steps or minutes, its learning rate and its auxiliary loss. The two twins
read the same rows in the same order from the same initial values. The third twin, zero, reads what the vanilla one reads; its
attention has the zero sink (SoftMax-off-by-one) instead of a sink token. Checkpoints, log and the measured curves are in
WORK/runs/<run>/: last.pt, phase-<name>.pt, log.jsonl.
"""
import argparse
import json
import math
import time
from dataclasses import dataclass, field, replace

import numpy as np
import torch

from . import model
from . import tokenizer as T
from .bindings import texts_of
from .guide import Guide
from .model import Config
from .openers import openers
from .optimizer import Optimizer
from .paths import work


HELDOUT_KINDS = ("code", "fim", "session", "dense", "crowded", "quizzed", "streamed", "drilled", "bound", "chained")
REPLY_MARK = 100.0  # a weight that nothing but a token of a reply has, where replies are to be told from the rest


@dataclass(frozen=True)
class Phase:
    """lr runs from `lr` down to `lr * final` over the last `decay` share of the phase. sink_weight and sink_target: the
    auxiliary loss per token and the attention that it pulls position 0 towards (0: no auxiliary loss); sink_spares: the
    heads that it leaves alone, as (layer, head). guide: the weight of each of the losses of guide.py (0: none)."""
    name: str
    steps: int
    lr: float
    warmup: int = 30
    decay: float = 0.0
    final: float = 0.05
    sink_weight: float = 0.0
    sink_target: float = 1.0
    sink_spares: frozenset = frozenset()
    guide: float = 0.0


@dataclass(frozen=True)
class Preset:
    config: Config
    batch: int                # rows a step
    phases: dict = field(default_factory=dict)  # twin -> [Phase]
    optimizer: str = "muon"
    weight_decay: float = 0.1
    backend: str = "cpu"
    seed: int = 1
    rows: str = "rows"        # the folder in WORK
    reply: float = 3.0        # weight of a token inside a reply
    middle: float = 2.0       # weight of a token inside a completion
    start: str = ""           # checkpoint in WORK that the first phase goes on from; {twin} is filled in
    released: str = ""        # the preset whose released weights `start` is made of (training.restore)
    wakes: str = ""           # the checkpoint that training.wake makes `start` from
    teacher: str = ""         # checkpoint in WORK whose predictions are the targets outside replies
    point: float = 1.0        # in phases with a guide: weight of a token of a reply that tells one file from another, times that of its reply
    grows: str = ""           # the checkpoint of a smaller model that training.grow makes `start` from


def load_rows(folder: str, name: str) -> np.ndarray:
    return np.load(work(folder, f"{name}.npy"), mmap_mode="r")


def sample(rows: np.ndarray, twin: str, reply: float = 3.0, middle: float = 2.0) -> tuple:
    """Rows [B, T+1] -> ids [B, T], targets [B, T] (-1: ignored), weights [B, T].

    Replies and completions weigh more than what surrounds them: they are few tokens, and all that the model is for.
    """
    rows = torch.from_numpy(rows.astype(np.int64))
    if twin == "sink":
        B = rows.shape[0]
        ids = torch.cat([torch.full((B, 1), T.SINK), rows[:, :-2]], 1)
        targets = torch.cat([torch.full((B, 1), -1), rows[:, 1:-1]], 1)  # position 0 is the sink: nothing to predict from it
    else:
        ids, targets = rows[:, :-1], rows[:, 1:]
    return ids, targets, answer_weights(ids, reply, middle)


def answer_weights(ids: torch.Tensor, reply: float = 3.0, middle: float = 2.0) -> torch.Tensor:
    """1 for each predicted position, more inside replies and completions (from the opening token to before the end)."""
    opener = openers(ids)
    return torch.where(opener == T.ASSISTANT, reply, torch.where(opener == T.FIM_MIDDLE, middle, 1.0))


def learning_rate(phase: Phase, step: int) -> float:
    warm = min(1.0, (step + 1) / phase.warmup) if phase.warmup else 1.0
    left = (phase.steps - step) / phase.steps
    down = 1.0 if left > phase.decay else phase.final + (1 - phase.final) * left / phase.decay
    return phase.lr * warm * down


def heldout_loss(backend, twin: str, rows: np.ndarray, batch: int = 8) -> tuple:
    """Unweighted mean loss in nats a token, over the targets that both twins predict, and over those of them that are in replies (NaN
    where there are none)."""
    totals, counts = [0.0, 0.0], [0, 0]
    for a in range(0, len(rows), batch):
        ids, targets, weights = sample(np.asarray(rows[a:a + batch]), twin, reply=REPLY_MARK)
        losses = backend.losses(ids, targets)
        shared = slice(1, None) if twin == "sink" else slice(None, -1)  # both: targets row[1] ... row[T-1]
        for i, part in enumerate((losses[:, shared].flatten(), losses[:, shared][weights[:, shared] == REPLY_MARK])):
            totals[i], counts[i] = totals[i] + float(part.sum()), counts[i] + part.numel()
    return tuple(total / count if count else math.nan for total, count in zip(totals, counts))


@torch.no_grad()
def sink_mass(backend, twin: str, rows: np.ndarray) -> list:
    """Per layer and head: mean attention that the second half of the positions pays to position 0."""
    ids, _, _ = sample(np.asarray(rows), twin)
    parameters = {k: v.float().cpu() for k, v in backend.p.items()}
    mass, c = [], backend.config
    for one in ids:  # one sample at a time keeps the memory small
        probabilities = []
        model.forward(parameters, c, one[None], probabilities)
        mass.append(torch.stack([p[0, :, c.context // 2:, 0].mean(-1) for p in probabilities]))
    return torch.stack(mass).mean(0).tolist()


def measure(backend, twin: str, folder: str) -> dict:
    """Of the first held-out rows of each kind in a folder of WORK: losses, those of replies, and attention on position 0."""
    kinds = [kind for kind in HELDOUT_KINDS if work(folder, f"heldout-{kind}.npy").exists()]  # older rows are not of all kinds
    rows = {kind: load_rows(folder, f"heldout-{kind}")[:16] for kind in kinds}
    losses = {kind: heldout_loss(backend, twin, of_kind, 8 if kind != "chained" else 1) for kind, of_kind in rows.items()}
    mass = sink_mass(backend, twin, load_rows(folder, "heldout-session")[:4])
    return {"heldout": {kind: round(loss, 5) for kind, (loss, _) in losses.items()},
            "replies": {kind: round(loss, 5) for kind, (_, loss) in losses.items() if not math.isnan(loss)},
            "sink_mass": [[round(head, 4) for head in layer] for layer in mass]}


def make_backend(name: str, config: Config, flat: torch.Tensor):
    if name == "cpu":
        from .backend_cpu import CpuBackend
        return CpuBackend(config, flat)
    from .backend_torch import TorchBackend
    return TorchBackend(config, flat)


def save(path, backend, optimizer, guide, state: dict) -> None:
    part = path.with_suffix(".part")
    torch.save({"config": backend.config.asdict(), "flat": backend.flat.detach().cpu(), "optimizer": optimizer.state(),
                **({"guide": guide.state()} if guide else {}), **state}, part)
    part.replace(path)


class Run:
    def __init__(self, name: str, preset: Preset, twin: str):
        self.folder = work("runs", name, "x").parent
        self.preset, self.twin = preset, twin
        self.rows = load_rows(preset.rows, "train")
        config = replace(preset.config, zero_sink=twin == "zero")
        self.backend = make_backend(preset.backend, config, model.initial_parameters(config, preset.seed))
        self.optimizer = Optimizer(self.backend, preset.optimizer)
        guided = any(phase.guide for phase in preset.phases[twin])
        spared = any(phase.sink_spares for phase in preset.phases[twin])
        if preset.backend != "cpu" and (preset.teacher or guided or spared):
            raise ValueError("The guide, the teacher or the spared heads of this preset need the CPU kernels: run it without --backend.")
        if preset.teacher:
            config_of, taught = (torch.load(work(preset.teacher.format(twin=twin)), map_location="cpu")[key] for key in ("config", "flat"))
            self.backend.teacher = make_backend("cpu", Config(**config_of), taught.float())
        self.guide = None
        if guided:
            self.guide = Guide(config, self.backend.p, texts_of(T.load()), preset.point)
        self.state = {"twin": twin, "phase": 0, "step": 0, "total": 0, "seconds": 0.0, "cpu_seconds": 0.0}
        last = self.folder / "last.pt"
        start = work(preset.start.format(twin=twin)) if preset.start else None
        if last.exists() or start:
            saved = torch.load(last if last.exists() else start, map_location="cpu")
            self.backend.flat.detach().copy_(saved["flat"])
            self.backend.parameters_changed()
            self.optimizer.load(saved["optimizer"])
            if self.guide:
                self.guide.load(saved["guide"])
            if last.exists():
                self.state = {k: saved[k] for k in self.state}
            else:
                self.state["total"] = saved["total"]

    def log(self, **entry) -> None:
        line = json.dumps({k: round(v, 5) if isinstance(v, float) else v for k, v in entry.items()})
        with open(self.folder / "log.jsonl", "a") as out:
            out.write(line + "\n")
        print(line, flush=True)

    def evaluate(self, phase: str) -> None:
        self.log(phase=phase, total=self.state["total"], **measure(self.backend, self.twin, self.preset.rows))

    def train(self, every: int, save_every: int) -> None:
        phases, s = self.preset.phases[self.twin], self.state
        if self.preset.start and (s["phase"], s["step"]) == (0, 0):
            self.evaluate("start")
        while s["phase"] < len(phases):
            phase = phases[s["phase"]]
            began, cpu, seconds, cpu_seconds, average, done = time.time(), time.process_time(), s["seconds"], s["cpu_seconds"], None, 0
            while s["step"] < phase.steps:
                self.backend.sink_weight, self.backend.sink_target = phase.sink_weight, phase.sink_target
                self.backend.sink_spares = phase.sink_spares
                if self.guide:
                    self.guide.weight, self.backend.guide = phase.guide, self.guide if phase.guide else None
                first = s["total"] * self.preset.batch % (len(self.rows) - self.preset.batch)
                ids, targets, weights = sample(np.asarray(self.rows[first:first + self.preset.batch]), self.twin, self.preset.reply, self.preset.middle)
                losses = self.backend.loss_and_grad(ids, targets, weights)
                lr = learning_rate(phase, s["step"])
                norm = self.optimizer.step(lr, self.preset.weight_decay)
                loss = float(losses.sum() / (targets >= 0).sum())
                assert math.isfinite(loss), "the loss is not finite"
                average = loss if average is None else 0.98 * average + 0.02 * loss
                s["step"], s["total"], done = s["step"] + 1, s["total"] + 1, done + 1
                s["seconds"], s["cpu_seconds"] = seconds + time.time() - began, cpu_seconds + time.process_time() - cpu
                if s["total"] % 25 == 0:
                    self.log(phase=phase.name, step=s["step"], total=s["total"], tokens=s["total"] * ids.numel(), loss=average, gradient=norm,
                             lr=lr, tokens_per_second=done * ids.numel() / (time.time() - began), minutes=s["seconds"] / 60,
                             cpu_minutes=s["cpu_seconds"] / 60, **({"guide": self.guide.report()} if phase.guide else {}))
                if s["total"] % every == 0:
                    self.evaluate(phase.name)
                if s["total"] % save_every == 0:
                    save(self.folder / "last.pt", self.backend, self.optimizer, self.guide, s)
            self.evaluate(f"end of {phase.name}")
            s["phase"], s["step"] = s["phase"] + 1, 0
            save(self.folder / f"phase-{phase.name}.pt", self.backend, self.optimizer, self.guide, s)
            save(self.folder / "last.pt", self.backend, self.optimizer, self.guide, s)


def main() -> None:
    from .presets import PRESETS
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", choices=PRESETS, default="cpu-small")
    parser.add_argument("--twin", choices=("vanilla", "sink", "zero"), required=True)
    parser.add_argument("--run", help="name of the run's folder; default: <preset>-<twin>")
    parser.add_argument("--backend", choices=("cpu", "torch"), help="instead of the preset's")
    parser.add_argument("--evaluate-every", type=int, default=250, metavar="STEPS")
    parser.add_argument("--save-every", type=int, default=100, metavar="STEPS")
    a = parser.parse_args()
    preset = PRESETS[a.preset]
    if a.twin not in preset.phases:
        parser.error(f"the preset {a.preset} has no twin {a.twin}; it has {' and '.join(preset.phases)}")
    if a.backend:
        preset = replace(preset, backend=a.backend)
    Run(a.run or f"{a.preset}-{a.twin}", preset, a.twin).train(a.evaluate_every, a.save_every)


if __name__ == "__main__":
    main()
