"""Stage 2: SentencePiece BPE with byte fall-back and the fixed control tokens of docs/stream-format.md.

    python3 -m training.tokenizer [--vocabulary 4096]   # -> WORK/tokenizer/tokenizer.model

The control tokens exist only as ids: encode_text() never produces them from ordinary text.
"""
import argparse
import json
import random
from pathlib import Path

from .paths import work

UNK, EOS, END, SINK, SYSTEM, USER, ASSISTANT, EDIT, FILE, MEMORY, RECALL, FIM_PREFIX, FIM_SUFFIX, FIM_MIDDLE = range(14)
CONTROL_TOKENS = (["<|end|>", "<|sink|>", "<|system|>", "<|user|>", "<|assistant|>", "<|edit|>", "<|file|>", "<|memory|>",
                   "<|recall|>", "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"]
                  + [f"<|reserved_{i}|>" for i in range(18)])  # ids 2 to 31; 0 and 1 are <unk> and <|endoftext|>
FIRST_ORDINARY = 2 + len(CONTROL_TOKENS)
FIRST_TEXT = FIRST_ORDINARY + 256  # of the pieces of text; before it are the bytes
SYSTEM_PROMPT = "You are Endless, a small coding model that lives in the editor."


def options(vocabulary: int) -> dict:
    """The SentencePiece options; the text that goes in is the text that comes out."""
    return dict(model_type="bpe", vocab_size=vocabulary, byte_fallback=True, normalization_rule_name="identity",
                add_dummy_prefix=False, remove_extra_whitespaces=False, allow_whitespace_only_pieces=True, split_digits=True,
                unk_id=UNK, eos_id=EOS, eos_piece="<|endoftext|>", bos_id=-1, pad_id=-1, control_symbols=CONTROL_TOKENS,
                character_coverage=0.9999, max_sentence_length=8000, input_sentence_size=0, num_threads=1,
                minloglevel=1)


def train(texts, out: Path, vocabulary: int) -> None:
    """Train on an iterable of strings and write out + '.model'."""
    import sentencepiece
    sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(texts), model_prefix=str(out.with_suffix("")), **options(vocabulary))


def load(path: Path = None):
    import sentencepiece
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path or work("tokenizer", "tokenizer.model")))
    for i, token in enumerate(["<unk>", "<|endoftext|>"] + CONTROL_TOKENS):
        assert processor.id_to_piece(i) == token, f"id {i} is {processor.id_to_piece(i)}, not {token}"
    return processor


def lines_for_training(seed: int, megabytes: float):
    """Lines of a random choice of training files, without their line break: so no piece spans a line break,
    "\\n" is always the one byte token <0x0A>, and text cut at line starts tokenizes to the same tokens as uncut."""
    with open(work("corpus", "files.jsonl")) as handle:
        files = [row["text"] for row in map(json.loads, handle) if row["split"] == "train"]
    random.Random(seed).shuffle(files)
    left = megabytes * 1e6
    for text in files:
        if left < 0:
            return
        left -= len(text)
        yield from filter(None, text.split("\n"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vocabulary", type=int, default=4096)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=work("tokenizer", "tokenizer.model"))
    args = parser.parse_args()
    train(lines_for_training(args.seed, args.megabytes), args.out, args.vocabulary)
    processor = load(args.out)
    with open(work("corpus", "files.jsonl")) as handle:
        heldout = [row["text"] for row in map(json.loads, handle) if row["split"] == "heldout"]
    count = sum(len(processor.encode(t)) for t in heldout)
    print(f"vocabulary {args.vocabulary}: {sum(len(t.encode()) for t in heldout) / count:.3f} bytes per token on held-out packages")
    # SentencePiece writes a space as U+2581 and cannot tell that character itself from one; llama.cpp reads it alike.
    for text in heldout[:50]:
        assert processor.decode(processor.encode(text)) == text.replace("\u2581", " "), f"round trip of {text[:80]!r}"
