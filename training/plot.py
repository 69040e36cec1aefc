"""The curves of both twins as one SVG: held-out loss, and the attention on position 0 by layer and by head, with the phases.

    python3 -m training.plot --out models/training.svg     # reads WORK/runs/<preset>-{vanilla,sink}/log.jsonl

Of a preset that goes on from other runs, their logs come first; of one that goes on from a released model, the steps are counted from there.
"""
import argparse
import json
import math
from pathlib import Path

from .paths import work
from .presets import PRESETS
from .train import HELDOUT_KINDS

WIDTH, HEIGHT, LEFT, TOP, GAP, ROW_GAP = 420, 240, 50, 30, 130, 60
COLOURS = ["#4477aa", "#66ccee", "#228833", "#ccbb44", "#ee6677", "#aa3377", "#bbbbbb", "#222222", "#ee7733", "#009988"]


def entries(run: str) -> list:
    return [json.loads(line) for line in work("runs", run, "log.jsonl").read_text().splitlines()]


def whole_log(preset: str, twin: str) -> list:
    """The log of a run after those that it went on from; the phases of the earlier ones carry the name of their preset."""
    log = entries(f"{preset}-{twin}")
    earlier = Path(PRESETS[preset].start).parent.name.removesuffix("-{twin}")
    if earlier not in PRESETS:
        return log
    first = min(e["total"] for e in log)
    before = [e if "(" in e["phase"] else {**e, "phase": f"{e['phase']} ({earlier})"} for e in whole_log(earlier, twin)]
    return [e for e in before if e["total"] < first] + log


def polyline(points: list, x_max: float, y_min: float, y_max: float, left: float, top: float, colour: str, dash: str = "") -> str:
    at = " ".join(f"{left + x / x_max * WIDTH:.1f},{top + HEIGHT - (min(max(y, y_min), y_max) - y_min) / (y_max - y_min) * HEIGHT:.1f}"
                  for x, y in points)
    return f'<polyline fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dash}" points="{at}"/>'


def panel(title: str, curves: list, x_max: float, y_min: float, y_max: float, left: float, top: float, phases: list) -> str:
    """curves: (label, points, colour, dash), those without a label are not in the legend, which stands right of them; phases: (name, first step)."""
    out = [f'<text x="{left}" y="{top - 12}" font-weight="bold">{title}</text>',
           f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#999"/>']
    for i in range(5):
        value, y = y_min + (y_max - y_min) * i / 4, top + HEIGHT * (1 - i / 4)
        out.append(f'<text x="{left - 6}" y="{y + 4:.0f}" text-anchor="end">{value:.3g}</text>')
        out.append(f'<line x1="{left}" x2="{left + WIDTH}" y1="{y:.0f}" y2="{y:.0f}" stroke="#ddd"/>')
    for name, first in phases:
        x = left + first / x_max * WIDTH
        out.append(f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{top}" y2="{top + HEIGHT}" stroke="#bbb" stroke-dasharray="3 3"/>')
        out.append(f'<text transform="translate({x + 4:.0f},{top + HEIGHT - 4}) rotate(-90)" fill="#777" font-size="9">{name}</text>')
    out += [polyline(points, x_max, y_min, y_max, left, top, colour, dash) for _, points, colour, dash in curves]
    for i, (label, _, colour, dash) in enumerate(curve for curve in curves if curve[0]):
        x, y = left + WIDTH + 8, top + 14 + 13 * i
        out.append(f'<line x1="{x}" x2="{x + 20}" y1="{y - 4}" y2="{y - 4}" stroke="{colour}" stroke-dasharray="{dash}"/>')
        out.append(f'<text x="{x + 25}" y="{y}" font-size="10">{label}</text>')
    out.append(f'<text x="{left + WIDTH}" y="{top + HEIGHT + 16}" text-anchor="end">step (of {x_max})</text>')
    return "\n".join(out)


def draw(vanilla: list, sink: list) -> str:
    last = max(e["total"] for e in sink)
    starts, seen = [], set()
    for e in sink:
        if "loss" in e and e["phase"] not in seen:
            seen.add(e["phase"])
            starts.append((e["phase"], e["total"] - e["step"]))
    losses = [(label, [(e["total"], e["heldout"][kind]) for e in log if kind in e.get("heldout", {})], COLOURS[n % len(COLOURS)], dash)
              for n, kind in enumerate(HELDOUT_KINDS) if any(kind in e.get("heldout", {}) for e in sink) for label, log, dash in (("", vanilla, "4 3"), (kind, sink, ""))]

    def mass(log: list) -> list:
        rows = [(e["total"], e["sink_mass"]) for e in log if "sink_mass" in e]
        return [(f"layer {layer}", [(step, sum(m[layer]) / len(m[layer])) for step, m in rows], COLOURS[layer % len(COLOURS)], "")
                for layer in range(len(rows[0][1]))]
    def heads(log: list, layer: int) -> list:
        rows = [(e["total"], e["sink_mass"]) for e in log if "sink_mass" in e]
        return [(f"head {head}", [(step, m[layer][head]) for step, m in rows], COLOURS[head % len(COLOURS)], "")
                for head in range(len(rows[0][1][layer]))]
    highest = min(4, math.ceil(max(y for _, points, _, _ in losses for _, y in points)))  # of a run from scratch the first ones are cut off
    panels = [panel("Held-out loss (nats a token; dashed: vanilla twin)", losses, last, 0, highest, LEFT, TOP, starts),
              panel("Attention on position 0, sink twin", mass(sink), last, 0, 1, LEFT + WIDTH + GAP, TOP, starts),
              panel("Attention on position 0, vanilla twin", mass(vanilla), last, 0, 1, LEFT + 2 * (WIDTH + GAP), TOP, starts)]
    row = 1
    for twin, log in (("sink", sink), ("vanilla", vanilla)):
        for layer in range(len(next(e["sink_mass"] for e in log if "sink_mass" in e))):
            left, top = LEFT + layer % 3 * (WIDTH + GAP), TOP + (row + layer // 3) * (HEIGHT + ROW_GAP)
            panels.append(panel(f"Attention on position 0, {twin} twin, layer {layer}", heads(log, layer), last, 0, 1, left, top, starts))
        row += layer // 3 + 1
    width, height = LEFT + 3 * (WIDTH + GAP) - 40, TOP + row * (HEIGHT + ROW_GAP)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">\n'
            f'<rect width="{width}" height="{height}" fill="white"/>\n' + "\n".join(panels) + "\n</svg>\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", choices=PRESETS, default="cpu-bare")
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    a.out.write_text(draw(whole_log(a.preset, "vanilla"), whole_log(a.preset, "sink")))
