"""One synthetic session: a list of (kind, body) events in the form of docs/stream-format.md.

Everything a reply says can be read off earlier events of the same session, so that the answer is always in the
window; the session keeps track of what has been shown. Deterministic by the random.Random it is given.
"""
import random
import re

from . import wording as W
from .code import Source, chain, outline
from .facts import Edit, Rename, whole_word
from .names import camel, changed_value, new_name, new_noun, new_path, new_value
from .questions import Questions

KEYWORDS = """return const this function typeof else throw case break await async undefined null true false import export
from""".split()
# how a named value may stand in code; {n} its name, {v} its value
VALUE_FORMS = ("const {n} = {v};", "let {n} = {v};", "const {n} = {v};", "export const {n} = {v};", "{n}: {v},", "{n} = {v};",
               "readonly {n} = {v};", "this.{n} = {v};")
LONGEST_LINE = 120
SHOWN = 0.66  # of what happens in a session; the rest are questions about it


class Session(Questions):
    """Builds events one by one; .events is the list of (kind, body)."""

    def __init__(self, rng: random.Random, sources: list, wordings: dict = W.ASK):
        super().__init__()
        self.rng, self.sources, self.wordings = rng, sources, wordings
        self.events = []

    def new_name(self) -> str:
        """An identifier that the session invents; one kind of session has names of its own (crowded.py)."""
        return new_name(self.rng)

    def add(self, kind: str, body: str) -> None:
        self.events.append((kind, body))

    # -- outlines, memories, statements --------------------------------------------------------------------------
    def show_outline(self, source: Source = None) -> None:
        rng = self.rng
        source = source or rng.choice(self.sources)
        first = 0 if rng.random() < 0.6 or len(source.symbols) < 8 else rng.randrange(len(source.symbols) - 4)
        text, shown = outline(source, rng.choice((4, 6, 8, 10, 14)), first)
        if not shown:
            return
        self.add("file", f"{source.path}\n{text}")
        self.contents[source.path] = [s.name for s in shown]
        for s in shown:
            self.defined(s.name, source.path)
            if s.kind in ("function", "method"):
                self.take_parameters(s.name, s.parameters)
            base = re.search(r"\bextends\s+([\w$.]+)", s.signature)
            if base and s.kind == "class":
                self.bases[s.name] = base.group(1)

    def say_name(self) -> None:
        self.called = self.new_name()
        self.talk(self.rng.choice(W.CALL_IT).format(x=self.called), W.CALL_IT_REPLY.format(x=self.called))

    def _new_fact(self) -> dict:
        noun, value = new_noun(self.rng, W.FACTS), new_value(self.rng).strip("'")
        if self.rng.random() < 0.25:
            value = self.rng.choice((self.new_name, lambda: new_path(self.rng)))()
        self.facts[noun] = value
        return {"n": noun, "v": value}

    def say_fact(self) -> None:
        fact = self._new_fact()
        self.talk(self.rng.choice(W.REMEMBER).format(**fact), W.REMEMBER_REPLY.format(**fact))

    def memory(self, kind: str = "memory") -> None:
        fact = self._new_fact()
        self.add(kind, self.rng.choice(W.MEMORY).format(**fact))

    # -- edits -------------------------------------------------------------------------------------------------
    def _edit(self, path: str, symbols: list, body: list, removed: list, added: list) -> None:
        self.add("edit", f"{path}{chain(symbols)}\n" + "\n".join(body))
        self.edits.append(Edit(path, [s.name for s in symbols[:3]], [x.strip() for x in removed], [x.strip() for x in added],
                               event=len(self.events) - 1))

    @staticmethod
    def _before(source: Source, at: int, lines: int) -> list:
        return [" " + line for line in source.lines[max(0, at - lines):at] if line.strip()] if at else []

    @staticmethod
    def _after(source: Source, at: int, lines: int) -> list:
        return [" " + line for line in source.lines[at:at + lines] if line.strip()]

    def edit_value(self) -> None:
        """A named constant or field is added, or one that is known gets a new value."""
        rng = self.rng
        source = rng.choice(self.sources)
        known = [n for n in self.values if n in self.where and n not in self.ambiguous]
        name = rng.choice(known) if known and rng.random() < 0.35 else self.new_name()
        old = self.values.get(name)
        value = changed_value(rng, old)
        if old is not None:
            source = next((s for s in self.sources if s.path == self.where[name]), None)
            if source is None:
                return
        at = rng.randrange(len(source.lines)) if source.lines else 0
        symbols = source.enclosing(at)
        indent = re.match(r"\s*", source.lines[at]).group()
        form = rng.choice(VALUE_FORMS)
        form = self.forms.setdefault(name, form) if old is not None else form
        self.forms[name] = form
        if form.startswith("export"):
            indent, symbols = "", []
        if old is None and rng.random() < 0.45:
            old = new_value(rng, value)
            if old == value:
                old = None
        added = indent + form.format(n=name, v=value)
        removed = [] if old is None else [indent + form.format(n=name, v=old)]
        body = self._before(source, at, rng.choice((0, 1, 1, 2))) + ["-" + line for line in removed] + ["+" + added]
        body += self._after(source, at, rng.choice((0, 1, 1)))
        if any(len(line) > 140 for line in body):
            return
        self._edit(source.path, symbols, body, removed, [added])
        self.take_value(name, source.path, value, old)

    def edit_lines(self) -> None:
        """Real lines are added, removed or exchanged."""
        rng = self.rng
        source = rng.choice(self.sources)
        functions = [s for s in source.symbols if s.kind in ("function", "method") and 3 <= s.end - s.line <= 60]
        if not functions:
            return
        symbol = rng.choice(functions)
        at = rng.randrange(symbol.line + 1, max(symbol.line + 2, symbol.end - 1))
        take = rng.choice((1, 1, 1, 2, 3))
        chosen = [line for line in source.lines[at:at + take] if line.strip()]
        if not chosen or any(len(line) > LONGEST_LINE for line in source.lines[max(0, at - 2):at + take + 1]):
            return
        body = self._before(source, at, rng.choice((1, 1, 2)))
        after = self._after(source, at + take, rng.choice((0, 1, 1)))
        style = rng.random()
        if style < 0.4:
            removed, added = [], chosen
        elif style < 0.55:
            removed, added = chosen, []
        else:
            changed = [self._vary(line) for line in chosen]
            removed, added = (chosen, changed) if rng.random() < 0.5 else (changed, chosen)
            if removed == added:
                removed = []
        body += ["-" + line for line in removed] + ["+" + line for line in added] + after
        later = source.lines[at + take + 3:symbol.end - 1]
        if rng.random() < 0.15 and later and added:  # a second hunk of the same edit
            line = rng.choice(later)
            changed = self._vary(line)
            if line.strip() and changed != line and len(line) < 110:
                body += ["…", "-" + line, "+" + changed]
                removed, added = [*removed, line], [*added, changed]
        self._edit(source.path, source.enclosing(at) or [symbol], body, removed, added)
        self.defined(symbol.name, source.path)

    def _vary(self, line: str) -> str:
        """The line with another number or another name in it."""
        rng = self.rng
        numbers = list(re.finditer(r"\b\d+\b", line))
        if numbers and rng.random() < 0.6:
            m = rng.choice(numbers)
            return line[:m.start()] + str(rng.randint(0, 99)) + line[m.end():]
        names = [m for m in re.finditer(r"\b[a-z][A-Za-z]{3,}\b", line) if m.group() not in KEYWORDS]
        if names:
            m = rng.choice(names)
            return line[:m.start()] + new_name(rng) + line[m.end():]
        return line

    def edit_new_function(self) -> None:
        """A real function enters, with its doc comment if it has one; sometimes under a new name."""
        rng = self.rng
        source = rng.choice(self.sources)
        functions = [s for s in source.symbols if s.kind in ("function", "method") and 2 <= s.end - s.line <= 9]
        if not functions:
            return
        documented = [s for s in functions if s.doc]
        symbol = rng.choice(documented if documented and rng.random() < 0.7 else functions)
        name = new_name(rng) if rng.random() < 0.5 else symbol.name
        lines = [re.sub(rf"\b{re.escape(symbol.name)}\b", name, x) for x in source.lines[symbol.line:symbol.end] if x.strip()]
        if any(len(x) > LONGEST_LINE for x in lines) or name in self.where:
            return
        indent = re.match(r"\s*", lines[0]).group()
        if symbol.doc and rng.random() < 0.85:
            lines.insert(0, f"{indent}/** {symbol.doc} */" if rng.random() < 0.6 else f"{indent}// {symbol.doc}")
            self.docs[name] = symbol.doc
        body = self._before(source, symbol.line, 1) if not symbol.doc else []
        around = [s for s in source.enclosing(symbol.line) if s is not symbol]
        self._edit(source.path, around, body + ["+" + x for x in lines], [], lines)
        self.defined(name, source.path)
        self.take_parameters(name, symbol.parameters)

    def edit_new_symbol(self) -> None:
        """An invented class or function enters: its base class or its parameters are stated nowhere else."""
        rng = self.rng
        source = rng.choice(self.sources)
        name = self.new_name()
        if name in self.where:
            return
        if rng.random() < 0.5:
            name, base = (text[0].upper() + text[1:] for text in (name.replace("_", ""), camel(rng)))
            lines = [f"{rng.choice(('export class', 'class'))} {name} extends {base} {{", "}"]
            self.bases[name] = base
        else:
            parts = [camel(rng, rng.choice((1, 1, 2))) for _ in range(rng.choice((1, 2, 2, 3)))]
            parameters = ", ".join(p + rng.choice(("", "", ": string", ": number", "?: boolean", " = 0")) for p in parts)
            lines = [f"{rng.choice(('export function', 'function', 'async function'))} {name}({parameters}) {{",
                     f"  return {rng.choice(parts)};", "}"]
            self.take_parameters(name, parameters)
        self._edit(source.path, [], ["+" + line for line in lines], [], lines)
        self.defined(name, source.path)

    def edit_rename(self) -> None:
        """A local name of a function is renamed where it is declared (see Rename)."""
        rng = self.rng
        source = rng.choice(self.sources)
        functions = [s for s in source.symbols if s.kind in ("function", "method") and 4 <= s.end - s.line <= 50]
        rng.shuffle(functions)
        for symbol in functions[:6]:
            for at in range(symbol.line, symbol.end):
                line = source.lines[at]
                declared = re.match(r"\s*(?:const|let|var)\s+([A-Za-z_$][\w$]{2,})\b", line)
                if not declared or len(line) > 110:
                    continue
                old = declared.group(1)
                uses = [i for i in range(at + 1, symbol.end) if re.search(whole_word(old), source.lines[i]) and len(source.lines[i]) < 110]
                if not uses or rng.random() < 0.3:
                    continue
                new = new_name(rng)
                changed = re.sub(whole_word(old), new, line)
                self._edit(source.path, source.enclosing(at), self._before(source, at, 1) + ["-" + line, "+" + changed], [line], [changed])
                self.renamed = Rename(source, old, new, rng.choice(uses), symbol)
                return

    def file_event(self) -> None:
        """What happens to a file besides a diff. Saving and problems are no change of the person's."""
        rng = self.rng
        path, style = rng.choice([s.path for s in self.sources]), rng.random()
        if style < 0.4:
            self.add("edit", f"{path}\nsaved")
        elif style < 0.7:
            problem = self.problem()
            self.add("edit", f"{path}\n" + (f"+error in line {rng.randint(1, 300)}: {problem}" if rng.random() < 0.6 else f"-error: {problem}"))
        else:  # another file than those that are edited
            path = new_path(rng)
            old = path
            while old == path:
                old = new_path(rng)
            if any(p in body for p in (path, old) for _, body in self.events):
                return
            if style < 0.85:
                self.add("edit", f"{path}\ndeleted")
                self.edits.append(Edit(path, [], words=f"You deleted {path}.", event=len(self.events) - 1))
            else:
                self.add("edit", f"{path}\nrenamed from {old}")
                self.edits.append(Edit(path, [], words=f"You renamed {old} to {path}.", event=len(self.events) - 1))

    # -- the course of a session -----------------------------------------------------------------------------------
    def step(self) -> None:
        """The next thing that happens (sometimes nothing, if the sources do not offer it)."""
        self._happen(self.rng.random())

    def show(self) -> None:
        """The same without the questions about what is shown."""
        self._happen(self.rng.random() * SHOWN)

    def _happen(self, roll: float) -> None:
        rng = self.rng
        for share, action in ((0.10, self.show_outline), (0.25, self.edit_value), (0.37, self.edit_lines), (0.41, self.edit_new_function),
                              (0.43, self.edit_new_symbol), (0.45, self.file_event), (0.47, self.edit_rename), (0.51, self.say_fact),
                              (0.53, self.say_name), (0.55, lambda: self.memory(rng.choice(("recall", "memory")))), (0.60, self.small_talk),
                              (0.64, self.unable), (SHOWN, self.unable_with_code), (0.69, self.ask_unseen), (1.0, self.ask)):
            if roll < share:
                action()
                return

    def begin(self) -> None:
        """What a session may start with; a window after an eviction starts in the middle of things."""
        rng = self.rng
        if rng.random() < 0.15:
            self.memory()
        roll = rng.random()
        if roll < 0.12:
            self.small_talk()
        elif roll < 0.18:
            self.unable()
        elif roll < 0.22:
            self.unable_with_code()
        elif roll < 0.62:
            self.show_outline(self.sources[0])
