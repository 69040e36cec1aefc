"""Chained rows: whole pieces, one system prompt, and what cannot be seen stays unseen."""
import unittest

from .. import tokenizer as T
import numpy as np

from ..chain import bare_rows, chain, may_follow, piece_of, subject_of, unseen

SYSTEM = [T.SYSTEM, 40, T.END]
WORDS = {40: "prompt", 41: "limit", 42: "I cannot see limit in my window.", 43: "I cannot see an edit in my window.", 44: "other", 45: "why?",
         46: "I cannot see a chosen name in my window."}


def decode(ids):
    return " ".join(WORDS[i] for i in ids if i in WORDS)


def asked(answer):
    return [T.USER, 45, T.END, T.ASSISTANT, answer, T.END]


class Chain(unittest.TestCase):
    def test_a_piece_has_whole_events_alone(self):
        edit = [T.EDIT, 41, T.END]
        self.assertEqual(piece_of(SYSTEM + edit + [T.FILE, 44], SYSTEM), edit)
        self.assertEqual(piece_of(SYSTEM + edit + [T.USER, 45, T.END], SYSTEM), edit)
        self.assertEqual(piece_of(SYSTEM + edit + [T.USER, 45, T.END, T.ASSISTANT, 44], SYSTEM), edit)
        self.assertEqual(piece_of(SYSTEM + edit + asked(44) + [T.FILE, 44], SYSTEM), edit + asked(44))
        self.assertEqual(piece_of([44, 44, T.EOS, 44], SYSTEM), [44, 44, T.EOS, 44])
        self.assertEqual(piece_of(SYSTEM + [T.EDIT, 44, 44], SYSTEM), [])
        completion = [T.FILE, 44, T.FIM_PREFIX, T.FIM_SUFFIX, T.FIM_MIDDLE, 44, T.EOS]
        self.assertEqual(piece_of(completion + [T.FILE, 44, T.FIM_PREFIX], SYSTEM), completion)

    def test_what_answers_say_they_cannot_see(self):
        text = "I cannot see an old value of limit in my window. Yes. I cannot see the API version in my window."
        self.assertEqual([subject_of(what) for what in unseen(text)], ["limit", "API version"])

    def test_what_is_said_not_to_be_there_is_not_before_it(self):
        self.assertFalse(may_follow([T.EDIT, 41, T.END], "limit", ["an old value of limit"]))
        self.assertTrue(may_follow([T.EDIT, 44, T.END], "other", ["limit"]))
        self.assertFalse(may_follow([T.EDIT, 44, T.END], "other", ["an edit"]))
        self.assertTrue(may_follow([T.FILE, 44, T.END], "other", ["an edit"]))
        self.assertFalse(may_follow(asked(44), "why? other", ["a chosen name"]))

    def test_rows_are_of_one_length_and_begin_with_the_prompt_once(self):
        rows = [SYSTEM + [T.EDIT, 44, 44, 44, T.END] * 2 for _ in range(9)]
        chained = chain(rows, SYSTEM, 30, 20, decode)
        self.assertEqual([len(row) for row in chained], [31, 31, 31])
        for row in chained:
            self.assertEqual(row[:3], SYSTEM)
            self.assertEqual(row.count(T.SYSTEM), 1)

    def test_a_piece_waits_until_what_it_does_not_see_is_gone(self):
        shows, denies, other = [T.EDIT, 41, T.END], [T.FILE, 44, T.END] + asked(42), [T.FILE, 44, T.END] * 3
        rows = [SYSTEM + piece for piece in (shows, denies, other, other, denies, other, other)]
        row = chain(rows, SYSTEM, 45, 9, decode)[0]
        self.assertEqual(row[:3 + 3 + 9], SYSTEM + shows + other)
        self.assertEqual(row[15:24], denies)
        for i, token in enumerate(row):
            if token == 42:
                self.assertNotIn(41, row[max(0, i - 9 - 5):i])

    def test_no_answer_about_edits_that_are_not_there_follows_an_edit(self):
        edits, denies = [T.EDIT, 44, T.END] * 3, [T.FILE, 44, T.END] + asked(43)
        rows = [SYSTEM + piece for piece in (edits, denies, edits, edits)]
        chained = chain(rows, SYSTEM, 20, 20, decode)
        self.assertEqual([43 in row for row in chained], [False, True])  # first in a row of its own
        self.assertNotIn(T.EDIT, chained[1][:chained[1].index(43)])

    def test_rows_without_a_prompt_are_chained_without_one(self):
        code, session = [44] * 12, SYSTEM + [T.EDIT, 44, 44, T.END] * 3
        rows = [code, session] * 40
        bare, others = bare_rows(rows, SYSTEM, 1.0, np.random.default_rng(0))
        self.assertEqual((bare, others), ([code] * 40, [session] * 40))
        half, rest = bare_rows(rows, SYSTEM, 0.5, np.random.default_rng(0))
        self.assertTrue(10 < len(half) < 30)
        self.assertEqual(len(half) + len(rest), 80)
        for row in chain(bare, [], 30, 20, decode):
            self.assertEqual(row, [44] * 31)


if __name__ == "__main__":
    unittest.main()
