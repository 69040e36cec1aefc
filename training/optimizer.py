"""AdamW for all parameters, or Muon for the hidden matrices and AdamW for the rest; state in flat vectors."""
import math

import torch

from . import model


def orthogonalise(x: torch.Tensor, product_type: torch.dtype = torch.bfloat16, steps: int = 5) -> torch.Tensor:
    """Newton-Schulz: [n, rows <= columns] -> about the nearest semi-orthogonal matrices (singular values near 1)."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = (x / (x.flatten(1).norm(dim=1)[:, None, None] + 1e-7)).to(product_type)
    for _ in range(steps):
        gram = torch.bmm(x, x.transpose(1, 2))
        x = a * x + torch.bmm(b * gram + c * torch.bmm(gram, gram), x)
    return x.float()


class Optimizer:
    """kind: 'adamw' or 'muon'. Weight decay applies to matrices only."""

    def __init__(self, backend, kind: str, beta1: float = 0.9, beta2: float = 0.95, momentum: float = 0.95):
        self.backend, self.kind, self.beta1, self.beta2, self.momentum, self.step_count = backend, kind, beta1, beta2, momentum, 0
        self.mean, self.square = torch.zeros_like(backend.grad), torch.zeros_like(backend.grad)
        shapes = model.shapes(backend.config)
        sizes = {n: math.prod(s) for n, s in shapes.items()}
        self.embedding_end = sizes["embedding"]
        self.matrices_end = sum(size for name, size in sizes.items() if len(shapes[name]) == 2)

    @torch.no_grad()
    def step(self, lr: float, decay: float, clip: float = 1.0) -> float:
        """Apply the gradient in the back end; returns its norm before clipping."""
        self.step_count += 1
        norm = self.backend.gradient_norm()
        scale = min(1.0, clip / (norm + 1e-6))
        n = self.backend.grad.numel()

        def adamw(a, b, wd):
            self.backend.adamw(slice(a, b), self.mean, self.square, lr, self.beta1, self.beta2, wd, self.step_count, scale)

        adamw(0, self.embedding_end if self.kind == "muon" else self.matrices_end, decay)
        adamw(self.matrices_end, n, 0.0)
        if self.kind == "muon":
            self._muon(lr, decay, scale)
        return norm

    def _muon(self, lr: float, decay: float, scale: float) -> None:
        b = self.backend
        part = slice(self.embedding_end, self.matrices_end)
        self.mean[part].mul_(self.momentum).add_(b.grad[part], alpha=scale)
        direction = torch.add(b.grad * scale, self.mean, alpha=self.momentum)  # Nesterov; only the hidden matrices are read
        by_shape = {}
        for name, view in model.views(direction, b.config).items():
            if view.dim() == 2 and name != "embedding":
                pieces = {"qkv": 3, "gate_up": 2}.get(name.split(".")[1], 1)
                for index, piece in enumerate(view.chunk(pieces)):
                    wide = piece if piece.shape[0] <= piece.shape[1] else piece.t()
                    by_shape.setdefault(tuple(wide.shape), []).append((name, index, pieces, piece.shape[0] > piece.shape[1], wide))
        for (rows, columns), items in by_shape.items():
            update = orthogonalise(torch.stack([i[4] for i in items]), b.product_type) * (0.2 * math.sqrt(max(rows, columns)))
            for (name, index, pieces, turned, _), u in zip(items, update):
                target = b.p[name].chunk(pieces)[index]
                target.mul_(1 - lr * decay).sub_(u.t() if turned else u, alpha=lr)
        b.parameters_changed()

    def state(self) -> dict:
        return {"kind": self.kind, "step": self.step_count, "mean": self.mean.cpu(), "square": self.square.cpu()}

    def load(self, state: dict) -> None:
        assert state["kind"] == self.kind
        self.step_count = state["step"]
        self.mean.copy_(state["mean"])
        self.square.copy_(state["square"])
