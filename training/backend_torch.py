"""Training step in plain PyTorch: CUDA with bf16 autocast, or any CPU in fp32 (slow). Same interface as backend_cpu.py."""
import contextlib

import torch

from . import model
from .model import Config


class TorchBackend:
    def __init__(self, config: Config, flat: torch.Tensor, device: str = None):
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.config = config
        self.flat = flat.clone().to(self.device).requires_grad_(True)
        self.flat.grad = torch.zeros_like(self.flat)
        self.grad = self.flat.grad
        self.p = model.views(self.flat.detach(), config)
        self.g = model.views(self.grad, config)
        self.sink_weight, self.sink_target = 0.0, 1.0

    def parameters_changed(self) -> None:
        pass

    def _autocast(self):
        return torch.autocast("cuda", dtype=torch.bfloat16) if self.device != "cpu" else contextlib.nullcontext()

    def _losses(self, parameters, ids, targets, sink=None):
        with self._autocast():
            hidden = model.forward(parameters, self.config, ids, sink_loss=sink)
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
        losses = self._losses(model.views(self.flat, self.config), ids, targets, sink)
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
        g, m, s, p = self.grad[part] * grad_scale, mean[part], square[part], self.flat.detach()[part]
        m.mul_(beta1).add_(g, alpha=1 - beta1)
        s.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        update = (m / (1 - beta1 ** step)) / ((s / (1 - beta2 ** step)).sqrt() + 1e-8)
        p.sub_(lr * (update + decay * p))
