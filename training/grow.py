"""Makes a larger checkpoint that computes what a smaller one does, so that a larger model need not begin again.

    python3 -m training.grow --preset cpu-wide --twin sink

The residual stream gets components that are 0 (the gains of the norms make up for the longer mean), each layer more heads and more
feed-forward units that write 0, and the stack more layers that write 0 (as Net2Net, arXiv 1511.05641). What reads is random and what
writes is 0, so that the first steps already teach the writers. Optimiser and count of steps start anew. Head size, vocabulary and context stay.
"""
import argparse
import math

import torch

from . import model
from .model import Config
from .optimizer import Optimizer
from .paths import work


def layer_origins(small: int, large: int) -> list:
    """For each layer of the large stack the layer of the small one that it is, or None for a new one; new ones are spread evenly."""
    after = [(i + 1) * small // (large - small + 1) for i in range(large - small)]  # so many old layers come before new layer i
    origins = []
    for i in range(small + 1):
        origins += [None] * after.count(i) + ([i] if i < small else [])
    return origins


def grow(flat: torch.Tensor, small: Config, large: Config, seed: int) -> torch.Tensor:
    """Flat fp32 parameters of `small` -> those of `large`, with the same logits up to rounding. ValueError if it cannot be."""
    if (small.head_dim, small.vocabulary, small.zero_sink) != (large.head_dim, large.vocabulary, large.zero_sink):
        raise ValueError("growing keeps the size of a head, the vocabulary and the kind of attention")
    if any(getattr(small, f) > getattr(large, f) for f in ("width", "layers", "heads", "feed_forward")):
        raise ValueError("growing makes nothing smaller")
    old, result = model.views(flat, small), model.initial_parameters(large, seed)
    new = model.views(result, large)
    d, f, shorter = small.width, small.feed_forward, math.sqrt(small.width / large.width)

    def gain(name: str, values: torch.Tensor) -> None:
        new[name].fill_(float(values.mean()) * shorter)
        new[name][:d] = values * shorter

    new["embedding"].zero_()
    new["embedding"][:, :d] = old["embedding"]
    gain("norm", old["norm"])
    for i, origin in enumerate(layer_origins(small.layers, large.layers)):
        new[f"{i}.attention_out"].zero_()
        new[f"{i}.down"].zero_()
        if origin is None:
            continue
        gain(f"{i}.attention_norm", old[f"{origin}.attention_norm"])
        gain(f"{i}.feed_forward_norm", old[f"{origin}.feed_forward_norm"])
        for part, source in zip(new[f"{i}.qkv"].chunk(3), old[f"{origin}.qkv"].chunk(3)):
            part[:d, :d] = source
        for part, source in zip(new[f"{i}.gate_up"].chunk(2), old[f"{origin}.gate_up"].chunk(2)):
            part[:f, :d] = source
        new[f"{i}.attention_out"][:d, :d] = old[f"{origin}.attention_out"]
        new[f"{i}.down"][:d, :f] = old[f"{origin}.down"]
    return result


def main() -> None:
    from .backend_torch import TorchBackend
    from .presets import PRESETS
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", choices=[name for name, preset in PRESETS.items() if preset.grows], required=True)
    parser.add_argument("--twin", choices=("vanilla", "sink"), required=True)
    a = parser.parse_args()
    preset = PRESETS[a.preset]
    saved = torch.load(work(preset.grows.format(twin=a.twin)), map_location="cpu")
    flat = grow(saved["flat"], Config(**saved["config"]), preset.config, preset.seed)
    target = work(preset.start.format(twin=a.twin))
    torch.save({"config": preset.config.asdict(), "flat": flat, "optimizer": Optimizer(TorchBackend(preset.config, flat), preset.optimizer).state(),
                "twin": saved["twin"], "phase": 0, "step": 0, "total": 0, "seconds": 0.0, "cpu_seconds": 0.0}, target)
    print(f"{target}: {model.parameter_count(preset.config) / 1e6:.1f} M parameters")


if __name__ == "__main__":
    main()
