"""One synthetic session: a list of (kind, body) events in the form of docs/stream-format.md.

Everything a reply says can be read off earlier events of the same session, so that the answer is always in the
window; the session keeps track of what has been shown. Deterministic by the random.Random it is given.
"""
import random
import re
from dataclasses import dataclass

from . import wording as W
from .code import Source, Symbol, chain, outline
from .names import casual, new_name, new_path, new_value

KEYWORDS = """return const this function typeof else throw case break await async undefined null true false import export
from""".split()
# how a named value may stand in code; {n} its name, {v} its value
VALUE_FORMS = ("const {n} = {v};", "let {n} = {v};", "const {n} = {v};", "export const {n} = {v};", "{n}: {v},", "{n} = {v};",
               "readonly {n} = {v};", "this.{n} = {v};")
QUESTION_WEIGHTS = {"last_change": 3, "last_file": 2, "value": 5, "where": 3, "fact": 3, "name": 2, "old_value": 2, "function_in_file": 1.5,
                    "functions": 0.5, "change_before": 0.8}  # others: 1
LONGEST_PARAMETERS = 60
LONGEST_LINE = 120


@dataclass
class Edit:
    path: str
    symbols: list  # names of the enclosing symbols, outermost first
    removed: list  # lines, without indentation
    added: list

    def sentence(self) -> str:
        return f"You changed {self.symbols[-1]} in {self.path}." if self.symbols else f"You changed {self.path}."


@dataclass
class Rename:
    """A local name was renamed where it is declared; a completion at line `use` of the function must use the new one."""
    source: Source
    old: str
    new: str
    use: int
    symbol: Symbol


def whole_word(name: str) -> str:
    return rf"(?<![\w.$]){re.escape(name)}\b"


class Facts:
    """What the window has shown so far."""

    def __init__(self):
        self.edits = []       # [Edit]
        self.values = {}      # name -> value now
        self.old_values = {}  # name -> value before the last change
        self.forms = {}       # name -> its VALUE_FORMS entry
        self.where = {}       # name -> path
        self.ambiguous = set()  # names seen in more than one file: never asked about
        self.facts = {}       # noun -> value
        self.parameters = {}  # function -> parameter list
        self.docs = {}        # name -> first sentence of its comment
        self.bases = {}       # class -> base class
        self.contents = {}    # path -> names in its outline
        self.called = None    # the name that the person chose last
        self.renamed = None   # the last Rename

    def defined(self, name: str, path: str) -> None:
        if self.where.get(name, path) != path:
            self.ambiguous.add(name)
        self.where[name] = path

    def take_parameters(self, name: str, parameters: str) -> None:
        if parameters and len(parameters) < LONGEST_PARAMETERS:
            self.parameters[name] = parameters


class Session(Facts):
    """Builds events one by one; .events is the list of (kind, body)."""

    def __init__(self, rng: random.Random, sources: list, wordings: dict = W.ASK):
        super().__init__()
        self.rng, self.sources, self.wordings = rng, sources, wordings
        self.events = []

    def add(self, kind: str, body: str) -> None:
        self.events.append((kind, body))

    def talk(self, text: str, reply: str) -> None:
        self.add("user", text)
        self.add("assistant", reply)

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
        self.called = new_name(self.rng)
        self.talk(self.rng.choice(W.CALL_IT).format(x=self.called), W.CALL_IT_REPLY.format(x=self.called))

    def _new_fact(self) -> dict:
        noun, value = self.rng.choice(W.FACTS), new_value(self.rng).strip("'")
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
        self.edits.append(Edit(path, [s.name for s in symbols[:3]], [x.strip() for x in removed], [x.strip() for x in added]))

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
        name = rng.choice(known) if known and rng.random() < 0.35 else new_name(rng)
        old = self.values.get(name)
        value = new_value(rng, old)
        while value == old:
            value = new_value(rng, old)
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
        self.values[name] = value
        if old is not None:
            self.old_values[name] = old
        else:
            self.old_values.pop(name, None)
        self.defined(name, source.path)

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

    # -- questions ----------------------------------------------------------------------------------------------
    def _questions_about_edits(self) -> dict:
        """kind -> (fields of the question, answer)."""
        last, ready = self.edits[-1], {}
        ready["last_change"] = {}, last.sentence()
        ready["last_file"] = {}, f"In {last.path}."
        path = self.rng.choice(list({e.path: 1 for e in self.edits}))
        ready["function_in_file"] = {"p": path}, [e for e in self.edits if e.path == path][-1].sentence()
        if len(self.edits) > 1:
            ready["change_before"] = {}, "Before that, y" + self.edits[-2].sentence()[1:]
        added = [e.added for e in self.edits if e.added]
        if added and len(added[-1][0]) < 80 and len(added[-1]) == 1:
            ready["added_line"] = {}, f"You added `{added[-1][0]}`."
        removed = [e.removed for e in self.edits if e.removed]
        if removed and len(removed[-1][0]) < 80 and len(removed[-1]) == 1:
            ready["removed_line"] = {}, f"You removed `{removed[-1][0]}`."
        return ready

    def _questions(self) -> dict:
        """All that can be asked now: kind -> (fields of the question, answer)."""
        rng = self.rng
        ready = self._questions_about_edits() if self.edits else {}
        tables = (("value", self.values, "{x} is {v}."), ("old_value", self.old_values, "{x} was {v}."),
                  ("where", self.where, "{x} is in {v}."), ("parameters", self.parameters, "{x} takes ({v})."),
                  ("doc", self.docs, "{v}"), ("extends", self.bases, "{x} extends {v}."))
        for kind, table, answer in tables:
            name = rng.choice([n for n in table if n not in self.ambiguous] or [None])
            if name is not None:
                ready[kind] = {"x": name}, answer.format(x=name, v=table[name])
        if self.called:
            ready["name"] = {}, f"You chose {self.called}."
        if self.facts:
            noun = rng.choice(list(self.facts))
            ready["fact"] = {"n": noun}, f"The {noun} is {self.facts[noun]}."
        listed = [p for p, names in self.contents.items() if names]
        if listed:
            path = rng.choice(listed)
            names = self.contents[path][:4]
            ready["functions"] = {"p": path}, f"It has {', '.join(names[:-1]) + ' and ' + names[-1] if len(names) > 1 else names[0]}."
        return ready

    def _wording(self, kind: str, fields: dict) -> str:
        return casual(self.rng, self.rng.choice(self.wordings[kind]).format(**fields))

    def ask(self, kind: str = None) -> bool:
        """One question that the window answers; False if none (of that kind) can be asked now."""
        ready = self._questions()
        if kind is None:
            if not ready:
                return False
            kinds = sorted(ready)
            kind = self.rng.choices(kinds, [QUESTION_WEIGHTS.get(k, 1) for k in kinds])[0]
        elif kind not in ready or kind not in self.wordings:
            return False
        fields, answer = ready[kind]
        self.talk(self._wording(kind, fields), answer)
        return True

    def ask_unseen(self) -> None:
        """About something that was never shown: the reply says so."""
        rng = self.rng
        kind, fields = rng.choice((("value", {"x": new_name(rng)}), ("where", {"x": new_name(rng)}),
                                   ("fact", {"n": rng.choice([f for f in W.FACTS if f not in self.facts])}),
                                   ("value", {"x": new_name(rng)})))
        if fields.get("x") not in self.where:
            self.talk(self._wording(kind, fields), W.UNSEEN_REPLY.format(x=fields.get("x") or "the " + fields["n"]))

    def small_talk(self) -> None:
        rng = self.rng
        asked, reply = rng.choice(((W.GREETINGS, rng.choice(W.GREETING_REPLIES)), (W.WHO, W.WHO_REPLY), (W.WHO, W.WHO_REPLY),
                                   (W.CAN, W.CAN_REPLY), (W.CAN, W.CAN_REPLY), (W.THANKS, W.THANKS_REPLY), (W.BYE, W.BYE_REPLY),
                                   (W.FORGET, W.FORGET_REPLY)))
        text = casual(rng, rng.choice(asked))
        self.talk(text.lower() if rng.random() < 0.15 else text, reply)

    def unable(self) -> None:
        """A request that is beyond the model: a short honest sentence."""
        rng = self.rng
        names = [n for n in self.where if n not in self.docs] or [new_name(rng)]
        path = rng.choice([s.path for s in self.sources] + [new_path(rng)])
        topic = rng.sample(W.TOPICS, 2)
        text = rng.choice(W.UNABLE).format(
            f=rng.choice(names + [new_name(rng), "this function", "this"]), c=rng.choice(names + ["this class", "this"]), p=path,
            v=new_name(rng), t=topic[0], t2=topic[1], g=rng.choice(W.GOALS), g2="a " + rng.choice(W.GOALS), d=rng.choice(W.DEEDS),
            d2=rng.choice(W.ACTIONS))
        if rng.random() < 0.12:
            text = rng.choice(("Please ", "Can you ", "Could you ", "pls ", "Hey, ")) + text[0].lower() + text[1:]
        self.talk(casual(rng, text), W.UNABLE_REPLY)

    # -- the course of a session -----------------------------------------------------------------------------------
    def step(self) -> None:
        """The next thing that happens (sometimes nothing, if the sources do not offer it)."""
        rng = self.rng
        roll = rng.random()
        for share, action in ((0.10, self.show_outline), (0.25, self.edit_value), (0.37, self.edit_lines), (0.42, self.edit_new_function),
                              (0.45, self.edit_rename), (0.50, self.say_fact), (0.53, self.say_name),
                              (0.55, lambda: self.memory(rng.choice(("recall", "memory")))), (0.60, self.small_talk), (0.66, self.unable),
                              (0.69, self.ask_unseen), (1.0, self.ask)):
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
        elif roll < 0.20:
            self.unable()
        elif roll < 0.6:
            self.show_outline(self.sources[0])
