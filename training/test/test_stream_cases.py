"""Sessions for the benchmark `answers`: every fact stands before its question, far ones lie far back, the same seed makes the same."""
import random
import unittest

from ..evaluate import FAR_BACK
from ..pack import RowMaker
from ..sessions import wording as W
from ..stream_cases import distance, make_rows, make_session
from .samples import SOURCES


class Words:
    """A tokenizer that has a token for each word."""

    def encode(self, text: str) -> list:
        return [len(word) for word in text.split()]


MAKER = RowMaker(Words(), {package: SOURCES for package in "abcde"}, 1025)


class StreamCases(unittest.TestCase):
    def test_a_fact_stands_before_its_question_and_a_subject_in_it(self):
        rows = make_rows(MAKER, 20, "test")
        questions = 0
        for row in rows:
            for i, event in enumerate(row["events"]):
                if "fact" not in event:
                    continue
                questions += 1
                self.assertIn(event["asks"], W.ASK)
                self.assertIn(event["fact"], event["answer"])
                subject = event.get("subject", "")
                self.assertIn(subject, event["text"])
                shown = [body for e in row["events"][:i] for body in (e["text"], e.get("answer", ""))]
                self.assertTrue(any(event["fact"] in body and subject in body for body in shown), event)
        self.assertGreater(questions, 40)

    def test_what_comes_from_commands_is_left_out(self):
        kinds = {e["kind"] for row in make_rows(MAKER, 20, "test") for e in row["events"]}
        self.assertEqual(kinds, {"edit", "outline", "question"})

    def test_far_answers_lie_far_back(self):
        far = 0
        for seed in range(6):
            session = make_session(MAKER, random.Random(seed), SOURCES, far=True)
            for at, (_, fact, subject) in session.questions_at.items():
                self.assertGreaterEqual(distance(MAKER, session.events[:at], fact, subject), FAR_BACK)
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
