"""Rows in which little is shown and much is asked: above all in which file a name is, and what a file has.

That takes two steps, from the name to the event that shows it and from there to the file that the event is of, while each other answer stands beside
what is asked about. In the rows of `cpu-choice` one reply in five was of that kind, eight in 4,096 tokens, and 57 % of them were right after it, on packages of the training as
on others. Here it is every second one, of many files that are alike.
"""
import random

from . import wording as W
from .streamed import StreamedSession

KIND_WEIGHTS = {"where": 60, "functions": 16, "parameters": 5, "change_before": 4, "function_in_file": 4, "value": 2, "value_in_file": 1, "old_value": 1, "fact": 0.5,
                "removed_line": 1, "added_line": 1, "extends": 1, "doc": 1, "last_change": 0.5, "last_file": 0.3, "name": 0.3}
SHOW = 0.12  # of what comes after the beginning; the rest are questions


class DrilledSession(StreamedSession):
    """next() adds what comes next; .kept() is what the window holds of it."""

    def __init__(self, rng: random.Random, earlier: list, sources: list, wordings: dict = W.ASK):
        super().__init__(rng, earlier, sources, wordings)
        self.kind_weights = KIND_WEIGHTS
        self.to_show = rng.choice((3, 4, 5, 7))

    def show(self) -> None:
        """What has names and a file. An outline tells many names, an edit's file stands further from its lines the longer it is."""
        roll = self.rng.random()
        for share, action in ((0.25, self.show_outline), (0.62, self.edit_value), (0.74, self.edit_lines), (0.80, self.edit_new_function),
                              (0.97, self.edit_new_symbol), (1.0, self.edit_rename)):
            if roll < share:
                action()
                return

    def next(self) -> None:
        if self.to_show > 0:
            self.to_show -= 1
            self.show()
        elif self.rng.random() < SHOW or not self.quiz():
            self.show()
