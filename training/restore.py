"""Released GGUF -> the tokenizer and a checkpoint that training goes on from, where the work folder of its run is gone.

    python3 -m training.restore --model models/endless-sink.gguf --run released-sink

writes WORK/runs/RUN/restored.pt and, if there is none yet, WORK/tokenizer/tokenizer.model. The weights are those of the file,
in half precision; the state of the optimizer is not in it and starts at zero.
"""
import argparse
import struct
from pathlib import Path

import numpy as np
import torch

from . import model
from . import tokenizer as T
from .gguf_reader import read_gguf
from .model import Config
from .paths import work


def config_of(metadata: dict) -> Config:
    of = lambda key: metadata[f"llama.{key}"]
    return Config(vocabulary=of("vocab_size"), width=of("embedding_length"), layers=of("block_count"), heads=of("attention.head_count"),
                  feed_forward=of("feed_forward_length"), context=of("context_length"), rope_base=of("rope.freq_base"),
                  epsilon=of("attention.layer_norm_rms_epsilon"))


def parameters_of(tensors: dict, c: Config) -> torch.Tensor:
    """The flat vector of training.model; the inverse of training.export.tensors."""
    flat = torch.zeros(model.parameter_count(c))
    p = model.views(flat, c)
    take = lambda *names: torch.from_numpy(np.concatenate([tensors[name] for name in names]))
    p["embedding"].copy_(take("token_embd.weight"))
    p["norm"].copy_(take("output_norm.weight"))
    for i in range(c.layers):
        of = lambda *names: take(*(f"blk.{i}.{name}.weight" for name in names))
        for name, values in {"attention_norm": of("attn_norm"), "qkv": of("attn_q", "attn_k", "attn_v"), "attention_out": of("attn_output"),
                             "feed_forward_norm": of("ffn_norm"), "gate_up": of("ffn_gate", "ffn_up"), "down": of("ffn_down")}.items():
            p[f"{i}.{name}"].copy_(values)
    return flat


def field(number: int, value) -> bytes:
    """One field of a protocol buffer: bytes, a float or a whole number."""
    if isinstance(value, bytes):
        return varint(number << 3 | 2) + varint(len(value)) + value
    if isinstance(value, float):
        return varint(number << 3 | 5) + struct.pack("<f", value)
    return varint(number << 3) + varint(value)


def varint(value: int) -> bytes:
    value &= 2 ** 64 - 1  # -1 is written as ten bytes
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def tokenizer_of(metadata: dict) -> bytes:
    """The SentencePiece model (sentencepiece_model.proto) with the pieces of the file and the options of training.tokenizer."""
    pieces = zip(*(metadata[f"tokenizer.ggml.{key}"] for key in ("tokens", "scores", "token_type")))
    # GGUF and SentencePiece number the types of tokens alike: 1 normal, 2 unknown, 3 control, 6 byte
    body = b"".join(field(1, field(1, text.encode()) + field(2, float(score)) + field(3, kind)) for text, score, kind in pieces)
    trainer = {3: 2, 4: len(metadata["tokenizer.ggml.tokens"]), 24: 0, 25: 1, 26: 1, 35: 1, 40: T.UNK, 41: -1, 42: T.EOS, 43: -1,
               46: b"<|endoftext|>"}  # model_type BPE, vocab_size, …, split_digits, allow_whitespace_only_pieces, byte_fallback, ids
    normalizer = {1: b"identity", 3: 0, 4: 0, 5: 1}  # no dummy prefix, spaces kept, spaces escaped
    return body + field(2, message(trainer)) + field(3, message(normalizer))


def message(fields: dict) -> bytes:
    return b"".join(field(number, value) for number, value in fields.items())


def restore(gguf: Path, run: str) -> Path:
    metadata, tensors = read_gguf(str(gguf))
    path = work("tokenizer", "tokenizer.model")
    if not path.exists():
        path.write_bytes(tokenizer_of(metadata))
    processor = T.load()
    if [processor.id_to_piece(i) for i in range(processor.get_piece_size())] != metadata["tokenizer.ggml.tokens"]:
        raise ValueError(f"{path} is not the tokenizer of {gguf}. Move it away, and run this again.")
    config = config_of(metadata)
    flat = parameters_of(tensors, config)
    zeros = torch.zeros_like(flat)
    out = work("runs", run, "restored.pt")
    twin = "sink" if metadata["endless.sink"] == "trained" else "vanilla"
    torch.save({"config": config.asdict(), "flat": flat, "twin": twin, "total": 0,
                "optimizer": {"kind": "muon", "step": 0, "mean": zeros, "square": zeros.clone()}}, out)
    return out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--run", required=True)
    a = parser.parse_args()
    print(restore(a.model, a.run))
