"""What a row shows of which file, and which of its replies say where a name is: positions of tokens, read from the ids alone.

guide.py tells by this what heads should look at. A row of other text has none.
"""
import re
from bisect import bisect_right
from dataclasses import dataclass

from . import tokenizer as T

REPLY = re.compile(r"You find (\S+) in (\S+)\.$")  # of sessions/wording.py, "where"
ARROW = " " + "›".encode().decode("latin-1")  # between a path and what of the file an edit is in, where "›" is three bytes


@dataclass(frozen=True)
class Shown:
    """An event of a file: its path is [first, title), the rest of it [title, end)."""
    first: int
    title: int
    end: int
    file: int


@dataclass(frozen=True)
class Told:
    """A reply that says where a name is: the last token of the name, the one before the path, the end of the path; `keys`: the last tokens of the
    name in the events of that file before."""
    name: int
    before: int
    end: int
    file: int
    keys: tuple

    def path(self) -> range:
        """The positions that predict the path."""
        return range(self.before, self.end)


@dataclass(frozen=True)
class Bindings:
    shown: tuple
    told: tuple
    marks: tuple  # of each file the tokens of its path that some other path lacks


def texts_of(processor) -> list:
    """What each token writes: pieces of text, bytes as characters of Latin-1; nothing for control tokens."""
    return [processor.decode([i]) if i >= T.FIRST_TEXT else chr(i - T.FIRST_ORDINARY) if i >= T.FIRST_ORDINARY else ""
            for i in range(processor.get_piece_size())]


class Text:
    """The text of a row; where in it each token begins."""

    def __init__(self, ids: list, texts: list):
        self.starts, length = [], 0
        for i in ids:
            self.starts.append(length)
            length += len(texts[i])
        self.starts.append(length)
        self.all = "".join(texts[i] for i in ids)

    def of(self, first: int, end: int) -> str:
        return self.all[self.starts[first]:self.starts[end]]

    def token(self, character: int) -> int:
        """The token that writes a character."""
        return bisect_right(self.starts, character) - 1


def bodies(ids: list) -> list:
    """[(the control token, first, end)] of what follows each control token."""
    at = [i for i, token in enumerate(ids) if token < T.FIRST_ORDINARY] + [len(ids)]
    return [(ids[a], a + 1, b) for a, b in zip(at, at[1:]) if b > a + 1]


def occurrences(name: str, text: Text, shown: Shown) -> list:
    """The last tokens of a name in an event, not those in its path."""
    start = text.starts[shown.first]
    found = (text.token(start + m.end() - 1) for m in re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text.of(shown.first, shown.end)))
    return [token for token in found if token >= shown.title]


def bindings(ids: list, texts: list) -> Bindings:
    """None if fewer than two files are shown, or if the path of one has no token that another lacks."""
    text, shown, paths, replies = Text(ids, texts), [], {}, []
    for kind, first, end in bodies(ids):
        body = text.of(first, end)
        if kind in (T.EDIT, T.FILE):
            path = body.split("\n", 1)[0].split(ARROW, 1)[0]
            title = text.token(text.starts[first] + len(path))
            if path and title < end:
                shown.append(Shown(first, title, end, paths.setdefault(path, (len(paths), tuple(ids[first:title])))[0]))
        elif kind == T.ASSISTANT and (reply := REPLY.search(body)):
            replies.append((text.starts[first], reply))
    tokens = [set(of_path) for _, of_path in paths.values()]
    marks = tuple(tuple(sorted(own - set.intersection(*tokens))) for own in tokens) if len(tokens) > 1 else ()
    if not marks or not all(marks):
        return None
    told = []
    for start, reply in replies:
        at, file = text.token(start), paths.get(reply[2], (None,))[0]
        keys = [key for event in shown if event.file == file and event.end <= at for key in occurrences(reply[1], text, event)]
        if keys:
            told.append(Told(text.token(start + reply.end(1) - 1), text.token(start + reply.start(2)) - 1, text.token(start + reply.end(2) - 1),
                             file, tuple(keys)))
    return Bindings(tuple(shown), tuple(told), marks)
