"""Sources for the tests and the miniature: written for this repository, so that no corpus is needed.

Their syntax is in samples.jsonl, which the corpus builder makes (a test of the builder fails if it is not what it makes today):
npm run corpus -- folders --out training/test/samples.jsonl training/test/samples/lib training/test/samples/src
"""
import json
import random
from pathlib import Path

from ..sessions import code
from ..sessions.generator import Session

SAMPLES = Path(__file__).parent / "samples.jsonl"
ROWS = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
CART, QUEUE = (row["text"] for row in ROWS)
SOURCES = [code.from_row(row) for row in ROWS]


def session(seed: int, steps: int = 40) -> Session:
    s = Session(random.Random(seed), SOURCES)
    s.begin()
    for _ in range(steps):
        s.step()
    return s
