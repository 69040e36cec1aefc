"""Training step in plain PyTorch: CUDA with bf16 autocast, or any CPU in fp32 (slow). Same interface as backend_cpu.py.

Rows longer than the context stream through a cache of that size (cache_attention.py).
"""
import contextlib

import torch

from . import model
from .cache_attention import BLOCK, Cache, pinned
from .model import Config


class TorchBackend:
    def __init__(self, config: Config, flat: torch.Tensor, device: str = None):
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.config = config
        self.flat = flat.clone().to(self.device)
        self.grad = torch.zeros_like(self.flat)
        self.p, self.g = model.views(self.flat, config), model.views(self.grad, config)
        # A leaf for each parameter, whose gradient is a part of the flat one: through views of a flat leaf each gradient would be as long as all
        self.leaves = {name: view.detach().requires_grad_(True) for name, view in self.p.items()}
        for name, leaf in self.leaves.items():
            leaf.grad = self.g[name]
        self.sink_weight, self.sink_target = 0.0, 1.0
        self.product_type = torch.bfloat16 if self.device != "cpu" else torch.float32  # the fastest for the optimizer's products

    def parameters_changed(self) -> None:
        pass

    def _autocast(self):
        return torch.autocast("cuda", dtype=torch.bfloat16) if self.device != "cpu" else contextlib.nullcontext()

    def _losses(self, parameters, ids, targets, sink=None):
        tokens = ids.shape[1]
        cache = Cache(self.config.context, pinned(ids)) if tokens > self.config.context else None
        if not cache and self.device == "cpu" and not sink and not self.config.zero_sink and tokens % BLOCK == 0:
            cache = Cache(tokens, 0)  # the whole row, for the sake of the kernels
        with self._autocast():
            hidden = model.forward(parameters, self.config, ids, sink_loss=sink, cache=cache)
            scores = torch.nn.functional.linear(hidden, parameters["embedding"])
        loss = torch.nn.functional.cross_entropy(scores.float().flatten(0, 1), targets.reshape(-1).clamp(min=0), reduction="none")
        return loss.view(ids.shape) * (targets >= 0)

    @torch.no_grad()
    def losses(self, ids, targets):
        ids, targets = ids.to(self.device), targets.to(self.device)
        return self._losses(self.p, ids, targets).cpu()

    def loss_and_grad(self, ids, targets, weights):
        ids, targets, weights = (t.to(self.device) for t in (ids, targets, weights))
        self.grad.zero_()
        sink = ([], self.sink_target) if self.sink_weight else None
        losses = self._losses(self.leaves, ids, targets, sink)
        weights = weights * (targets >= 0)
        total = (losses * weights).sum() / weights.sum()
        if sink:
            total = total + self.sink_weight / ids.numel() * sum(sink[0])
        total.backward()
        return losses.detach().cpu()

    def gradient_norm(self) -> float:
        return float(self.grad.norm())

    @torch.no_grad()
    def adamw(self, part: slice, mean, square, lr, beta1, beta2, decay, step, grad_scale) -> None:
        g, m, s, p = self.grad[part] * grad_scale, mean[part], square[part], self.flat[part]
        m.mul_(beta1).add_(g, alpha=1 - beta1)
        s.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        update = (m / (1 - beta1 ** step)) / ((s / (1 - beta2 ** step)).sqrt() + 1e-8)
        p.sub_(lr * (update + decay * p))
