"""Real files under other names: so that what a session says of them can be read off its window alone.

A model knows the names and paths of the packages that it was trained on. On fresh rows of those the loss on replies was a fifth below that on rows of
held-out packages, so a part of what such rows seemed to teach was known by heart. Here every word of a name or path becomes another one, the same throughout
the session: files stay as alike, as deep and as long as they are, and a class still has the name of its file.
"""
import dataclasses
import random
import re

from .code import Source
from .names import new_word

# Words that say nothing about a package, and what stands in nearly every path or name.
KEPT = frozenset("""
a an as at by do for from has if in is it js jsx mjs cjs mts ts tsx no not of off on or out to up with add all constructor create delete get index lib make
new read remove set src test tests update use write
""".split())
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
LONGEST_RENAMED = 1500  # lines; of longer files only the path is another


class Rewording:
    """Word -> another word, never the same one for two; in the case of what it stands for."""

    def __init__(self, rng: random.Random):
        self.rng, self.words, self.taken = rng, {}, set()

    def _other(self, word: str) -> str:
        if word not in self.words:
            other = new_word(self.rng).lower()
            while other in self.taken or other in KEPT:
                other = new_word(self.rng).lower()
            self.taken.add(other)
            self.words[word] = other
        return self.words[word]

    def _in_case(self, found: re.Match) -> str:
        part = found.group()
        if len(part) < 2 or part.lower() in KEPT:
            return part
        other = self._other(part.lower())
        return other.upper() if part.isupper() else other.capitalize() if part[0].isupper() else other

    def __call__(self, name: str) -> str:
        return WORD.sub(self._in_case, name)

    def source(self, source: Source) -> Source:
        """Without its cuts: their places are those of the old text."""
        path = self(source.path)
        names = {s.name: self(s.name) for s in source.symbols if re.fullmatch(r"[\w$]+", s.name)}
        if not names or len(source.lines) > LONGEST_RENAMED:
            return Source(path, source.lines, source.imports, source.symbols)
        pattern = re.compile(r"(?<![\w$])(?:" + "|".join(map(re.escape, names)) + r")(?![\w$])")

        def renamed(text: str) -> str:
            return pattern.sub(lambda found: names[found.group()], text)

        symbols = [dataclasses.replace(s, **{key: renamed(getattr(s, key)) for key in ("name", "signature", "parameters", "doc")})
                   for s in source.symbols]
        return Source(path, [renamed(line) for line in source.lines], [renamed(line) for line in source.imports], symbols)


def reworded(rng: random.Random, sources: list) -> list:
    """The sources of one session, all in the same other words."""
    rewording = Rewording(rng)
    return [rewording.source(s) for s in sources]
