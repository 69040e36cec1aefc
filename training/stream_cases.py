"""Sessions of held-out packages for the benchmark `answers`, which asks in the engine's own never-reset session.

    python3 -m training.stream_cases        # -> bench/text/heldoutSessions.jsonl

One session a line: {"package", "events": [...]}, an event being an edit or an outline {"kind", "text"}, or a question
{"kind": "question", "text", "answer", "asks"}. What a question asks for is one of the kinds of wording.ASK, or "talk". Those of ASK also
have a "holder", the index of the event that answers them, and those that ask for something by its name a "subject".
A session is made as for `training.evaluate`: things happen until it has about so many tokens, then come the questions;
after every other one only such whose answer lies over 500 tokens back. Sessions that follow one another are of different packages.
"""
import argparse
import json
import random
from pathlib import Path

from . import tokenizer as T
from .evaluate import FAR_BACK, encode_session
from .pack import RowMaker, load_sources
from .paths import REPO
from .sessions import wording as W
from .sessions.generator import Session
from .sessions.holder import holder
from .sessions.streamed import subject_of

KINDS = {"edit": "edit", "file": "outline"}
APART = 3  # a package comes again after so many others at the earliest, if there are so many
QUESTIONS = 4  # after a session
TRIES = 60  # to find one of them


class StreamSession(Session):
    """Without memories and recalled events: in the engine they come from commands. Notes which talk is a question of ASK."""

    def __init__(self, rng: random.Random, sources: list):
        super().__init__(rng, sources)
        self.questions_at = {}  # index in events -> (kind, index of the event that answers, subject)

    def memory(self, kind: str = "memory") -> None:
        self.say_fact()

    def ask_about(self, kind: str, fields: dict, answer: str) -> None:
        self.questions_at[len(self.events)] = kind, holder(self, self.events, kind, fields), subject_of(fields)
        self.talk(self._wording(kind, fields), answer)


def distance(maker: RowMaker, session: StreamSession, kind: str, fields: dict) -> int:
    """Tokens from the event that answers, it included; 0 if there is none."""
    at = holder(session, session.events, kind, fields)
    return len(encode_session(maker, session.events[at:])) - len(maker.system) if at >= 0 else 0


def add_question(maker: RowMaker, session: StreamSession, asked: set, nearest: int) -> None:
    """One that was not asked yet and whose answer lies at least so many tokens back; none if it is not to be found."""
    kinds = [kind for kind in W.ASK if kind in session.questions()]
    for _ in range(TRIES if kinds else 0):
        kind = session.rng.choice(kinds)
        fields, answer = session.questions()[kind]
        if (kind, answer) in asked or distance(maker, session, kind, fields) < max(1, nearest):
            continue
        asked.add((kind, answer))
        session.ask_about(kind, fields, answer)
        return


def make_session(maker: RowMaker, rng: random.Random, sources: list, far: bool) -> StreamSession:
    session = StreamSession(rng, sources)
    session.begin()
    length = rng.choice((700, 850)) if far else rng.choice((150, 300, 500, 700))
    for _ in range(300):
        if len(encode_session(maker, session.events)) > length:
            break
        session.show()
    asked = set()
    for _ in range(QUESTIONS):
        add_question(maker, session, asked, FAR_BACK if far else 0)
    return session


def as_row(package: str, session: StreamSession) -> dict:
    events, at = [], {}  # index in the session -> index in the row: a reply goes with its question
    for i, (kind, body) in enumerate(session.events):
        if kind == "assistant":
            events[-1]["answer"] = body
            continue
        at[i] = len(events)
        if kind != "user":
            events.append({"kind": KINDS[kind], "text": body})
            continue
        event = {"kind": "question", "text": body, "answer": "", "asks": "talk"}
        if i in session.questions_at:
            asks, held_by, subject = session.questions_at[i]
            event.update({"asks": asks, "holder": at[held_by], **({"subject": subject} if subject else {})})
        events.append(event)
    return {"package": package, "events": events}


def make_rows(maker: RowMaker, count: int, seed: str) -> list:
    rows = []
    for i in range(count):
        rng = random.Random(f"{seed}-{i}")
        recent = [row["package"] for row in rows[-min(APART, len(maker.packages) - 1):]]
        package = rng.choice([p for p in maker.packages if p not in recent])
        sources = [rng.choice(maker.by_package[package]) for _ in range(rng.choice((1, 2, 2)))]
        rows.append(as_row(package, make_session(maker, rng, sources, far=i % 2 == 1)))
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=REPO / "bench" / "text" / "heldoutSessions.jsonl")
    parser.add_argument("--sessions", type=int, default=320)
    a = parser.parse_args()
    made = make_rows(RowMaker(T.load(), load_sources("heldout")[0], 1025), a.sessions, "stream")
    a.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made))
    questions = [e for row in made for e in row["events"] if "holder" in e]
    print(f"{len(made)} sessions, {len(questions)} questions, {a.out.stat().st_size / 1000:.0f} kB -> {a.out}")
