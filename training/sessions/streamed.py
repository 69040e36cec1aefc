"""Rows as a window is after evictions: the remains of something earlier, then a session of real files, and questions about any of it.

In the rows of sessions/quizzed.py a window begins with the session and most answers lie near; here earlier events of other files stand
before it, most questions are about what lies far back, and some about what has left: those the window does not answer any more.
"""
import random

from . import wording as W
from .quizzed import QuizzedSession
from .questions import last_word, pick

KIND_WEIGHTS = {"where": 6, "functions": 5, "parameters": 4, "change_before": 2.5, "value": 2, "old_value": 2, "value_in_file": 2, "fact": 2,
                "function_in_file": 2.5, "removed_line": 2, "added_line": 1.5, "extends": 2, "doc": 2, "last_change": 1, "last_file": 0.7,
                "name": 1}
# How far back an answer is to lie at the least, in characters (three to a token); the first where none is found.
LEAST_BACK = (0, 0, 900, 1350, 1650)
GONE = 0.08  # of the questions: about something by its name that has left, and of which nothing in the window speaks
TRIES = 12


def subject_of(fields: dict) -> str:
    """What a question names; empty where it names nothing."""
    return fields.get("x") or fields.get("n") or fields.get("p") or ""


def fact_in(answer: str) -> str:
    """What of an answer stands in the event that holds it: a quoted line as a whole, else the last word."""
    if answer.count("`") == 2:
        return answer.split("`")[1]
    return last_word(answer)


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
        self.to_show = rng.choice((4, 7, 10, 13, 17))

    def _cut(self) -> int:
        """An event that the window may begin with: a reply leaves with its question."""
        first = self.rng.randrange(len(self.events) + 1)
        return first + 1 if first < len(self.events) and self.events[first][0] == "assistant" else first

    def kept(self) -> list:
        return self.events[self.first:]

    def choose(self, names: list) -> str:
        return names[int(len(names) * self.rng.random() ** 1.7)] if self.early else super().choose(names)

    def back(self, fact: str, subject: str) -> int:
        """Characters from the last event in the window that holds both, it included; -1 if there is none."""
        characters = 0
        for _, body in reversed(self.kept()):
            characters += len(body)
            if fact in body and subject in body:
                return characters
        return -1

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
            subject = subject_of(fields)
            if gone:
                if not subject or any(subject in body for _, body in self.kept()):
                    continue
                answer = W.UNSEEN_REPLY.format(x=f"the {subject}" if "n" in fields else subject)
            elif self.back(fact_in(answer), subject) < max(1, least):
                continue
            if self.asked.get((kind, *fields.values())) == answer:
                continue
            self.asked[(kind, *fields.values())] = answer
            self.talk(self._wording(kind, fields), answer)
            return True
        return False
