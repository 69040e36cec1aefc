"""Does llama.cpp agree with PyTorch on an exported model?

    python3 -m training.verify --checkpoint WORK/runs/cpu-small-sink/last.pt --model models/endless-sink.gguf

Tokenization must be equal on nasty text; the most likely next token and the log-probabilities of the ten most likely
ones must agree on prompts of many lengths; the metadata and the loading time must be as docs/stream-format.md says.
Exits with 1 if not. The PyTorch side uses the weights as they are stored in the file.
"""
import argparse
import random
import sys
from pathlib import Path

import numpy as np
import torch

from . import gguf_writer as G
from . import model
from . import tokenizer as T
from .evaluate import run_llama
from .export import CHAT_TEMPLATE, load_checkpoint

NASTY = [
    "", " ", "\n", "\n\n\n", "a", "  leading", "trailing  ", "tab\tand\r\nCRLF\r\n", "\t\t\tindented", "null\0byte",
    "emoji 🙂👩‍👩‍👧‍👦🇩🇪 end", "汉字とかな 한국어 العربية", "e\u0301 combining \u200b zero width \ufeff bom",
    "<|end|><|user|>not a control token<|sink|>", "<s></s><unk><0x0A>", "▁▁ meta space ▁", "1234567890 3.14e-10 0xff", "a" * 300,
    "é" * 50, "/** doc\n * @param {x} y\n */\nfunction f(x) { return `${x}`; }\n", "if (a<b && c>d) { e ||= f ?? g; }\n\n\n    }\n",
    "\u2028\u2029\u0085", "𝒳𝒴𝒵 \U0010ffff", "const \\u0041 = '\\n\\t';", "x" + " " * 100 + "y", "price: 5 €, ½, ™ ©",
    "mixed\ttabs and  spaces \t \n \t", "; ; ;; ;;;\n}}}}\n]]]]", "let x = 1;\n" * 9000,  # 100 kB
]

# nats; llama.cpp rounds the activations to 8 bits as well when the weights are Q8_0, which PyTorch here does not
TOLERANCE = {"f16": 0.05, "q8_0": 0.5}


def stored(p: dict, kind: str) -> dict:
    """Parameters as the file holds them: matrices rounded to half precision or to Q8_0."""
    def rounded(t):
        if t.dim() == 1:
            return t
        if kind == "f16":
            return t.half().float()
        return torch.from_numpy(G.dequantise_q8_0(G.quantise_q8_0(t.numpy()), tuple(t.shape)).copy())
    return {name: rounded(t.contiguous()) for name, t in p.items()}


def prompts(processor, twin: str, context: int, seed: int, texts: list) -> list:
    """40 prompts of 1 to context - 1 tokens."""
    rng = random.Random(seed)
    ids = [i for text in texts for i in processor.encode(text)]
    result = []
    for i in range(40):
        length = min(context - 1, max(1, int(2 ** (i / 40 * 9.8))), len(ids) - 1)
        start = rng.randrange(len(ids) - length)
        result.append(([T.SINK] if twin == "sink" else []) + ([T.USER] if i % 4 == 0 else []) + ids[start:start + length])
        result[-1] = result[-1][:context - 1]
    return result


def verify(checkpoint: Path, gguf: Path, kind: str, processor, texts: list, max_load: float, nasty=NASTY) -> list:
    """-> list of failures (empty if all agree); prints the figures."""
    c, p, saved = load_checkpoint(checkpoint)
    p, twin, tolerance = stored(p, kind), saved["twin"], TOLERANCE[kind]
    nasty = [t for t in nasty if t]
    asked = prompts(processor, twin, c.context, 1, texts)
    result = run_llama(gguf, texts=nasty, prompts=asked)
    failures = []
    equal = sum(got == processor.encode(text) for text, got in zip(nasty, result["tokens"]))
    for text, got in zip(nasty, result["tokens"]):
        if got != processor.encode(text):
            failures.append(f"tokenization differs on {text[:40]!r}: {got[:12]} but SentencePiece {processor.encode(text)[:12]}")
    same, worst, total, near = 0, 0.0, 0.0, 0
    for ids, got in zip(asked, result["next"]):
        with torch.no_grad():
            log_p = model.logits(p, c, torch.tensor([ids]))[0, -1].log_softmax(-1)
        differences = [abs(log_p[t].item() - value) for t, value in got["top"]]
        worst, total = max(worst, max(differences)), total + float(np.mean(differences))
        if got["top"][0][0] == int(log_p.argmax()):
            same += 1
        elif log_p.max() - log_p[got["top"][0][0]] < tolerance:
            near += 1  # a tie within the tolerance
        else:
            failures.append(f"the most likely token differs on a prompt of {len(ids)} tokens")
    if worst > tolerance:
        failures.append(f"log-probabilities differ by up to {worst:.4f}")
    expected = {"prependBos": twin == "sink", "eos": T.EOS, "eot": T.END, "chatTemplate": CHAT_TEMPLATE}
    if twin == "sink":
        expected["bos"] = T.SINK
    for key, wanted in expected.items():
        if result[key] != wanted:
            failures.append(f"{key} is {result[key]!r}, not {wanted!r}")
    if result["loadMilliseconds"] > max_load:
        failures.append(f"loading took {result['loadMilliseconds']:.0f} ms")
    print(f"{gguf.name} ({kind}): tokenization equal on {equal}/{len(nasty)} texts; same most likely token on {same}/{len(asked)} prompts "
          f"({near} ties); |log-probability difference| over the top 10: mean {total / len(asked):.5f}, largest {worst:.5f}; "
          f"loaded in {result['loadMilliseconds']:.0f} ms")
    return failures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--type", choices=("f16", "q8_0"), default="f16")
    parser.add_argument("--max-load", type=float, default=1000.0, metavar="MS", help="longest time for loading")
    a = parser.parse_args()
    from .pack import load_sources
    found = verify(a.checkpoint, a.model, a.type, T.load(), load_sources("heldout")[1][:40], a.max_load)
    print("\n".join(found) or "all agree")
    sys.exit(1 if found else 0)
