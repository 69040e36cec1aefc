"""Talk: questions whose answers stand in the window, questions whose answers do not, small talk, requests beyond the model."""
import random

from . import wording as W
from .facts import Facts
from .names import camel, casual, new_name, new_noun, new_path
from .phrasing import phrase

# how often each kind is asked in a session as people have them; others: 1
QUESTION_WEIGHTS = {"last_change": 3, "last_file": 2, "value": 5, "value_in_file": 1.5, "where": 3, "fact": 3, "name": 2, "old_value": 2, "function_in_file": 1.5,
                    "functions": 0.5, "change_before": 0.8}
# the tables of Facts that are asked by name: kind of question, table, answer
# Every name in an answer has a blank before it, as in the question: then its tokens are the same ones, and it can be copied.
TABLES = (("value", "values", "The value of {x} is {v}."), ("value_in_file", "values", "The value of {x} is {v}."),
          ("old_value", "old_values", "Before, {x} was {v}."), ("where", "where", "You find {x} in {v}."),
          ("parameters", "parameters", "The parameters of {x} are ({v})."), ("doc", "docs", "The comment says: {v}"),
          ("extends", "bases", "The class {x} extends {v}."))
PROBLEMS = ("Cannot find name '{n}'.", "';' expected.", "Type 'string' is not assignable to type 'number'.",
            "Property '{m}' does not exist on type '{n}'.", "'{n}' is declared but its value is never read.", "Unexpected token",
            "Expected {m} to be defined.", "Argument of type '{m}' is not assignable.")
NAMES_LISTED = 3
LONGEST_ATTACHED = 120  # characters of a line
SMALL_FILE = 40  # lines; such a file may go with a message as a whole


class Questions(Facts):
    """Needs .rng, .sources, .wordings and .events of the session."""

    def talk(self, text: str, reply: str) -> None:
        self.events.append(("user", text))
        self.events.append(("assistant", reply))

    def choose(self, names: list) -> str:
        """Which of the names that could be asked about, in the order in which they came."""
        return self.rng.choice(names)

    def _wording(self, kind: str, fields: dict) -> str:
        listed = self.wordings[kind]
        text = phrase(self.rng, kind, listed, W.HELDOUT[kind]) if self.wordings is W.ASK else self.rng.choice(listed)
        return casual(self.rng, text.format(**fields))

    # -- the answer is in the window --------------------------------------------------------------------------------
    def _questions_about_edits(self) -> dict:
        """kind -> (fields of the question, answer)."""
        last, ready = self.edits[-1], {}
        ready["last_change"] = {}, last.sentence()
        ready["last_file"] = {}, f"In {last.path}."
        path = self.rng.choice(list({e.path: 1 for e in self.edits}))
        ready["function_in_file"] = {"p": path}, [e for e in self.edits if e.path == path][-1].sentence()
        if len(self.edits) > 1:
            ready["change_before"] = {}, "Before that, y" + self.edits[-2].sentence()[1:]
        for kind, answer, lines in (("added_line", "You added `{}`.", [e.added for e in self.edits if e.added]),
                                    ("removed_line", "You removed `{}`.", [e.removed for e in self.edits if e.removed])):
            if lines and len(lines[-1]) == 1 and len(lines[-1][0]) < 80:
                ready[kind] = {}, answer.format(lines[-1][0])
        return ready

    def questions(self) -> dict:
        """All that can be asked now: kind -> (fields of the question, answer)."""
        rng = self.rng
        ready = self._questions_about_edits() if self.edits else {}
        for kind, table, answer in TABLES:
            table = getattr(self, table)
            name = self.choose([n for n in table if n not in self.ambiguous] or [None])
            if name is not None:
                fields = {"x": name, "p": self.where[name]} if kind == "value_in_file" else {"x": name}
                ready[kind] = fields, answer.format(x=name, v=table[name])
        if self.called:
            ready["name"] = {}, f"You chose {self.called}."
        if self.facts:
            noun = rng.choice(list(self.facts))
            ready["fact"] = {"n": noun}, f"The {noun} is {self.facts[noun]}."
        listed = [p for p, names in self.contents.items() if names]
        if listed:
            path = rng.choice(listed)
            ready["functions"] = {"p": path}, f"It has {listing(self.contents[path])}."
        return ready

    def ask(self, kind: str = None) -> bool:
        """One question that the window answers; False if none (of that kind) can be asked now."""
        ready = self.questions()
        if kind is None:
            if not ready:
                return False
            kind = pick(self.rng, QUESTION_WEIGHTS, sorted(ready))
        elif kind not in ready or kind not in self.wordings:
            return False
        fields, answer = ready[kind]
        self.talk(self._wording(kind, fields), answer)
        return True

    # -- the answer is not in the window ------------------------------------------------------------------------------
    def _stranger(self) -> str:
        """A name that stands nowhere in the session: invented, or of the same files."""
        rng = self.rng
        name = self.new_name()
        if rng.random() < 0.4:
            symbols = rng.choice(self.sources).symbols
            name = rng.choice(symbols).name if symbols else name
        return name if not any(name in body for _, body in self.events) else new_name(rng) + rng.choice(("Two", "Old", "Extra"))

    def unseen_questions(self) -> list:
        """[(kind, fields of the question, what cannot be seen)], all that the window has no answer to."""
        rng, edits = self.rng, self.edits
        name, path, noun = self._stranger(), new_path(rng), new_noun(rng, W.FACTS)
        while any(path in body for _, body in self.events):
            path = new_path(rng)
        while noun in self.facts:
            noun = new_noun(rng, W.FACTS)
        missing = [("value", {"x": name}, name), ("value_in_file", {"x": name, "p": rng.choice(self.sources).path}, name),
                   ("where", {"x": name}, name), ("old_value", {"x": name}, name),
                   ("parameters", {"x": name}, name), ("extends", {"x": name}, name), ("fact", {"n": noun}, f"the {noun}"),
                   ("function_in_file", {"p": path}, path), ("functions", {"p": path}, path)]
        if not edits:
            missing += [("last_change", {}, "an edit"), ("last_file", {}, "an edit")] * 3
        if len(edits) < 2:
            missing += [("change_before", {}, "an edit before that" if edits else "an edit")]
        if not any(e.added for e in edits):
            missing += [("added_line", {}, "an added line")]
        if not any(e.removed for e in edits):
            missing += [("removed_line", {}, "a removed line")]
        if not self.called:
            missing += [("name", {}, "a chosen name")]
        outlined = [p for p in self.contents if not any(e.path == p for e in edits)]
        if outlined:
            path = rng.choice(outlined)
            missing += [("function_in_file", {"p": path}, f"an edit of {path}")]
        fresh = [n for n in self.values if n not in self.old_values and n not in self.ambiguous]
        if fresh:
            name = rng.choice(fresh)
            missing += [("old_value", {"x": name}, f"an old value of {name}")]
        return missing

    def ask_unseen(self, kind: str = None) -> bool:
        """About something that was never shown: the reply says so. False if there is nothing (of that kind) to ask."""
        missing = [m for m in self.unseen_questions() if m[0] in self.wordings and kind in (None, m[0])]
        if not missing:
            return False
        kind, fields, what = self.rng.choice(missing)
        self.talk(self._wording(kind, fields), W.UNSEEN_REPLY.format(x=what))
        return True

    # -- all other talk -----------------------------------------------------------------------------------------------
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

    def unable_with_code(self, wordings: list = None) -> None:
        """A request about code that goes with the message, as extension/panel/attachmentText.ts writes it."""
        rng = self.rng
        source = rng.choice(self.sources)
        quoted, line = self._quoted(source)
        if wordings is not None:
            request = rng.choice(wordings)
        elif rng.random() < 0.2:
            request = f"Explain this problem in line {line}: {self.problem()}"
        else:
            request = rng.choice(W.UNABLE_WITH_CODE)
            if rng.random() < 0.1:
                request += "\n" + rng.choice(W.UNABLE_WITH_CODE)
        parts = [casual(rng, request), quoted]
        if rng.random() < 0.08:
            parts.append(self._quoted(rng.choice(self.sources))[0])
        if rng.random() < 0.08:
            parts.append("\n".join([f"Problems of {source.path}", *(
                f"- {rng.choice(('error', 'error', 'warning', 'info'))}, line {rng.randint(1, 400)}: {self.problem()}"
                for _ in range(rng.choice((1, 1, 2, 3))))]))
        self.talk("\n\n".join(parts), W.UNABLE_REPLY)

    def _quoted(self, source) -> tuple:
        """(lines of a file with their place, the number of the first): a selection, a function or so, now and then a whole small file."""
        rng = self.rng
        first = rng.randrange(len(source.lines))
        longest = rng.choice((1, 4, 12, 12, 30))
        whole = rng.random() < 0.1 and len(source.lines) <= SMALL_FILE
        if whole:
            first, longest = 0, SMALL_FILE
        last = min(len(source.lines), first + rng.randint(1, longest))
        language = "javascript" if source.path.endswith(("js", "jsx")) else "typescript"
        place = f"{source.path}:{first + 1}-{last}" if last > first + 1 else f"{source.path}:{first + 1}"
        if whole or rng.random() < 0.15:
            place = source.path
        code = "\n".join(line[:LONGEST_ATTACHED] for line in source.lines[first:last])
        return f"{place}\n```{language}\n{code}\n```", first + 1

    def problem(self) -> str:
        """What a compiler says."""
        return self.rng.choice(PROBLEMS).format(n=new_name(self.rng), m=camel(self.rng, 1))


def last_word(answer: str) -> str:
    """Of an answer about what was shown: it stands in the window."""
    return answer.removesuffix(" and more.").rstrip(".`)").split("(")[-1].split(" ")[-1]


def listing(names: list) -> str:
    """'a', 'a and b', 'a, b and c', 'a, b, c and more'."""
    if len(names) > NAMES_LISTED:
        names = [*names[:NAMES_LISTED], "more"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def pick(rng: random.Random, weights: dict, keys: list) -> str:
    """One of the keys, by its weight (1 where it has none)."""
    return rng.choices(keys, [weights.get(k, 1) for k in keys])[0]
