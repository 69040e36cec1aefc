"""Real files under other names: nothing of the old ones is left, what was alike stays alike, and answers can still be read off the window."""
import random
import re
import unittest

from ..pack import RowMaker
from ..sessions.code import Source, Symbol
from ..sessions.quizzed import QuizzedSession
from ..sessions.reworded import KEPT, WORD, Rewording, pieces_of, reworded
from ..sessions.streamed import StreamedSession
from .samples import SOURCES


def words(text: str) -> set:
    return {w.lower() for w in WORD.findall(text) if len(w) > 1} - KEPT


class Reworded(unittest.TestCase):
    def test_no_word_of_a_name_or_path_is_left(self):
        sources = reworded(random.Random(1), SOURCES)
        for old, new in zip(SOURCES, sources):
            self.assertEqual(len(old.lines), len(new.lines))
            self.assertFalse(words(old.path) & words(new.path), new.path)
            self.assertEqual(old.path.rsplit(".")[-1], new.path.rsplit(".")[-1])
            for before, after in zip(old.symbols, new.symbols):
                self.assertFalse(words(before.name) & words(after.name), after.name)
                self.assertIn(after.name, new.lines[after.line])
                self.assertIn(after.name, after.signature)
                if words(before.name):  # not one of kept words alone, such as add
                    self.assertNotRegex("\n".join(new.lines), rf"(?<![\w$]){re.escape(before.name)}(?![\w$])")

    def test_what_is_alike_stays_alike_in_the_case_that_it_had(self):
        rewording = Rewording(random.Random(2))
        having, or_having, path = rewording("havingIn"), rewording("orHavingIn"), rewording("src/having/HavingBuilder.test.ts")
        word = having.removesuffix("In")
        self.assertNotEqual(word, "having")
        self.assertEqual(or_having, f"or{word.capitalize()}In")
        self.assertRegex(path, rf"^src/{word}/{word.capitalize()}[A-Z][a-z]+\.test\.ts$")
        self.assertEqual(rewording("HAVING_X1"), f"{word.upper()}_X1")

    def test_no_word_of_the_language_is_renamed_or_becomes_a_name(self):
        lines = ["class Caught {", "  catch(error) {", "    try { return error } catch (e) { throw e }", "  }", "}"]
        symbols = [Symbol("class", "Caught", 0, 5, 0, lines[0], "", ""), Symbol("method", "catch", 1, 4, 2, "catch(error)", "error", "")]
        source = Rewording(random.Random(4), pieces_of(["omp", "eng"], [1, 1])).source(Source("src/caught.js", lines, [], symbols))
        self.assertEqual(source.lines[1:], lines[1:])
        self.assertNotEqual(source.lines[0], lines[0])
        self.assertEqual(pieces_of(["return", "omp"], [9, 9]).words, ("omp",))

    def test_two_words_never_become_one(self):
        rewording = Rewording(random.Random(3))
        names = [f"{a}{b}" for a in ("alpha", "beta", "gamma", "delta") for b in ("One", "Two", "Three", "Four", "Five")]
        self.assertEqual(len({rewording(name) for name in names}), len(names))

    def test_pieces_of_the_vocabulary_become_words(self):
        pieces = pieces_of(["\u2581eng", "Eng", "ishly", "x", "\u2581", "=>", "get", "a1"], [99, 0, 99, 0, 0, 0, 0, 0])
        self.assertEqual(pieces.words, ("eng", "ishly"))
        self.assertNotEqual(Rewording(random.Random(1), pieces_of(["=>"], [1]))("word"), "word")  # where no piece is a word
        drawn = [Rewording(random.Random(seed), pieces)("word") for seed in range(400)]
        often, seldom = drawn.count("eng"), drawn.count("ishly")
        self.assertGreater(seldom, 0)
        self.assertGreater(often, 3 * seldom)  # ten times as often, since one of its pieces was not there at all

    def test_answers_can_still_be_read_off_the_window(self):
        asked = 0
        for seed in range(20):
            rng = random.Random(seed)
            sources = reworded(rng, SOURCES)
            for session in (QuizzedSession(rng, sources), StreamedSession(rng, sources[:1], sources[1:])):
                for _ in range(60):
                    session.next()
                for i, (kind, body) in enumerate(session.events):
                    found = re.match(r"You find (\S+) in (\S+)\.$", body) if kind == "assistant" else None
                    if found:
                        asked += 1
                        shown = [b for k, b in session.events[:i] if k in ("edit", "file") and b.startswith(found[2]) and found[1] in b]
                        self.assertTrue(shown, body)
        self.assertGreater(asked, 20)

    def test_rows_are_reworded_only_where_it_is_asked_for(self):
        class Characters:
            def encode(self, text):
                return [ord(c) for c in text]

            def get_piece_size(self):
                return 128

            def id_to_piece(self, i):
                return f"\u2581Piece{'abc'[i % 3]}"
        for share in (0.0, 1.0):
            maker = RowMaker(Characters(), {"a": SOURCES}, 4000, share)
            text = "".join(chr(c) for seed in range(5) for c in maker.quizzed_row(random.Random(seed)))
            self.assertEqual(any(s.path in text for s in SOURCES), share == 0)


if __name__ == "__main__":
    unittest.main()
