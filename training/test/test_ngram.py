"""The 5-gram model with copy that completions are compared with, and the similarity they are compared by."""
import unittest

import numpy as np

from ..evaluate import similarity
from ..ngram import Ngram


class FiveGram(unittest.TestCase):
    def test_the_most_frequent_successor_of_the_longest_known_context(self):
        model = Ngram(np.array([1, 2, 3, 4, 5, 1, 2, 3, 4, 6, 1, 2, 3, 4, 6, 9, 3, 4, 7, 3, 4, 7, 3, 4, 7]))
        self.assertEqual(model.next([1, 2, 3, 4]), 6)
        self.assertEqual(model.next([8, 8, 3, 4]), 7)
        self.assertEqual(model.next([8, 8, 8, 100]), -1)

    def test_copies_what_followed_the_same_words_in_the_prompt(self):
        model = Ngram(np.array([1, 2, 3, 4, 5, 6, 7, 8] * 3))
        self.assertEqual(model.copy([10, 11, 12, 13, 14, 10, 11, 12]), (13, 3))
        self.assertEqual(model.copy([11, 12, 13, 14, 11, 12]), (-1, 0))
        self.assertEqual(model.line([50, 51, 52, 53, 54, 99], [50, 51, 52], newline=99), [53, 54])

    def test_similarity(self):
        self.assertEqual(similarity("abc", "abc"), 1)
        self.assertEqual(similarity("", ""), 1)
        self.assertAlmostEqual(similarity("abcd", "abxd"), 0.75)
        self.assertEqual(similarity("ab", ""), 0)


if __name__ == "__main__":
    unittest.main()
