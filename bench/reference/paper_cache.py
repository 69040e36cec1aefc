"""The paper's cache (arXiv 2309.17453, section 3.2) for a Llama model in a GGUF file, in plain PyTorch, one token at a time.

Keys are kept as they were before the rotary embedding; at every token all of them are rotated to their place in the
cache. Nothing is rotated twice, so no rounding adds up: what the engine's shifted cache is held against.

stdin: {"model": path, "tokens": [...], "sinks": n, "capacity": n, "block": n}
stdout: {"scores": [log-probability of tokens[i + 1] after tokens[i], ...]}
"""
import json
import sys

import torch

from training.gguf_reader import read_gguf


class Model:
    def __init__(self, path: str):
        metadata, tensors = read_gguf(path)
        of = lambda key, otherwise=None: metadata.get(f"llama.{key}", otherwise)
        self.layers, self.width = of("block_count"), of("embedding_length")
        self.heads = of("attention.head_count")
        self.kv_heads = of("attention.head_count_kv", self.heads)
        self.head = self.width // self.heads
        self.epsilon = of("attention.layer_norm_rms_epsilon")
        self.base = of("rope.freq_base", 10000.0)
        self.weights = {name: torch.from_numpy(values.copy()) for name, values in tensors.items()}
        self.output = self.weights.get("output.weight", self.weights["token_embd.weight"])

    def __getitem__(self, name: str):
        return self.weights[f"{name}.weight"]

    def norm(self, x, name: str):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self[name]

    def angles(self, places: int):
        frequency = self.base ** (-torch.arange(0, self.head, 2, dtype=torch.float64) / self.head)
        angle = torch.arange(places, dtype=torch.float64)[:, None] * frequency
        return angle.cos().float()[:, None], angle.sin().float()[:, None]   # [place, 1, head / 2]


def rotate(x, cos, sin):
    """x [place, heads, head]: pairs of neighbours, as llama.cpp rotates Llama models."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack([even * cos - odd * sin, even * sin + odd * cos], -1).flatten(-2)


@torch.no_grad()
def score(model: Model, tokens: list, sinks: int, capacity: int, block: int) -> list:
    cos, sin = model.angles(capacity)
    keys = [torch.zeros(capacity, model.kv_heads, model.head) for _ in range(model.layers)]     # not rotated
    values = [torch.zeros(capacity, model.kv_heads, model.head) for _ in range(model.layers)]
    used, scores = 0, []
    for token, following in zip(tokens, tokens[1:]):
        if used == capacity:
            for cache in (*keys, *values):
                cache[sinks:used - block] = cache[sinks + block:used].clone()
            used -= block
        here = used
        used += 1
        x = model["token_embd"][token]
        for layer in range(model.layers):
            at = f"blk.{layer}"
            h = model.norm(x, f"{at}.attn_norm")
            query = (model[f"{at}.attn_q"] @ h).view(1, model.heads, model.head)
            keys[layer][here] = (model[f"{at}.attn_k"] @ h).view(model.kv_heads, model.head)
            values[layer][here] = (model[f"{at}.attn_v"] @ h).view(model.kv_heads, model.head)
            q = rotate(query, cos[here:used], sin[here:used])[0]                              # [heads, head]
            k = rotate(keys[layer][:used], cos[:used], sin[:used])                             # [place, kv heads, head]
            v = values[layer][:used]
            if model.kv_heads != model.heads:
                k = k.repeat_interleave(model.heads // model.kv_heads, 1)
                v = v.repeat_interleave(model.heads // model.kv_heads, 1)
            attention = (torch.einsum("hd,phd->hp", q, k) / model.head ** 0.5).softmax(-1)
            x = x + model[f"{at}.attn_output"] @ torch.einsum("hp,phd->hd", attention, v).flatten()
            h = model.norm(x, f"{at}.ffn_norm")
            gate = torch.nn.functional.silu(model[f"{at}.ffn_gate"] @ h)
            x = x + model[f"{at}.ffn_down"] @ (gate * (model[f"{at}.ffn_up"] @ h))
        logits = model.output @ model.norm(x, "output_norm")
        scores.append(logits.log_softmax(-1)[following].item())
        if len(scores) % 500 == 0:
            print(len(scores), file=sys.stderr, flush=True)
    return scores


if __name__ == "__main__":
    torch.set_num_threads(1)
    task = json.load(sys.stdin)
    model = Model(task["model"])
    json.dump({"scores": score(model, task["tokens"], task["sinks"], task["capacity"], task["block"])}, sys.stdout)
