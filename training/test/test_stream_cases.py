"""Sessions for the benchmark `answers`: what answers stands before its question, far ones lie far back, the same seed makes the same."""
import random
import unittest

from ..evaluate import FAR_BACK
from ..pack import RowMaker
from ..sessions import wording as W
from ..sessions.questions import last_word
from ..stream_cases import make_rows, make_session
from .samples import SOURCES


EDIT_KINDS = ("last_change", "last_file", "change_before", "function_in_file", "added_line", "removed_line", "value", "old_value")


class Words:
    """A tokenizer that has a token for each word."""

    def encode(self, text: str) -> list:
        return [len(word) for word in text.split()]


MAKER = RowMaker(Words(), {package: SOURCES for package in "abcde"}, 1025)


class StreamCases(unittest.TestCase):
    def test_the_holder_of_an_answer_stands_before_the_question_and_tells_it(self):
        questions = 0
        for row in make_rows(MAKER, 20, "test"):
            for i, event in enumerate(row["events"]):
                if "holder" not in event:
                    self.assertEqual(event.get("asks", "talk"), "talk")
                    continue
                questions += 1
                self.assertIn(event["asks"], W.ASK)
                self.assertLess(event["holder"], i)
                told, subject = row["events"][event["holder"]], event.get("subject", "")
                self.assertIn(subject, event["text"])
                self.assertIn(subject, told["text"])
                self.assertIn(last_word(event["answer"].replace("`", "")).rstrip(";"), told["text"])
                if event["asks"] in EDIT_KINDS:
                    self.assertEqual(told["kind"], "edit")
                if event["asks"] == "functions":
                    self.assertEqual(told["kind"], "outline")
        self.assertGreater(questions, 40)

    def test_what_comes_from_commands_is_left_out(self):
        kinds = {e["kind"] for row in make_rows(MAKER, 20, "test") for e in row["events"]}
        self.assertEqual(kinds, {"edit", "outline", "question"})

    def test_far_answers_lie_far_back(self):
        far = 0
        for seed in range(6):
            session = make_session(MAKER, random.Random(seed), SOURCES, far=True)
            for at, (_, held_by, _) in session.questions_at.items():
                words = sum(len(body.split()) + 2 for _, body in session.events[held_by:at])
                self.assertGreaterEqual(words, FAR_BACK)
                far += 1
        self.assertGreater(far, 5)

    def test_a_package_comes_again_only_after_three_others(self):
        packages = [row["package"] for row in make_rows(MAKER, 20, "test")]
        for i in range(len(packages) - 3):
            self.assertEqual(len(set(packages[i:i + 4])), 4)

    def test_deterministic_by_seed(self):
        self.assertEqual(make_rows(MAKER, 4, "test"), make_rows(MAKER, 4, "test"))
        self.assertNotEqual(make_rows(MAKER, 4, "test"), make_rows(MAKER, 4, "other"))


if __name__ == "__main__":
    unittest.main()
