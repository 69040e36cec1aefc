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

    def test_a_restored_checkpoint_has_its_numbers_in_single_precision(self):
        restored, trained = checkpoint(1.0), checkpoint(3.0)
        restored["config"]["epsilon"], trained["config"]["epsilon"] = 9.999999747378752e-06, 1e-05
        self.assertTrue(torch.equal(average(restored, trained, 0.5)["flat"], torch.full((3,), 2.0)))

    def test_what_is_not_one_model_is_refused(self):
        for other, share in ((checkpoint(1.0, twin="vanilla"), 0.5), (checkpoint(1.0, width=32), 0.5), (checkpoint(1.0), 1.5)):
            with self.assertRaises(ValueError):
                average(checkpoint(1.0), other, share)


if __name__ == "__main__":
    unittest.main()
