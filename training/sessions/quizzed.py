"""Rows in which the session goes as people's do, with the names and lines of real files, and is then asked about.

In the rows of sessions/dense.py files have new names and short edits abound; here the paths are as long, the names as alike and the
lines as repetitive as those of one real package, and all kinds of questions are asked about them.
"""
import random

from . import wording as W
from .dense import DenseSession
from .generator import Session

# Half of the sessions show many outlines, of several files: else lists and places are seldom asked about where they are hard.
OUTLINED = 0.5
KIND_WEIGHTS = {"where": 9, "functions": 5, "parameters": 2, "change_before": 2.5, "removed_line": 2.5, "added_line": 2.5, "function_in_file": 2, "last_change": 1.5, "doc": 1.5}


class QuizzedSession(DenseSession):
    """next() adds what comes next."""

    kind_weights = KIND_WEIGHTS

    def __init__(self, rng: random.Random, sources: list, wordings: dict = W.ASK):
        super().__init__(rng, [], wordings)
        self.sources = sources
        self.far = False
        self.outlined = rng.random() < OUTLINED
        if self.outlined:
            self.kind_weights = {**KIND_WEIGHTS, "functions": 12, "where": 20, "parameters": 5}
        self.to_ask, self.to_show = 0, rng.choice((2, 4, 6, 9, 12))
        self.begin()

    def show(self) -> None:
        if self.outlined and self.rng.random() < 0.3:
            self.show_outline()
        else:
            Session.show(self)

    def next(self) -> None:
        """Shows for a while; then asks, and shows something now and then, which makes the last change another."""
        if self.to_show > 0:
            self.to_show -= 1
            self.show()
        elif self.rng.random() < 0.15 or not self.quiz():
            self.show()
