"""The plot of a run: every kind of held-out rows that the log has, each with a colour of its own."""
import unittest
import xml.etree.ElementTree as ElementTree

from ..plot import COLOURS, draw
from ..train import HELDOUT_KINDS


def log(kinds: list) -> list:
    mass = [[0.1 * head for head in range(2)] for _ in range(3)]
    steps = [{"phase": "main", "step": step, "total": step, "loss": 2.0} for step in (25, 50)]
    return [{"phase": "main", "total": e["total"], "heldout": {kind: 2.0 for kind in kinds}, "sink_mass": mass} for e in steps] + steps


class Plot(unittest.TestCase):
    def test_all_kinds_have_colours_of_their_own(self):
        self.assertGreaterEqual(len(set(COLOURS)), len(HELDOUT_KINDS))

    def test_the_legend_names_the_kinds_of_the_log_and_no_others(self):
        for kinds in (list(HELDOUT_KINDS), ["code", "fim"]):
            picture = ElementTree.fromstring(draw(log(kinds), log(kinds)))
            words = {element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")}
            self.assertEqual({kind for kind in HELDOUT_KINDS if kind in words}, set(kinds))


if __name__ == "__main__":
    unittest.main()
