"""Stage 5: checkpoint -> GGUF in the form that docs/stream-format.md asks for.

    python3 -m training.export --checkpoint WORK/runs/cpu-long-sink/last.pt --out models/endless-sink.gguf [--type f16|q8_0]
"""
import argparse
from pathlib import Path

import numpy as np
import torch

from . import gguf_writer as G
from . import model
from . import tokenizer as T
from .model import Config

CHAT_TEMPLATE = ("{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{% endfor %}"
                 "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}")
DESCRIPTION = {
    "sink": "Small code model with a dedicated sink token (BOS), trained in with an auxiliary loss. For the Endless extension.",
    "vanilla": "Small code model without a sink token, twin of Endless Sink. For the Endless extension.",
}


def load_checkpoint(path: Path) -> tuple:
    """(config, named fp32 parameters, the whole checkpoint)."""
    saved = torch.load(path, map_location="cpu")
    config = Config(**saved["config"])
    return config, model.views(saved["flat"].float(), config), saved


def tensors(p: dict, c: Config) -> dict:
    """Parameter names of llama.cpp's `llama` architecture. RoPE is on interleaved pairs: no permutation."""
    out = {"token_embd.weight": p["embedding"], "output_norm.weight": p["norm"]}
    for i in range(c.layers):
        query, key, value = p[f"{i}.qkv"].chunk(3)
        gate, up = p[f"{i}.gate_up"].chunk(2)
        out.update({f"blk.{i}.{name}.weight": t for name, t in {
            "attn_norm": p[f"{i}.attention_norm"], "attn_q": query, "attn_k": key, "attn_v": value, "attn_output": p[f"{i}.attention_out"],
            "ffn_norm": p[f"{i}.feed_forward_norm"], "ffn_gate": gate, "ffn_up": up, "ffn_down": p[f"{i}.down"]}.items()})
    return {name: t.detach().numpy() for name, t in out.items()}


def size_name(c: Config) -> str:
    return f"{model.parameter_count(c) / 1e6:.0f}M"


def token_kind(processor, i: int) -> int:
    """llama.cpp's token types: 1 normal, 2 unknown, 3 control, 6 byte."""
    return 2 if processor.is_unknown(i) else 3 if processor.is_control(i) else 6 if processor.is_byte(i) else 1


def export(c: Config, p: dict, processor, twin: str, out: Path, kind: str = "f16") -> None:
    if c.zero_sink:
        raise ValueError("A model with the zero sink cannot be exported: llama.cpp's llama architecture has no such softmax. "
                         "Measure it with training.stream_eval, or export the vanilla or the sink twin.")
    g = G.GgufWriter()
    g.set("general.architecture", G.STRING, "llama")
    g.set("general.name", G.STRING, f"Endless {twin.capitalize()} {size_name(c)}")
    g.set("general.basename", G.STRING, f"endless-{twin}")
    g.set("general.size_label", G.STRING, size_name(c))
    g.set("general.license", G.STRING, "mit")
    g.set("general.description", G.STRING, DESCRIPTION[twin])
    g.set("general.file_type", G.UINT32, {"f16": 1, "q8_0": 7}[kind])
    g.set("general.alignment", G.UINT32, G.ALIGNMENT)
    for key, value in {"vocab_size": c.vocabulary, "context_length": c.context, "embedding_length": c.width, "block_count": c.layers,
                       "feed_forward_length": c.feed_forward, "rope.dimension_count": c.head_dim, "attention.head_count": c.heads,
                       "attention.head_count_kv": c.heads}.items():
        g.set(f"llama.{key}", G.UINT32, value)
    g.set("llama.rope.freq_base", G.FLOAT32, c.rope_base)
    g.set("llama.attention.layer_norm_rms_epsilon", G.FLOAT32, c.epsilon)
    ids = range(c.vocabulary)
    g.set("tokenizer.ggml.model", G.STRING, "llama")
    g.set("tokenizer.ggml.pre", G.STRING, "default")
    g.set_array("tokenizer.ggml.tokens", G.STRING, [processor.id_to_piece(i) for i in ids])
    g.set_array("tokenizer.ggml.scores", G.FLOAT32, [processor.get_score(i) for i in ids])
    g.set_array("tokenizer.ggml.token_type", G.INT32, [token_kind(processor, i) for i in ids])
    if twin == "sink":
        g.set("tokenizer.ggml.bos_token_id", G.UINT32, T.SINK)
    g.set("tokenizer.ggml.eos_token_id", G.UINT32, T.EOS)
    g.set("tokenizer.ggml.eot_token_id", G.UINT32, T.END)
    g.set("tokenizer.ggml.unknown_token_id", G.UINT32, T.UNK)
    g.set("tokenizer.ggml.fim_pre_token_id", G.UINT32, T.FIM_PREFIX)
    g.set("tokenizer.ggml.fim_suf_token_id", G.UINT32, T.FIM_SUFFIX)
    g.set("tokenizer.ggml.fim_mid_token_id", G.UINT32, T.FIM_MIDDLE)
    g.set("tokenizer.ggml.add_bos_token", G.BOOL, twin == "sink")
    g.set("tokenizer.ggml.add_eos_token", G.BOOL, False)
    g.set("tokenizer.ggml.add_space_prefix", G.BOOL, False)
    g.set("tokenizer.chat_template", G.STRING, CHAT_TEMPLATE)
    g.set("endless.stream_format", G.UINT32, 2)
    g.set("endless.sink", G.STRING, "trained" if twin == "sink" else "initial")
    g.set("endless.system_prompt", G.STRING, T.SYSTEM_PROMPT)
    for name, values in tensors(p, c).items():
        g.add_tensor(name, values, G.F32 if values.ndim == 1 else G.F16 if kind == "f16" else G.Q8_0)
    g.write(out)
    print(f"{out}: {Path(out).stat().st_size / 1e6:.2f} MB, {kind}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--type", choices=("f16", "q8_0"), default="f16")
    parser.add_argument("--tokenizer", type=Path)
    a = parser.parse_args()
    config, parameters, saved = load_checkpoint(a.checkpoint)
    export(config, parameters, T.load(a.tokenizer), saved["twin"], a.out, a.type)
