"""The mean of two checkpoints of one model: what the later one learned, with less of what it forgot (arXiv 2109.01903).

    python3 -m training.average --earlier WORK/runs/outlines-sink/restored.pt --later WORK/runs/cpu-stream-sink/phase-stream.pt \\
        --share 0.5 --rows rows-stream --out WORK/runs/cpu-stream-sink/averaged.pt

--share is that of the later one. With --rows the losses of the mean on the held-out rows of that folder are added to the log beside it. It works where the later run went on from the earlier checkpoint. What training would go on with, the state
of the optimizer among it, is that of the later one.
"""
import argparse
import json
import struct
from pathlib import Path

import torch

from .backend_torch import TorchBackend
from .model import Config
from .train import measure


def single_precision(value):
    """A number, or the numbers of a config, as a GGUF can hold them: a restored checkpoint has them from there."""
    if isinstance(value, dict):
        return {key: single_precision(of) for key, of in value.items()}
    return struct.unpack("<f", struct.pack("<f", value))[0] if isinstance(value, float) else value


def average(earlier: dict, later: dict, share: float) -> dict:
    """Checkpoints as training.train saves them; share of the later one, 0 to 1."""
    for key in ("config", "twin"):
        if single_precision(earlier[key]) != single_precision(later[key]):
            raise ValueError(f"These are not checkpoints of one model: {key} is {earlier[key]} in one and {later[key]} in the other.")
    if not 0 <= share <= 1:
        raise ValueError(f"--share is {share}; it must be from 0 to 1.")
    return {**later, "flat": torch.lerp(earlier["flat"].float(), later["flat"].float(), share), "share": share}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--earlier", type=Path, required=True)
    parser.add_argument("--later", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--rows", help="the folder in WORK of the held-out rows")
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    loaded = [torch.load(path, map_location="cpu") for path in (a.earlier, a.later)]
    for saved in loaded:
        saved["config"] = {"zero_sink": False, **saved["config"]}  # checkpoints from before the zero sink
    mean = average(*loaded, a.share)
    torch.save(mean, a.out)
    if a.rows:
        torch.set_num_threads(1)
        measured = measure(TorchBackend(Config(**mean["config"]), mean["flat"]), mean["twin"], a.rows)
        line = json.dumps({"phase": f"mean, {a.share} of it the run's", "total": mean["total"], **measured})
        with open(a.out.with_name("log.jsonl"), "a") as log:
            log.write(line + "\n")
        print(line)
    print(a.out)
