"""The mean of two checkpoints of one model."""
import unittest

import torch

from ..average import average


def checkpoint(value, twin="sink", width=64):
    return {"config": {"width": width}, "twin": twin, "flat": torch.full((3,), value), "total": int(value), "optimizer": {"step": int(value)}}


class Average(unittest.TestCase):
    def test_weights_are_mixed_and_the_rest_is_the_later_ones(self):
        mixed = average(checkpoint(1.0), checkpoint(3.0), 0.25)
        self.assertTrue(torch.equal(mixed["flat"], torch.full((3,), 1.5)))
        self.assertEqual((mixed["total"], mixed["optimizer"], mixed["twin"]), (3, {"step": 3}, "sink"))
        self.assertTrue(torch.equal(average(checkpoint(1.0), checkpoint(3.0), 1)["flat"], checkpoint(3.0)["flat"]))

    def test_what_is_not_one_model_is_refused(self):
        for other, share in ((checkpoint(1.0, twin="vanilla"), 0.5), (checkpoint(1.0, width=32), 0.5), (checkpoint(1.0), 1.5)):
            with self.assertRaises(ValueError):
                average(checkpoint(1.0), other, share)


if __name__ == "__main__":
    unittest.main()
