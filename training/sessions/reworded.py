"""Real files under other names: so that what a session says of them can be read off its window alone.

A model knows the names and paths of the packages that it was trained on. On fresh rows of those the loss on replies was a fifth below that on rows of
held-out packages, so a part of what such rows seemed to teach was known by heart. Here every word of a path, and of the names that its file declares, becomes
another one, the same in all files that are drawn together: they stay as alike, as deep and as long as they are, and a class still has the name
of its file. Paths in import lines stay; of very long files only the path is another.

Half of the words are pieces of the vocabulary, preferably those that are rare in code: a token that training hardly ever showed cannot be copied. Of the 3,808 pieces of text
303 stood less than 100 times in the ten million tokens of the rows of `cpu-places` and `cpu-finish`; one of them is `eng` (22 times), and six of 56 wrong answers
of the sink twin were about `src/impl/english.js` after `cpu-finish`.
"""
import itertools
import random
import re
from dataclasses import dataclass

from .code import Source, renamed
from .names import new_word

# Words that say nothing about a package, and what stands in nearly every path or name.
KEPT = frozenset("""
a an as at by do for from has if in is it js jsx mjs cjs mts ts tsx no not of off on or out to up with add all constructor create delete get index lib make
new read remove set src test tests update use write
""".split())
RESERVED = frozenset("""
any async await boolean break case catch class const continue debugger declare default do else enum export extends false finally for function if implements
import in instanceof interface let never null number object package private protected public readonly return static string super switch symbol this throw
true try type typeof undefined unknown var void while yield
""".split())
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
PIECES = 0.5  # of the words, where the pieces are given
LONGEST_RENAMED = 1500  # lines; of longer files only the path is another


@dataclass(frozen=True)
class Pieces:
    """Words to draw from, and the sums of their weights up to each."""
    words: tuple
    cumulative: tuple


class Rewording:
    """Word -> another word, never the same one for two; in the case of what it stands for. pieces: words to draw some from."""

    def __init__(self, rng: random.Random, pieces: Pieces | None = None):
        self.rng, self.pieces, self.words, self.taken = rng, pieces, {}, set()

    def _draw(self) -> str:
        if self.pieces and self.pieces.words and self.rng.random() < PIECES:
            return self.rng.choices(self.pieces.words, cum_weights=self.pieces.cumulative)[0]
        return new_word(self.rng).lower()

    def _other(self, word: str) -> str:
        if word not in self.words:
            other = self._draw()
            while other in self.taken or other in KEPT or other in RESERVED:
                other = self._draw()
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
        names = {s.name: self(s.name) for s in source.symbols if re.fullmatch(r"[\w$]+", s.name) and s.name not in RESERVED}
        return renamed(source, self(source.path), names if len(source.lines) <= LONGEST_RENAMED else {})


def pieces_of(vocabulary: list, counts: list) -> Pieces:
    """The pieces of a tokenizer that can be a word of a name, in small letters. counts: how often each stands in a sample of code; one that stands there
    a hundred times as often is drawn a tenth as often. Where several pieces give the same word, the count of the rarest is used."""
    rarest = {}
    for piece, count in zip(vocabulary, counts, strict=True):
        word = piece.lstrip("\u2581").lower()
        if re.fullmatch(r"[a-z]{2,}", word) and word not in KEPT | RESERVED:
            rarest[word] = min(count, rarest.get(word, count))
    words = tuple(sorted(rarest))
    return Pieces(words, tuple(itertools.accumulate((rarest[word] + 1) ** -0.5 for word in words)))


def reworded(rng: random.Random, sources: list, pieces: Pieces | None = None) -> list:
    """The sources of one session, all in the same other words; pieces: as pieces_of() has them."""
    rewording = Rewording(rng, pieces)
    return [rewording.source(s) for s in sources]
