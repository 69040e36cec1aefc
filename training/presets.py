"""Sizes and schedules. A preset fixes everything that a run depends on besides the rows."""
from .model import Config
from .train import Phase, Preset


def schedule(main: int, grow: int, settle: int, lr: float) -> dict:
    """Both twins: main (constant rate), three growing phases (the third twice as long, with a falling rate), settle (falling
    to almost nothing). The sink twin has the auxiliary loss in the growing phases alone, so that what is left at the end is
    the model's own."""
    def phases(sink: bool) -> list:
        def grow_phase(number, steps, rate, weight, target, **rest):
            return Phase(f"grow-{number}", steps, lr * rate, **rest, **(dict(sink_weight=weight, sink_target=target) if sink else {}))
        return [Phase("main", main, lr, warmup=100), grow_phase(1, grow, 0.8, 0.003, 0.8), grow_phase(2, grow, 0.6, 0.01, 0.95),
                grow_phase(3, 2 * grow, 0.5, 0.03, 0.99, decay=1.0, final=0.3),
                Phase("settle", settle, lr * 0.15, warmup=0, decay=1.0, final=0.02)]
    return {"vanilla": phases(False), "sink": phases(True)}


PRESETS = {
    # 3.4 M parameters; about 75 minutes on one core each
    "cpu-small": Preset(Config(), batch=4, phases=schedule(3400, 400, 800, 6e-3)),
    # a few steps of a toy, for the miniature of the whole pipeline
    "miniature": Preset(Config(vocabulary=512, width=64, layers=2, heads=2, feed_forward=128, context=256), batch=8,
                        phases=schedule(120, 10, 40, 1e-2)),
    # about 30 M parameters on one CUDA device, plain PyTorch with bf16 autocast
    "gpu": Preset(Config(vocabulary=4096, width=512, layers=8, heads=8, feed_forward=1536), batch=64,
                  phases=schedule(12000, 800, 3000, 2e-3), backend="torch"),
}
