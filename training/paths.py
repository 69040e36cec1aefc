"""Where the stages keep their work data (corpus, tokens, checkpoints).

The folder is outside the repository. Set ENDLESS_TRAINING_DIR to move it.
"""
import os
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
WORK = Path(os.environ.get("ENDLESS_TRAINING_DIR", "/var/tmp/endless-training"))


def work(*parts: str) -> Path:
    """A path in the work folder; its parent folder is made."""
    path = WORK.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
