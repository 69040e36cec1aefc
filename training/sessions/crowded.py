"""Rows in which names are easily taken for one another and answers lie far back.

A session has a few words only, of which all its names and paths are made, as the names of one real module share theirs; so a name
is told from the others by all of it, not by one part. What is shown is short: some twenty things stand in a window, and then any
of them is asked about. (In the rows of sessions/dense.py what is shown is long, and one answer in seven lies over 500 tokens back; here it is two in seven.)
"""
import random

from . import wording as W
from .code import Source, Symbol
from .dense import DenseSession, disguise
from .names import camel_case, changed_value, few_words, new_value

FORMS = ("const {n} = {v};", "const {n} = {v};", "let {n} = {v};", "export const {n} = {v};", "{n}: {v},", "{n} = {v};", "this.{n} = {v};")
FOLDERS = ("src/", "src/", "src/", "lib/", "app/", "")
EXTENSIONS = ("ts", "ts", "ts", "tsx", "js")
KIND_WEIGHTS = {"value": 5, "value_in_file": 2, "old_value": 2, "where": 14, "function_in_file": 4, "functions": 6, "parameters": 4, "extends": 2, "fact": 1}


class CrowdedSession(DenseSession):
    """next() adds what comes next. Of the real sources the first is shown among the invented ones, now and then."""

    kind_weights = KIND_WEIGHTS

    def __init__(self, rng: random.Random, sources: list, wordings: dict = W.ASK):
        super().__init__(rng, [], wordings)
        self.words = few_words(rng, 5, 16)
        self.taken = set()
        paths = list(dict.fromkeys(self._path() for _ in range(rng.choice((2, 3, 4, 6, 9)))))
        self.sources = [self._invented(path) for path in paths]
        if rng.random() < 0.3:
            self.sources += [disguise(rng, s, lambda _: self.new_name()) for s in sources[:1]]
        self.far = rng.random() < 0.8
        self.to_ask, self.to_show = 0, rng.randint(8, 22) if self.far else 2

    def new_name(self) -> str:
        """Of the session's few words; mostly one that was not yet taken."""
        for _ in range(20):
            name = self._name()
            if name not in self.taken:
                break
        self.taken.add(name)
        return name

    def choose(self, names: list) -> str:
        """Rather one of the earlier ones."""
        return names[int(len(names) * self.rng.random() ** 1.7)]

    def _name(self) -> str:
        rng = self.rng
        words, style = [rng.choice(self.words) for _ in range(rng.choice((2, 2, 3, 3, 3)))], rng.random()
        camel = camel_case(words)
        if style < 0.75:
            return camel
        if style < 0.87:
            return "_".join(words[:2]).upper()
        return camel[0].upper() + camel[1:]

    def _path(self) -> str:
        rng = self.rng
        folder = rng.choice(FOLDERS) + (rng.choice(self.words) + "/" if rng.random() < 0.6 else "")
        words = [rng.choice(self.words) for _ in range(rng.choice((1, 2, 2)))]
        name = "-".join(words) if rng.random() < 0.2 else camel_case(words)
        return f"{folder}{name}.{rng.choice(EXTENSIONS)}"

    def _invented(self, path: str) -> Source:
        """A file of short signatures."""
        rng, symbols = self.rng, []
        for line in range(rng.choice((1, 2, 3, 4, 5, 7))):
            name = self.new_name()
            if rng.random() < 0.25:
                name = name[0].upper() + name[1:]
                base = rng.choice(self.words).capitalize() + rng.choice(self.words).capitalize()
                symbols.append(Symbol("class", name, line, line + 1, 0, f"class {name}" + (f" extends {base}" if rng.random() < 0.7 else ""), "", ""))
                continue
            parameters = ", ".join(rng.sample(self.words, rng.choice((0, 1, 2, 2, 3))))
            front = rng.choice(("function ", "function ", "async function ", "export function ", ""))
            symbols.append(Symbol("function" if front else "method", name, line, line + 1, 0, f"{front}{name}({parameters})", parameters, ""))
        return Source(path, [s.signature for s in symbols], [], symbols)

    def edit_constant(self) -> None:
        """A named value enters or changes, with no line around it."""
        rng = self.rng
        known = [n for n in self.forms if n not in self.ambiguous]
        name = rng.choice(known) if known and rng.random() < 0.18 else self.new_name()
        path = self.where.get(name) or rng.choice(self.sources).path
        old = self.values.get(name)
        if old is None and rng.random() < 0.2:
            old = new_value(rng)
        value = changed_value(rng, old)
        form = self.forms.setdefault(name, rng.choice(FORMS))
        indent = "  " if "this." in form or ":" in form else ""
        added = indent + form.format(n=name, v=value)
        removed = [] if old is None else [indent + form.format(n=name, v=old)]
        self._edit(path, self._around(path), ["-" + line for line in removed] + ["+" + added], removed, [added])
        for table in (self.values, self.old_values):
            table.pop(name, None)  # so that it counts as the latest
        self.take_value(name, path, value, old)

    def edit_call(self) -> None:
        """A line enters a function, or leaves it."""
        rng = self.rng
        path = rng.choice(self.sources).path
        line = rng.choice(("  {}({});", "  return {}({});", "  await {}({});", "  if ({}.{}) return;")).format(rng.choice(self.words), rng.choice(self.words))
        removed, added = ([], [line]) if rng.random() < 0.7 else ([line], [])
        self._edit(path, self._around(path), ["-" + x for x in removed] + ["+" + x for x in added], removed, added)

    def _around(self, path: str) -> list:
        """The symbol that an edit is said to be in; often none."""
        symbols = next(s.symbols for s in self.sources if s.path == path) if self.rng.random() < 0.5 else []
        return [self.rng.choice(symbols)] if symbols else []

    def show(self) -> None:
        roll = self.rng.random()
        for share, action in ((0.5, self.edit_constant), (0.64, self.show_outline), (0.76, self.edit_call), (0.84, self.edit_new_symbol),
                              (0.9, self.say_fact), (1.0, super().show)):
            if roll < share:
                action()
                return

    def next(self) -> None:
        """Shows for a while, then mostly asks; or asks about every second thing that was shown."""
        if self.to_show > 0:
            self.to_show -= 1
            self.show()
        elif self.rng.random() < (0.12 if self.far else 0.5) or not self.quiz():
            self.show()
