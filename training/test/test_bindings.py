"""What a row shows of which file, on rows of bytes."""
import unittest

from .. import tokenizer as T
from ..bindings import bindings

TEXTS = [""] * T.FIRST_ORDINARY + [chr(b) for b in range(256)]


def row(*events) -> list:
    """(control token, text) -> ids, a byte a token."""
    return [i for control, text in events for i in (control, *(T.FIRST_ORDINARY + b for b in text.encode()), T.END)]


def written(ids: list, first: int, end: int) -> str:
    return bytes(i - T.FIRST_ORDINARY for i in ids[first:end]).decode()


class Bindings(unittest.TestCase):
    def setUp(self):
        self.ids = row((T.SYSTEM, "You are Endless."), (T.EDIT, "src/add.ts › function sum\n-a\n+sum(sum$, sum)"), (T.FILE, "src/b.ts\n sum(a)\n sums"),
                       (T.EDIT, "src/b.ts\n+const naïve = 1"), (T.USER, "Where is sum?"), (T.ASSISTANT, "You find sum in src/add.ts."),
                       (T.ASSISTANT, "You find naïve in src/b.ts."), (T.ASSISTANT, "You find other in src/add.ts."), (T.ASSISTANT, "No."))
        self.found = bindings(self.ids, TEXTS)

    def test_events_of_one_file_are_of_one_file(self):
        self.assertEqual([written(self.ids, s.first, s.title) for s in self.found.shown], ["src/add.ts", "src/b.ts", "src/b.ts"])
        self.assertEqual([s.file for s in self.found.shown], [0, 1, 1])
        self.assertEqual(written(self.ids, self.found.shown[0].title, self.found.shown[0].end), " › function sum\n-a\n+sum(sum$, sum)")

    def test_what_tells_files_apart_is_what_not_all_have(self):
        self.assertEqual([sorted(chr(i - T.FIRST_ORDINARY) for i in marks) for marks in self.found.marks], [["a", "d"], ["b"]])

    def test_replies_point_at_the_name_in_events_of_their_file(self):
        first, second = self.found.told  # a name that no event shows is none
        self.assertEqual(written(self.ids, first.before + 1, first.end + 1), "src/add.ts")
        self.assertEqual(first.path(), range(first.before, first.end))
        self.assertEqual(len(first.keys), 3)  # in the title and twice in the body; neither in sum$ nor in the other file
        for key in first.keys:
            self.assertEqual(written(self.ids, key - 2, key + 1), "sum")
        self.assertEqual(written(self.ids, first.name - 2, first.name + 1), "sum")
        self.assertEqual([written(self.ids, k - 5, k + 1) for k in second.keys], ["naïve"])

    def test_a_row_without_two_files_has_none(self):
        self.assertIsNone(bindings(row((T.EDIT, "a.ts\n+x"), (T.ASSISTANT, "You find x in a.ts.")), TEXTS))
        self.assertIsNone(bindings(row((T.EDIT, "a.ts\n+x"), (T.EDIT, "aa.ts\n+x")), TEXTS), "no token of the first that the second lacks")
        self.assertIsNone(bindings(row((T.USER, "Hello.")), TEXTS))

    def test_an_event_that_is_cut_in_its_path_is_left_out(self):
        cut = self.ids + [T.EDIT, *(T.FIRST_ORDINARY + b for b in b"src/c")]
        self.assertEqual(len(bindings(cut, TEXTS).shown), 3)


if __name__ == "__main__":
    unittest.main()
