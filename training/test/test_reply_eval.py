"""Which replies are right, and by what they say."""
import unittest
from unittest import mock

import numpy as np
import torch

from .. import model, reply_eval
from .. import tokenizer as T
from ..backend_torch import TorchBackend
from ..reply_eval import Count, count_replies, kind_of, predictions, replies_of, table, total
from ..train import sample

CONFIG = model.Config(vocabulary=64, width=32, layers=2, heads=2, feed_forward=64, context=32)
SYSTEM = [T.SYSTEM, 40, T.END]


def exchange(question: int, reply: int) -> list:
    return [T.USER, question, T.END, T.ASSISTANT, reply, T.END]


class Replies(unittest.TestCase):
    def test_a_reply_is_what_stands_between_its_token_and_the_end(self):
        ids = [*SYSTEM, *exchange(41, 42), T.USER, 43, T.END, T.ASSISTANT, 44]
        self.assertEqual([ids[first + 1:end] for first, end in replies_of(ids)], [[42]])

    def test_a_kind_is_told_by_the_opening(self):
        for reply, kind in (("You find a in src/a.ts.", "where"), ("Before, a was 1.", "old_value"), ("Before that, you changed a in b.", "change_before"),
                            ("You renamed a to b.", "last_change"), ("Thanks.", "other")):
            self.assertEqual(kind_of(reply), kind)

    def test_the_losses_are_those_of_the_training(self):
        torch.manual_seed(0)
        flat = model.initial_parameters(CONFIG, 1)
        row = np.array([[*SYSTEM, *exchange(41, 42) * 16]], dtype=np.uint16)[:, :97]
        for twin in ("vanilla", "sink"):
            ids, targets, _ = sample(row, twin)
            _, losses = predictions(model.views(flat, CONFIG), CONFIG, ids, targets)
            first = int(twin == "sink")  # whose first position has no target
            expected = TorchBackend(CONFIG, flat, "cpu").losses(ids, targets)[0]
            self.assertTrue(torch.allclose(losses[first:], expected[first:], atol=1e-5))

    def test_only_the_likeliest_token_is_a_hit(self):
        torch.manual_seed(0)
        p, ids = model.views(model.initial_parameters(CONFIG, 1), CONFIG), torch.tensor([[*SYSTEM, *exchange(41, 42) * 10]])[:, :48]
        hits, losses = map(torch.stack, zip(*(predictions(p, CONFIG, ids, torch.full_like(ids, token)) for token in range(CONFIG.vocabulary))))
        self.assertTrue((hits.sum(0) == 1).all())
        self.assertTrue(torch.equal(hits.int().argmax(0), losses.argmin(0)))

    def test_one_wrong_token_makes_a_reply_wrong(self):
        row = np.array([[*SYSTEM, *exchange(41, 42) * 16]], dtype=np.uint16)[:, :97]
        ids, _, _ = sample(row, "vanilla")
        hit = torch.ones(ids.shape[1], dtype=torch.bool)
        wrong = replies_of(ids[0].tolist())[-1]
        hit[wrong[1] - 1] = False  # its end does not come
        hit[0] = False             # not in a reply
        with mock.patch.object(reply_eval, "predictions", lambda *_: (hit, torch.full((ids.shape[1],), 0.5))):
            counts = count_replies({}, CONFIG, "vanilla", row, lambda listed: {42: "You find it."}[listed[0]])
        self.assertEqual(counts, {"where": Count(right=14, replies=15, nats=15.0, right_full=9, replies_full=10)})
        self.assertEqual(total({**counts, "other": Count(1, 2, 1.0, 0, 1)}), Count(15, 17, 16.0, 9, 11))
        self.assertIn("| where | 93.3 % of 15 | 90.0 % of 10 | 1.000 | 100 % |", table(counts))


if __name__ == "__main__":
    unittest.main()
