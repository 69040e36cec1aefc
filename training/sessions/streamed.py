"""Rows as a window is after evictions: the remains of something earlier, then a session of real files, and questions about any of it.

In the rows of sessions/quizzed.py a window begins with the session and most answers lie near; here earlier events of other files stand
before it, most questions are about what lies far back, and some about what has left: those the window does not answer any more.
"""
import random

from . import wording as W
from .holder import holder
from .quizzed import QuizzedSession
from .questions import pick

KIND_WEIGHTS = {"where": 24, "functions": 18, "parameters": 11, "change_before": 5, "value": 2, "old_value": 2, "value_in_file": 2, "fact": 1,
                "function_in_file": 5, "removed_line": 2, "added_line": 1, "extends": 2, "doc": 3, "last_change": 1, "last_file": 0.7,
                "name": 0.7}
# How far back an answer is to lie at the least, in characters (three to a token); the first where none is found.
LEAST_BACK = (0, 0, 900, 1500, 2000, 2500)
GONE = 0.12  # how often a question about what has left is looked for; there is one about half as often
TRIES = 12


def subject_of(fields: dict) -> str:
    """What a question names; empty where it names nothing."""
    return fields.get("x") or fields.get("n") or fields.get("p") or ""


class StreamedSession(QuizzedSession):
    """First of some files, then of others; .kept() is what the window holds of it."""

    kind_weights = KIND_WEIGHTS

    def __init__(self, rng: random.Random, earlier: list, sources: list, wordings: dict = W.ASK):
        super().__init__(rng, earlier, wordings)
        self.kind_weights = KIND_WEIGHTS
        self.early = False
        for _ in range(rng.choice((0, 2, 4, 8))):
            self.show()
        self.first = self._cut() if self.events else 0
        self.sources = sources
        self.begin()
        self.to_show = rng.choice((5, 8, 11, 14, 17, 20))

    def _cut(self) -> int:
        """An event that the window may begin with: a reply leaves with its question."""
        first = self.rng.randrange(len(self.events) + 1)
        return first + 1 if first < len(self.events) and self.events[first][0] == "assistant" else first

    def kept(self) -> list:
        return self.events[self.first:]

    def choose(self, names: list) -> str:
        return names[int(len(names) * self.rng.random() ** 1.7)] if self.early else super().choose(names)

    def back(self, kind: str, fields: dict) -> int:
        """Characters from the event that answers, it included; -1 if the window does not hold it."""
        at = holder(self, self.events, kind, fields)
        return sum(len(body) for _, body in self.events[at:]) if at >= self.first else -1

    def lost(self, kind: str, fields: dict) -> str:
        """What the window cannot show of it any more, as the reply says it; empty where it still shows something."""
        if self.back(kind, fields) >= 0:
            return ""
        edits = [e for e in self.edits if e.event >= self.first]
        if kind in ("last_change", "last_file") and not edits:
            return "an edit"
        if kind == "change_before" and self.edits:
            return "an edit before that" if edits else "an edit"
        subject, kept = subject_of(fields), self.kept()
        if subject and not any(subject in body for _, body in kept):
            return f"the {subject}" if "n" in fields else subject
        return f"an edit of {subject}" if kind == "function_in_file" else ""

    def quiz(self) -> bool:
        """One question that was not asked yet, rather about something far back, now and then about what is gone; False if none was found."""
        if self.rng.random() < 0.06 and self.ask_unseen(self.rng.choice(list(W.ASK))):
            return True
        gone, least = self.rng.random() < GONE, self.rng.choice(LEAST_BACK)
        self.early = gone or least > 0
        return self._ask_back(gone, least) or self._ask_back(False, 0)

    def _ask_back(self, gone: bool, least: int) -> bool:
        for _ in range(TRIES):
            ready = self.questions()
            if not ready:
                return False
            kind = pick(self.rng, self.kind_weights, sorted(ready))
            fields, answer = ready[kind]
            if gone:
                what = self.lost(kind, fields)
                answer = W.UNSEEN_REPLY.format(x=what) if what else ""
            elif self.back(kind, fields) < max(1, least):
                answer = ""
            if not answer or self.asked.get((kind, *fields.values())) == answer:
                continue
            self.asked[(kind, *fields.values())] = answer
            self.talk(self._wording(kind, fields), answer)
            return True
        return False
