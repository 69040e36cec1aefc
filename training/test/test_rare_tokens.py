"""Other embeddings for rare tokens: the rare ones alone change, and are then as far apart as common ones are."""
import unittest

import numpy as np
import torch

from .. import model
from .. import tokenizer as T
from ..model import Config
from ..rare_tokens import rare_tokens, renew, renewed

VOCABULARY, WIDTH = 600, 64
RARE = [T.FIRST_TEXT, T.FIRST_TEXT + 7, VOCABULARY - 1]


def example() -> tuple:
    """(embedding, counts): common tokens that differ, rare ones that are nearly one and the same and long."""
    generator = torch.Generator().manual_seed(1)
    embedding = torch.randn(VOCABULARY, WIDTH, generator=generator) * 0.05 + 0.02
    counts = np.full(VOCABULARY, 1000)
    counts[:T.FIRST_TEXT] = 0  # bytes and control tokens
    counts[RARE] = [0, 3, 99]
    embedding[RARE] = 0.3 + 0.001 * torch.randn(len(RARE), WIDTH, generator=generator)
    return embedding, counts


def nearest(embedding: torch.Tensor) -> torch.Tensor:
    """The cosine of each row with the one that is most like it."""
    unit = embedding / embedding.norm(dim=1, keepdim=True)
    return (unit @ unit.t()).fill_diagonal_(-1).max(1).values


class RareTokensTest(unittest.TestCase):
    def test_only_pieces_of_text_are_rare(self):
        self.assertEqual(rare_tokens(example()[1]).tolist(), RARE)

    def test_rare_tokens_are_then_as_unlike_as_common_ones(self):
        embedding, counts = example()
        after = renewed(embedding, counts)
        text = slice(T.FIRST_TEXT, None)
        rare, common = torch.tensor(RARE) - T.FIRST_TEXT, torch.from_numpy(counts[text] == 1000)
        self.assertGreater(float(nearest(embedding[text])[rare].min()), 0.99)
        self.assertLess(float(nearest(after[text])[rare].max()), 0.8)
        lengths = after[text].norm(dim=1)
        self.assertLess(float((lengths[rare].mean() / lengths[common].mean() - 1).abs()), 0.25)

    def test_nothing_else_changes_and_the_same_comes_out_again(self):
        embedding, counts = example()
        after = renewed(embedding, counts)
        others = torch.ones(VOCABULARY, dtype=torch.bool)
        others[RARE] = False
        self.assertTrue(torch.equal(after[others], embedding[others]))
        self.assertTrue(torch.equal(after, renewed(embedding, counts)))

    def test_too_few_common_tokens_are_an_error(self):
        embedding, counts = example()
        with self.assertRaisesRegex(ValueError, "Only 0 tokens stand"):
            renewed(embedding, counts // 10)

    def test_a_checkpoint_keeps_all_but_the_state_of_these_embeddings(self):
        config = Config(vocabulary=VOCABULARY, width=WIDTH, layers=1, heads=2, feed_forward=64, context=32)
        flat = torch.randn(model.parameter_count(config), generator=torch.Generator().manual_seed(2)) * 0.05
        saved = {"config": config.asdict(), "flat": flat, "total": 7,
                 "optimizer": {"kind": "muon", "step": 9, "mean": torch.ones_like(flat), "square": torch.ones_like(flat)}}
        after = renew(saved, example()[1])
        changed = after["flat"] != flat
        reset = after["optimizer"]["mean"] == 0
        self.assertTrue(torch.equal(changed, reset))
        self.assertEqual(int(changed.sum()), len(RARE) * WIDTH)
        self.assertTrue(torch.equal(after["optimizer"]["square"] == 0, reset))
        self.assertEqual((after["total"], after["optimizer"]["step"]), (7, 9))
        self.assertFalse(bool((saved["optimizer"]["mean"] == 0).any()), "the checkpoint that was given stays as it was")


if __name__ == "__main__":
    unittest.main()
