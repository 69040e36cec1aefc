"""Rows of one context -> rows that are several caches long, as a stream goes: one system prompt, then piece upon piece.

    python3 -m training.chain --rows rows-stream-1024 --out rows-stream --tokens 4096

With --bare, that share of the rows that have no system prompt (plain code, some completions) is chained by itself, and stays without one: a stream need not begin with the prompt.

A piece is what a row holds after its system prompt, up to its last whole event or completion; a question goes with its reply. Each answer in a piece can be read off the
piece itself, which is no longer than the cache; what came before it is other talk that fills the cache. A piece that says that it cannot
see something does not follow on one that shows it.
"""
import argparse
import re
import shutil

import numpy as np

from . import tokenizer as T
from .pack import encode_event
from .paths import work
from .sessions import wording as W

KINDS_CHAINED = ("streamed", "quizzed", "dense", "crowded")  # held-out rows that are chained, too
UNSEEN = re.compile(re.escape(W.UNSEEN_REPLY).replace(r"\{x\}", "(.+?)"))
WAITING = 50  # pieces that may wait for another place at a time

# What an answer says it cannot see -> the token that must not stand before it
OF_EDITS = {"an edit", "an edit before that", "an added line", "a removed line"}
OF_TALK = {"a chosen name"}


def piece_of(row: list, system: list) -> list:
    """What a row holds after its system prompt, without the event or completion that its end has cut; plain code is cut anywhere."""
    body = row[len(system):] if row[:len(system)] == system else row
    control = [i for i, token in enumerate(body) if token < T.FIRST_ORDINARY]
    if all(body[i] == T.EOS for i in control):
        return body
    last = next((n for n in reversed(range(len(control))) if body[control[n]] in (T.END, T.EOS)), None)
    if last is None:  # one event, longer than the row
        return []
    if last and body[control[last - 1]] == T.USER:
        return body[:control[last - 1]]
    return body[:control[last] + 1]


def unseen(text: str) -> list:
    """What the answers of a text say that they cannot see."""
    return UNSEEN.findall(text)


def subject_of(what: str) -> str:
    """The name in "an old value of limit", "an edit of src/a.ts" and "the API version"."""
    return re.sub(r"^(an old value of|an edit of|the) ", "", what)


def may_follow(before_ids: list, before_text: str, whats: list) -> bool:
    """Whether it stays true that none of it can be seen, with this before it."""
    for what in whats:
        if what in OF_EDITS:
            if T.EDIT in before_ids:
                return False
        elif what in OF_TALK:
            if T.USER in before_ids:
                return False
        elif subject_of(what) in before_text:
            return False
    return True


def chain(rows: list, system: list, tokens: int, context: int, decode) -> list:
    """[[id]] rows -> [[id]] of `tokens` + 1 ids each, in the order of the rows; decode: ids -> text. What is left over is dropped."""
    out, row, waiting = [], list(system), []
    following = iter(rows)
    while True:
        before = row[-context:]
        before_text = decode(before)
        place = next((i for i, (_, whats) in enumerate(waiting) if may_follow(before, before_text, whats)), None)
        if place is not None:
            piece = waiting.pop(place)[0]
        else:
            source = next(following, None)
            if source is None:
                return out
            piece = piece_of(source, system)
            whats = unseen(decode(piece))
            if not may_follow(before, before_text, whats):
                waiting = [*waiting, (piece, whats)][-WAITING:]
                continue
        row += piece
        if len(row) > tokens:
            out.append(row[:tokens + 1])
            row = list(system)


def bare_rows(rows: list, system: list, share: float, rng: np.random.Generator) -> tuple:
    """[[id]] -> (that share of the rows that have no system prompt, all other rows), each in the order of the rows."""
    bare, others = [], []
    for row in rows:
        (bare if row[:len(system)] != system and rng.random() < share else others).append(row)
    return bare, others


def chain_folder(source: str, out: str, tokens: int, bare: float) -> None:
    """The training rows of one folder, chained; the held-out rows, as they are and those of sessions chained together as well.
    bare: the share of the rows without a system prompt that are chained without one."""
    processor = T.load()
    system = encode_event(processor, "system", T.SYSTEM_PROMPT)
    load = lambda name: np.load(work(source, f"{name}.npy"))
    train = load("train")

    def make(rows: np.ndarray, name: str, share: float = 0.0) -> None:
        rng = np.random.default_rng(0)
        context = train.shape[1] - 1
        alone, others = bare_rows(rows.astype(int).tolist(), system, share, rng)
        chained = chain(others, system, tokens, context, processor.decode)
        prompted = len(chained)
        if alone:
            chained += chain(alone, [], tokens, context, processor.decode)
            chained = [chained[i] for i in rng.permutation(len(chained))]
        np.save(work(out, f"{name}.npy"), np.array(chained, dtype=np.uint16))
        print(f"{name}: {len(rows)} rows of {context} tokens -> {len(chained)} of {tokens}, {len(chained) - prompted} of them without a system prompt", flush=True)

    make(train, "train", bare)
    sessions = np.concatenate([load(f"heldout-{kind}") for kind in KINDS_CHAINED])
    make(sessions[np.random.default_rng(0).permutation(len(sessions))], "heldout-chained")
    for path in work(source, "x").parent.glob("heldout-*.npy"):
        shutil.copy(path, work(out, path.name))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", required=True, help="the folder in WORK of the rows")
    parser.add_argument("--out", required=True, help="the folder in WORK of the chained rows")
    parser.add_argument("--tokens", type=int, default=4096)
    parser.add_argument("--bare", type=float, default=0.0, metavar="SHARE", help="of the rows that have no system prompt, the share that is chained without one")
    a = parser.parse_args()
    if not 0 <= a.bare <= 1:
        parser.error(f"--bare is {a.bare}; it must be from 0 to 1")
    chain_folder(a.rows, a.out, a.tokens, a.bare)
