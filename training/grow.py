"""Makes a larger checkpoint that computes what a smaller one does, so that a larger model need not begin again.

    python3 -m training.grow --preset cpu-wide --twin sink

The residual stream gets components that are 0 (the gains of the norms make up for the longer mean), each layer more heads and more
feed-forward units that write 0, and the stack copies of layers that write 0 (as Net2Net, arXiv 1511.05641). A new head attends as one of the
old ones does: heads that begin at random have so small scores that they stay with an even share for every key. Optimiser and
count of steps start anew. Head size, vocabulary and context stay.
"""
import argparse
import math

import torch

from . import model
from .model import Config
from .optimizer import Optimizer
from .paths import work


def layer_origins(small: int, large: int) -> list:
    """[(the layer of the small stack that a layer of the large one is made from, whether it is a new one)], spread evenly."""
    more = large - small
    after = [(i + 1) * small // (more + 1) for i in range(more)]  # so many old layers come before each new one
    origins = []
    for i in range(small):
        origins += [(i, False)] + [(i, True)] * after.count(i + 1)
    return origins


def widened(old: torch.Tensor, shape: tuple, generator: torch.Generator) -> torch.Tensor:
    """The old matrix in the corner of one of `shape`; the rest is random, as large as the old values are."""
    new = torch.randn(shape, generator=generator) * old.std()
    new[:old.shape[0], :old.shape[1]] = old
    return new


def grow(flat: torch.Tensor, small: Config, large: Config, seed: int) -> torch.Tensor:
    """Flat fp32 parameters of `small` -> those of `large`, with the same logits up to rounding. ValueError if it cannot be."""
    if (small.head_dim, small.vocabulary, small.zero_sink) != (large.head_dim, large.vocabulary, large.zero_sink):
        raise ValueError("growing keeps the size of a head, the vocabulary and the kind of attention")
    if any(getattr(small, f) > getattr(large, f) for f in ("width", "layers", "heads", "feed_forward")) or large.layers > 2 * small.layers:
        raise ValueError("growing makes nothing smaller, and no stack more than twice as high")
    generator, result = torch.Generator().manual_seed(seed), torch.zeros(model.parameter_count(large))
    old, new = model.views(flat, small), model.views(result, large)
    d, f, shorter = small.width, small.feed_forward, math.sqrt(small.width / large.width)

    def gain(name: str, values: torch.Tensor) -> None:
        new[name].fill_(float(values.mean()) * shorter)
        new[name][:d] = values * shorter

    new["embedding"][:, :d] = old["embedding"]
    gain("norm", old["norm"])
    for i, (origin, added) in enumerate(layer_origins(small.layers, large.layers)):
        gain(f"{i}.attention_norm", old[f"{origin}.attention_norm"])
        gain(f"{i}.feed_forward_norm", old[f"{origin}.feed_forward_norm"])
        query, key, value = (widened(part, (large.width, large.width), generator) for part in old[f"{origin}.qkv"].chunk(3))
        like = torch.randint(small.heads, (large.heads - small.heads,), generator=generator).tolist()
        for head, other in enumerate(like, small.heads):
            for part in (query, key):
                part[head * large.head_dim:(head + 1) * large.head_dim] = part[other * large.head_dim:(other + 1) * large.head_dim]
        new[f"{i}.qkv"].copy_(torch.cat([query, key, value]))
        new[f"{i}.gate_up"].copy_(torch.cat([widened(part, (large.feed_forward, large.width), generator)
                                             for part in old[f"{origin}.gate_up"].chunk(2)]))
        if not added:
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
