"""Rows in which next to nothing but one thing is asked: of which file a name is, where a few files are alike and all is short.

That takes two steps, from the name to the event that shows it and from there to the path before it. With one file in a session 97 % of such answers were right in
`npm run bench -- answers` after `cpu-choice`; with two files 62 %, where guessing gives half. Names in the very line of the path were no better: the models had not learned the
second step, but which file is likely. Rows of real files, with two such replies in 1,024 tokens (seven in those of sessions/drilled.py), did not teach it: so here are some twenty,
in sessions made up for it, in which little else can be learned.
"""
import random

from . import wording as W
from .generator import Session
from .names import camel, changed_value, new_name, new_value, new_word

FOLDERS = ("src/", "src/", "src/", "lib/", "app/", "server/", "packages/core/")
EXTENSIONS = ("ts", "ts", "ts", "js", "js", "tsx")
FORMS = ("const {n} = {v};", "let {n} = {v};", "export const {n} = {v};", "{n} = {v};", "this.{n} = {v};")
LINES = ("return {a};", "{a}({b});", "const {a} = {b}();", "if ({a}) {b}();")
SHOW = 0.15  # of what comes after the beginning; the rest are questions


def paths_alike(rng: random.Random, count: int) -> list:
    """Paths of one folder, whose names may share a word, or which differ in a folder alone."""
    folder = rng.choice(FOLDERS) + (new_word(rng).lower() + "/" if rng.random() < 0.6 else "")
    extension, common, found = rng.choice(EXTENSIONS), new_word(rng).lower(), {}
    while len(found) < count:
        word, style = new_word(rng).lower(), rng.random()
        name = word if style < 0.5 else f"{word}-{common}" if style < 0.65 else f"{word}/{common}" if style < 0.75 else word + new_word(rng).capitalize()
        found[f"{folder}{name}.{extension}"] = 1
    return list(found)


class BoundSession(Session):
    """next() adds what comes next."""

    def __init__(self, rng: random.Random, wordings: dict = W.ASK):
        super().__init__(rng, [], wordings)
        self.paths = paths_alike(rng, rng.choice((2, 2, 3, 3, 4, 6)))
        self.placed = {}  # name -> path, of what was not asked for yet
        self.to_show = rng.choice((3, 5, 8, 11))

    def _fresh(self, name: str) -> str:
        while name in self.where:
            name = new_name(self.rng)
        return name

    def _line(self) -> str:
        return "  " + self.rng.choice(LINES).format(a=camel(self.rng), b=camel(self.rng, 1))

    def _add_edit(self, symbols: list, body: list, removed: list, added: list) -> str:
        """Of one of the files; symbols: (kind, name)."""
        path = self.rng.choice(self.paths)
        head = path + "".join(f" › {kind} {name}" for kind, name in symbols)
        self.add("edit", "\n".join([head, *(" " + line for line in body), *("-" + line for line in removed), *("+" + line for line in added)]))
        return path

    def _place(self, name: str, path: str) -> None:
        self.defined(name, path)
        self.placed[name] = path

    def edit_function(self) -> None:
        """The name stands in the line of the path, at times in one below it, too."""
        rng, name = self.rng, self._fresh(new_name(self.rng))
        owner = [("class", new_word(rng).capitalize() + new_word(rng).capitalize())] if rng.random() < 0.4 else []
        body = [f"{'' if owner else 'function '}{name}({camel(rng, 1)}) {{"] if rng.random() < 0.4 else []
        removed = [self._line()] if rng.random() < 0.3 else []
        self._place(name, self._add_edit([*owner, ("method" if owner else "function", name)], body, removed, [self._line()]))

    def edit_constant(self) -> None:
        """The name stands in a line below that of the path."""
        rng, name, value = self.rng, self._fresh(new_name(self.rng)), new_value(self.rng)
        form, around = rng.choice(FORMS), [("function", camel(rng))] if rng.random() < 0.5 else []
        removed = [form.format(n=name, v=changed_value(rng, value))] if rng.random() < 0.3 else []
        self._place(name, self._add_edit(around, [self._line()] if rng.random() < 0.3 else [], removed, [form.format(n=name, v=value)]))

    def outline_few(self) -> None:
        rng, path, lines = self.rng, self.rng.choice(self.paths), []
        for _ in range(rng.choice((2, 3, 4, 5))):
            name = self._fresh(new_name(rng))
            lines.append(f" {rng.choice(('function ', '', 'class '))}{name}({camel(rng, 1)})")
            self._place(name, path)
        self.add("file", "\n".join([path, *lines]))

    def show(self) -> None:
        self.rng.choice((self.edit_function, self.edit_function, self.edit_constant, self.edit_constant, self.outline_few))()

    def ask_where(self) -> bool:
        """Rather for one of the earlier names; False if none is left."""
        if not self.placed:
            return False
        name = list(self.placed)[int(len(self.placed) * self.rng.random() ** 1.5)]
        self.talk(self._wording("where", {"x": name}), f"You find {name} in {self.placed.pop(name)}.")
        return True

    def next(self) -> None:
        if self.to_show > 0:
            self.to_show -= 1
            self.show()
        elif self.rng.random() < SHOW or not self.ask_where():
            self.show()
