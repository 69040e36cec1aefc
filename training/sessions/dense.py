"""Rows that are mostly questions: something is shown, then many questions of all kinds are asked about it, and so on.

Sessions as people have them ask too seldom to teach recall in a short training; here every second event is an answer, the kinds
are balanced, the hard ones come more often, and an answer lies anywhere from one event to nearly a window back.
"""
import random

from . import wording as W
from .code import Source, renamed
from .generator import Session
from .names import names_alike, new_name, new_path
from .questions import pick

KIND_WEIGHTS = {"where": 4.5, "function_in_file": 5, "old_value": 2.5, "value": 2, "value_in_file": 1.5, "functions": 9, "doc": 2, "extends": 2.5,
                "parameters": 3.5, "last_change": 2.5, "change_before": 5, "added_line": 3, "removed_line": 4, "fact": 2, "last_file": 1.2,
                "name": 1.5}
UNSEEN = 0.12
# Sessions that first show for most of a window and then ask about any of it: else what lies far back is hardly ever asked about.
FAR = 0.4
FAR_KINDS = ("value", "value", "value_in_file", "old_value", "where", "where", "function_in_file", "function_in_file", "functions", "parameters",
             "extends", "fact")
LONGEST_RENAMED = 400  # lines of a file whose names are exchanged
ALIKE = 0.4  # of the sessions: the new names of their files share a few words, as havingIn, orHavingIn and havingNotIn do


def disguise(rng: random.Random, source: Source, name=new_name) -> Source:
    """The source under another path and with other names, so that its text cannot be known by heart."""
    path = new_path(rng) if rng.random() < 0.5 else source.path
    if len(source.lines) > LONGEST_RENAMED or rng.random() < 0.35:
        return renamed(source, path, {})
    names = {old: name(rng) for old in dict.fromkeys(s.name for s in source.symbols) if rng.random() < 0.5 and old.isalnum()}
    return renamed(source, path, names)


class DenseSession(Session):
    """next() adds what comes next. The same question is not asked again while its answer is the same."""

    kind_weights = KIND_WEIGHTS

    def __init__(self, rng: random.Random, sources: list, wordings: dict = W.ASK):
        name = names_alike(rng) if rng.random() < ALIKE else new_name
        super().__init__(rng, [disguise(rng, s, name) for s in sources], wordings)
        self.asked = {}
        self.to_ask = rng.choice((0, 0, 0, 0, 1, 3))  # a window may begin with questions
        self.to_show = 0
        self.far = rng.random() < FAR
        if self.far:
            self.to_ask, self.to_show = 0, rng.randint(8, 20)

    def show(self) -> None:
        rng = self.rng
        if self.far and rng.random() < 0.5:
            self.edit_value()
            return
        roll = rng.random()
        for share, action in ((0.25, self.show_outline), (0.41, self.edit_value), (0.55, self.edit_lines), (0.66, self.edit_new_function),
                              (0.74, self.edit_new_symbol), (0.79, self.file_event), (0.83, self.edit_rename), (0.90, self.say_fact),
                              (0.93, self.say_name), (0.955, lambda: self.memory(rng.choice(("recall", "memory")))),
                              (0.97, self.small_talk), (0.98, self.unable), (1.0, self.unable_with_code)):
            if roll < share:
                action()
                return

    def quiz(self) -> bool:
        """One question that was not asked yet; False if none was found."""
        rng = self.rng
        if rng.random() < UNSEEN and self.ask_unseen(rng.choice(list(W.ASK))):
            return True
        ready = self.questions()
        fresh = [k for k in sorted(ready) if self.asked.get((k, *ready[k][0].values())) != ready[k][1] or rng.random() < 0.03]
        if not fresh:
            return False
        far = [k for k in FAR_KINDS if k in fresh] if self.far else []
        kind = rng.choice(far) if far and rng.random() < 0.8 else pick(rng, self.kind_weights, fresh)
        fields, answer = ready[kind]
        self.asked[(kind, *fields.values())] = answer
        self.talk(self._wording(kind, fields), answer)
        return True

    def next(self) -> None:
        """Shows for a while, then asks for a while; a stretch of either is long or short. A far session asks now and then."""
        rng = self.rng
        if self.far and self.to_show == 0:
            if rng.random() < 0.45 or not self.quiz():
                self.show()
        elif self.to_ask > 0:
            self.to_ask -= 1
            if rng.random() < 0.1:
                self.show()
            if not self.quiz():
                if not self.asked:
                    self.ask_unseen()
                self.to_ask = 0
        elif self.to_show > 0:
            self.to_show -= 1
            self.show()
        else:
            self.to_show = rng.choice((1, 2, 3, 4, 6, 9, 12))
            self.to_ask = rng.randint(3, 6 + self.to_show)
