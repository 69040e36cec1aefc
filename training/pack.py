"""Stage 3: corpus + tokenizer -> training rows.

    python3 -m training.pack [--rows 40000]     # -> WORK/rows/train.npy and heldout-<kind>.npy

A row is context + 1 token ids (uint16). Nine kinds are mixed: plain code (documents joined, each ended by
<|endoftext|>; a row starts at a line start), completions (system prompt, then branches), sessions (system prompt,
then events until the row is full; many end in a completion) and six of sessions that are mostly questions and answers (dense, crowded,
quizzed, streamed, drilled, bound). A vanilla sample is a row's first `context` tokens, a
sink sample is <|sink|> and the row's first `context` - 1. Both twins read the same rows in the same order.
"""
import argparse
import json
import multiprocessing
import random

import numpy as np

from . import tokenizer as T
from .paths import work
from .sessions import code, fim
from .sessions.bound import BoundSession
from .sessions.crowded import CrowdedSession
from .sessions.dense import DenseSession
from .sessions.drilled import DrilledSession
from .sessions.generator import Session
from .sessions.quizzed import QuizzedSession
from .sessions.reworded import pieces_of, reworded
from .sessions.streamed import StreamedSession

KINDS = {"system": T.SYSTEM, "user": T.USER, "assistant": T.ASSISTANT, "edit": T.EDIT, "file": T.FILE, "memory": T.MEMORY,
         "recall": T.RECALL}
SHARES = {"bound": 0.04, "drilled": 0.06, "streamed": 0.12, "quizzed": 0.08, "dense": 0.03, "crowded": 0.05, "session": 0.05, "fim": 0.15, "code": 0.42}
COUNTED = 1000  # files at least, where there are as many, in which the pieces of the vocabulary are counted
REWORDED = 0.8  # of the training's sessions of real files; the held-out ones are as they are


def encode_event(processor, kind: str, body: str) -> list:
    return [KINDS[kind], *processor.encode(body), T.END]


def encode_fim(processor, rng, path, prefix, middle, suffix, typed=None) -> list:
    """A completion branch. Half of the time the middle is tokenized in two parts, as when a person has typed the first."""
    if typed is None and middle and rng.random() < 0.5:
        typed = rng.randrange(len(middle) + 1)
    parts = [middle] if not typed else [middle[:typed], middle[typed:]]
    return ([T.FILE, *processor.encode(path + "\n"), T.FIM_PREFIX, *processor.encode(prefix), T.FIM_SUFFIX, *processor.encode(suffix)]
            + [T.FIM_MIDDLE] + [i for part in parts for i in processor.encode(part)] + [T.EOS])


class RowMaker:
    """Makes rows of one split. sources_by_package: package -> [code.Source]; reworded: the share of the quizzed and streamed sessions whose files
    have other names and paths (sessions/reworded.py)."""

    def __init__(self, processor, sources_by_package: dict, length: int, reworded: float = 0.0):
        self.processor, self.length, self.reworded = processor, length, reworded
        self.pieces = self._pieces(sources_by_package) if reworded else None
        self.by_package = {p: [s for s in sources if s.symbols] for p, sources in sources_by_package.items()}
        self.by_package = {p: s for p, s in self.by_package.items() if s}
        self.packages = sorted(self.by_package)
        self.weights = [min(60, len(self.by_package[p])) ** 0.7 for p in self.packages]
        self.system = encode_event(processor, "system", T.SYSTEM_PROMPT)

    def _pieces(self, sources_by_package: dict):
        """The pieces of the vocabulary as words, with how often each stands in every n-th file."""
        sources = [s for package in sorted(sources_by_package) for s in sources_by_package[package]]
        size = self.processor.get_piece_size()
        counts = np.zeros(size, dtype=int)
        for source in sources[::max(1, len(sources) // COUNTED)]:
            counts += np.bincount(self.processor.encode("\n".join(source.lines)), minlength=size)
        return pieces_of([self.processor.id_to_piece(i) for i in range(T.FIRST_ORDINARY, size)], counts[T.FIRST_ORDINARY:].tolist())

    def draw_sources(self, rng, n):
        package = rng.choices(self.packages, self.weights)[0]
        pool = self.by_package[package]
        return [rng.choice(pool) for _ in range(n)]

    def draw_session(self, rng, n):
        """Sources of one session of real files."""
        sources = self.draw_sources(rng, n)
        return reworded(rng, sources, self.pieces) if self.reworded and rng.random() < self.reworded else sources

    def _one_fim(self, rng):
        while True:
            parts = fim.plain(rng, self.draw_sources(rng, 1)[0])
            if parts:
                return encode_fim(self.processor, rng, *parts)

    def fim_row(self, rng) -> list:
        row = list(self.system) if rng.random() < 0.7 else []
        while len(row) < self.length:
            row += self._one_fim(rng)
        return row[:self.length]

    def session_row(self, rng) -> list:
        """Events until the row is full. 60 % of the rows: after a part of it, a completion that the session bears on."""
        row = list(self.system)
        session = Session(rng, self.draw_sources(rng, rng.choice((1, 2, 2, 3))))
        stop = rng.randrange(self.length // 7, self.length - self.length // 7) if rng.random() < 0.6 else self.length
        if stop < self.length and rng.random() < 0.8:
            stop = max(stop, self.length * 2 // 3)
        session.begin()
        done, tries = 0, 0
        while len(row) < stop and tries < 400:
            tries += 1
            if stop < self.length and len(row) > stop - 120:
                rng.choice((session.edit_rename, session.say_name, session.edit_value))()
            else:
                session.step()
            for kind, body in session.events[done:]:
                row += encode_event(self.processor, kind, body)
            done = len(session.events)
        if stop < self.length:
            for _ in range(10):
                parts = fim.after_session(rng, session) if rng.random() < 0.8 else fim.plain(rng, rng.choice(session.sources))
                branch = encode_fim(self.processor, rng, *parts) if parts else None
                if branch and len(row) + len(branch) <= self.length:
                    row += branch
                    break
        while len(row) < self.length:
            row += self._one_fim(rng)
        return row[:self.length]

    def dense_row(self, rng) -> list:
        """Questions upon questions (sessions/dense.py) until the row is full."""
        return self._asked_row(DenseSession(rng, self.draw_sources(rng, rng.choice((1, 2, 2, 3, 5)))))

    def crowded_row(self, rng) -> list:
        """The same about what is easily taken for something else and lies far back (sessions/crowded.py)."""
        return self._asked_row(CrowdedSession(rng, self.draw_sources(rng, 1)))

    def quizzed_row(self, rng) -> list:
        """The same about a session of real files (sessions/quizzed.py)."""
        return self._asked_row(QuizzedSession(rng, self.draw_session(rng, rng.choice((1, 2, 3, 4, 5)))))

    def streamed_row(self, rng) -> list:
        """The same in a window from which earlier events have left (sessions/streamed.py)."""
        earlier = self.draw_session(rng, rng.choice((1, 2)))
        session = StreamedSession(rng, earlier, self.draw_session(rng, rng.choice((1, 1, 2, 2, 3))))
        return self._asked_row(session, session.first)

    def drilled_row(self, rng) -> list:
        """Mostly where something is, of more files (sessions/drilled.py)."""
        earlier = self.draw_session(rng, rng.choice((1, 2)))
        session = DrilledSession(rng, earlier, self.draw_session(rng, rng.choice((2, 3, 4, 6))))
        return self._asked_row(session, session.first)

    def bound_row(self, rng) -> list:
        """Next to nothing but where something is, of files made up for it (sessions/bound.py)."""
        return self._asked_row(BoundSession(rng))

    def _asked_row(self, session: DenseSession, first: int = 0) -> list:
        """first: of the events, the first that is in the row."""
        row, done = list(self.system), first
        while len(row) < self.length:
            session.next()
            for kind, body in session.events[done:]:
                row += encode_event(self.processor, kind, body)
            done = len(session.events)
        return row[:self.length]


def code_rows(processor, texts: list, length: int) -> list:
    """Documents joined; each row starts at a line start, so a part of a line may be dropped between rows."""
    newline = processor.piece_to_id("<0x0A>")
    rows, row = [], []
    for text in texts:
        row += processor.encode(text) + [T.EOS]
        while len(row) >= length:
            rows.append(row[:length])
            rest = row[length - 1:]
            starts = [i + 1 for i, t in enumerate(rest[:200]) if t in (newline, T.EOS)]
            row = rest[starts[0]:] if starts else rest[1:]
    return rows


def load_sources(split: str) -> tuple:
    """(package -> [Source], [text]) of one split, in file order."""
    sources, texts = {}, []
    with open(work("corpus", "files.jsonl")) as handle:
        for row in map(json.loads, handle):
            if row["split"] == split:
                texts.append(row["text"])
                sources.setdefault(row["package"], []).append(code.from_row(row))
    return sources, texts


_maker = None


def _make(job):
    kind, seed = job
    return getattr(_maker, f"{kind}_row")(random.Random(seed))


def build(folder: str, rows: int, heldout_rows: int, context: int, seed: int, processes: int) -> None:
    global _maker
    processor = T.load()
    for split, count in (("heldout", heldout_rows), ("train", rows)):
        sources, texts = load_sources(split)
        random.Random(seed).shuffle(texts)
        _maker = RowMaker(processor, sources, context + 1, REWORDED if split == "train" else 0.0)
        plain = code_rows(processor, texts, context + 1)
        if split == "heldout":
            made = {kind: [(kind, f"{seed}-heldout-{kind}-{i}") for i in range(count)] for kind in SHARES if kind != "code"}
        else:
            made = {kind: [(kind, f"{seed}-{kind}-{i}") for i in range(int(count * share))] for kind, share in SHARES.items() if kind != "code"}
        result = {"code": np.array(plain, dtype=np.uint16)}
        for kind, jobs in made.items():
            with multiprocessing.Pool(processes) as pool:
                result[kind] = np.array(pool.map(_make, jobs, chunksize=64), dtype=np.uint16)
        if split == "heldout":
            for kind, array in result.items():
                np.save(work(folder, f"heldout-{kind}.npy"), array)
        else:
            wanted = int(count * SHARES["code"])
            result["code"] = np.concatenate([result["code"]] * (wanted // len(result["code"]) + 1))[:wanted]
            together = np.concatenate(list(result.values()))
            np.save(work(folder, "train.npy"), together[np.random.default_rng(seed).permutation(len(together))])
        print(split, {k: v.shape for k, v in result.items()}, f"plain code available: {len(plain)} rows", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", default="rows", help="where in WORK they go; a preset names the folder that it reads")
    parser.add_argument("--rows", type=int, default=40000)
    parser.add_argument("--heldout-rows", type=int, default=200)
    parser.add_argument("--context", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    a = parser.parse_args()
    build(a.folder, a.rows, a.heldout_rows, a.context, a.seed, a.processes)
