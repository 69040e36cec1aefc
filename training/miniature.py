"""The pipeline in two minutes, on this repository's own TypeScript: corpus, tokenizer, rows, both twins, GGUF, and
the comparison with llama.cpp. Prints one line a step and exits with 1 at the first that fails.

    python3 -m training.miniature [--keep FOLDER]

The stages run by their documented commands, in a folder of their own; download, means, growth, restoring, plots and the
evaluations of recall do not. Needs node and the project's
node_modules (node-llama-cpp).
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .backend_cpu import load_kernels
from .native import Unsupported
from .paths import REPO

FOLDERS = ("training/test/samples/lib", "training/test/samples/src", "inference", "extension", "webview-ui", "bench")


def write_corpus(work: Path) -> str:
    """The repository's own sources as WORK/corpus/files.jsonl, by the corpus builder. Returns what it says of them."""
    command = ["npm", "run", "--silent", "corpus", "--", "folders", "--out", work / "corpus" / "files.jsonl", *(REPO / f for f in FOLDERS)]
    done = subprocess.run(list(map(str, command)), cwd=REPO, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{done.stdout[-1500:]}\n{done.stderr[-3000:]}")
    return done.stdout.strip()


def log_of(work: Path, run: str) -> list:
    return [json.loads(line) for line in (work / "runs" / run / "log.jsonl").read_text().splitlines()]


def write_counts(passed: int, failed: int) -> None:
    """For who counts tests: to the file that ENDLESS_COUNTS names."""
    if "ENDLESS_COUNTS" in os.environ:
        Path(os.environ["ENDLESS_COUNTS"]).write_text(json.dumps({"passed": passed, "failed": failed, "skipped": 0}))


def back_end() -> str:
    """The fastest that this machine can run."""
    try:
        load_kernels()
        return "cpu"
    except Unsupported:
        return "torch"


def main(work: Path) -> None:
    environment = {**os.environ, "ENDLESS_TRAINING_DIR": str(work), "OMP_NUM_THREADS": "1"}
    began, number = time.time(), 0

    def step(name: str, action) -> None:
        nonlocal number
        number += 1
        start = time.time()
        try:
            detail = action()
        except Exception as error:  # a failed stage says why in its own output
            write_counts(number - 1, 1)
            print(f"{number} {name} ... FAIL\n{error}\n\nFAILED", flush=True)
            sys.exit(1)
        print(f"{number} {name} ... ok ({time.time() - start:.1f} s){f': {detail}' if detail else ''}", flush=True)

    def stage(*arguments) -> str:
        done = subprocess.run([sys.executable, "-m", *map(str, arguments)], cwd=REPO, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(map(str, arguments))}\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}")
        return done.stdout.strip().split("\n")[-1]

    backend = back_end()

    def train_as_a_stream(twin: str) -> str:
        stage("training.train", "--preset", "miniature-stream", "--twin", twin, "--backend", backend if twin == "sink" else "torch",
              "--evaluate-every", 60)
        of = {e["phase"]: e["heldout"]["chained"] for e in log_of(work, f"miniature-stream-{twin}") if "heldout" in e}
        if not of["end of stream"] < of["start"]:
            raise RuntimeError(f"the loss on held-out rows that stream did not fall: {of}")
        return f"held-out loss {of['start']:.3f} -> {of['end of stream']:.3f}"

    def train(twin: str) -> str:
        stage("training.train", "--preset", "miniature", "--twin", twin, "--backend", backend, "--evaluate-every", 60, "--save-every", 20)
        losses = [e["loss"] for e in log_of(work, f"miniature-{twin}") if "loss" in e]
        if not losses[-1] < losses[0] - 0.8:
            raise RuntimeError(f"the loss did not fall: {losses}")
        return f"{backend} back end, loss {losses[0]:.2f} -> {losses[-1]:.2f}"

    def renew(twin: str) -> str:
        run = work / "runs" / f"miniature-{twin}"
        said = stage("training.rare_tokens", "--checkpoint", run / "phase-settle.pt", "--rows", "rows", "--below", 20, "--out", run / "renewed.pt")
        if " 0 tokens" in said:
            raise RuntimeError(f"no token was rare: {said}")
        return said.split(": ")[-1]

    step("corpus", lambda: write_corpus(work))
    step("tokenizer", lambda: stage("training.tokenizer", "--vocabulary", 512))
    step("rows", lambda: stage("training.pack", "--rows", 400, "--heldout-rows", 24, "--context", 256))
    step("rows as a stream", lambda: stage("training.chain", "--rows", "rows", "--out", "rows-stream", "--tokens", 1024))
    for twin in ("vanilla", "sink"):
        run, gguf = work / "runs" / f"miniature-stream-{twin}" / "last.pt", work / f"endless-{twin}.gguf"
        step(f"train {twin}", lambda: train(twin))
        step(f"other embeddings for rare tokens, {twin}", lambda: renew(twin))
        step(f"train {twin} on rows that stream", lambda: train_as_a_stream(twin))
        for kind in ("f16", "q8_0"):
            step(f"export {twin} {kind}", lambda: stage("training.export", "--checkpoint", run, "--out", gguf, "--type", kind))
            step(f"llama.cpp agrees with PyTorch, {twin} {kind}",
                 lambda: stage("training.verify", "--checkpoint", run, "--model", gguf, "--type", kind, "--max-load", 20_000))
        step(f"streaming evaluation {twin}",
             lambda: stage("training.stream_eval", "--checkpoint", run, "--tokens", 1500, "--capacity", 128, "--recompute-every", 50))
    write_counts(number, 0)
    print(f"\nRan {number} steps in {time.time() - began:.0f} s\n\nOK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="work in this new folder and leave it")
    a = parser.parse_args()
    if a.keep:
        a.keep.mkdir(parents=True)
        main(a.keep.resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
