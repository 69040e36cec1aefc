"""A run that is stopped and resumed is the same as one that is not; the phases and the twins are as documented."""
import json
import math
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import torch

from .. import model, paths
from .. import tokenizer as T
from ..export import export, load_checkpoint
from ..presets import PRESETS
from ..train import HELDOUT_KINDS, Phase, Preset, Run, heldout_loss, learning_rate, sample

CONFIG = model.Config(vocabulary=64, width=32, layers=2, heads=1, feed_forward=64, context=32)
PRESET = Preset(CONFIG, batch=2, backend="torch", phases={"sink": [
    Phase("main", 4, 1e-2, warmup=2), Phase("grow-1", 3, 1e-2, sink_weight=0.1, sink_target=0.9)],
    "zero": [Phase("main", 4, 1e-2, warmup=2)], "vanilla": [Phase("main", 4, 1e-2, warmup=2)]})


class Stopped(Exception):
    pass


def phases_before(name: str) -> list:
    """The phases of the sink twin in the presets that the preset goes on from, as far as they are here."""
    start = PRESETS[name].grows or PRESETS[name].start
    earlier = PRESETS[name].released or next((n for n in PRESETS if start.startswith(f"runs/{n}-{{twin}}/")), None)
    return [*phases_before(earlier), *PRESETS[earlier].phases["sink"]] if earlier else []


class Training(unittest.TestCase):
    def setUp(self):
        torch.set_num_threads(1)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        patch = mock.patch.object(paths, "WORK", Path(folder.name))
        patch.start()
        self.addCleanup(patch.stop)
        silent = mock.patch("builtins.print")
        silent.start()
        self.addCleanup(silent.stop)
        rows = np.random.default_rng(0).integers(32, 64, (64, 33)).astype(np.uint16)
        for name in ("train", *(f"heldout-{kind}" for kind in HELDOUT_KINDS)):
            np.save(paths.work("rows", f"{name}.npy"), rows)

    def test_resumed_run_equals_an_uninterrupted_one(self):
        whole = Run("whole", PRESET, "sink")
        whole.train(every=100, save_every=1)
        first = Run("parts", PRESET, "sink")
        real, calls = first.optimizer.step, []

        def step(*arguments):
            if len(calls) == 5:
                raise Stopped
            calls.append(1)
            return real(*arguments)
        first.optimizer.step = step
        with self.assertRaises(Stopped):
            first.train(every=100, save_every=1)
        second = Run("parts", PRESET, "sink")
        self.assertEqual((second.state["phase"], second.state["step"], second.state["total"]), (1, 1, 5))
        second.train(every=100, save_every=1)
        self.assertTrue(torch.equal(whole.backend.flat, second.backend.flat))

    def test_a_run_can_go_on_from_another_one(self):
        Run("of-sink", PRESET, "sink").train(every=100, save_every=100)
        again = Run("second", replace(PRESET, start="runs/of-{twin}/last.pt"), "sink")
        self.assertEqual((again.state["phase"], again.state["step"], again.state["total"]), (0, 0, 7))
        self.assertTrue(torch.equal(again.backend.flat, torch.load(paths.work("runs", "of-sink", "last.pt"))["flat"]))

    def test_rows_of_several_contexts_are_trained_on_as_a_stream(self):
        rows = np.random.default_rng(0).integers(32, 64, (64, 129)).astype(np.uint16)
        for name in ("train", "heldout-chained"):
            np.save(paths.work("rows-long", f"{name}.npy"), rows)
        np.save(paths.work("rows-long", "heldout-session.npy"), rows[:, :33])
        start = Run("of-sink", PRESET, "sink")
        start.train(every=100, save_every=100)
        run = Run("long", replace(PRESET, rows="rows-long", start="runs/of-{twin}/last.pt", phases={"sink": [Phase("stream", 20, 1e-2)]}), "sink")
        before = run.backend.losses(*sample(rows[:2], "sink")[:2]).mean()
        run.rows = rows[:3]
        run.train(every=100, save_every=100)
        self.assertLess(run.backend.losses(*sample(rows[:2], "sink")[:2]).mean(), before - 0.1)
        log = [json.loads(line) for line in paths.work("runs", "long", "log.jsonl").read_text().splitlines()]
        self.assertEqual([(e["phase"], list(e["heldout"])) for e in log if "heldout" in e],
                         [("start", ["session", "chained"]), ("end of stream", ["session", "chained"])])

    def test_heldout_losses_are_those_that_both_twins_predict_and_those_of_replies(self):
        row = np.array([[T.USER, 40, T.END, T.ASSISTANT, 41, 42, T.END, T.EDIT, 43]])

        class ByToken:  # the loss of a token is its id
            def losses(self, ids, targets):
                return targets.clamp(min=0).float()
        for twin in ("vanilla", "sink"):
            whole, replies = heldout_loss(ByToken(), twin, row)
            self.assertAlmostEqual(whole, float(row[0, 1:8].mean()))
            self.assertAlmostEqual(replies, (41 + 42 + T.END) / 3)
        self.assertTrue(math.isnan(heldout_loss(ByToken(), "sink", row[:, :3])[1]))

    def test_the_zero_twin_has_the_zero_sink_and_the_rows_of_the_vanilla_one(self):
        zero, vanilla = Run("zero", PRESET, "zero"), Run("vanilla", PRESET, "vanilla")
        self.assertTrue(torch.equal(zero.backend.flat, vanilla.backend.flat))
        for ours, its in zip(sample(zero.rows[:2], "zero"), sample(vanilla.rows[:2], "vanilla")):
            self.assertTrue(torch.equal(ours, its))
        zero.train(every=100, save_every=100)
        config, parameters, saved = load_checkpoint(paths.work("runs", "zero", "phase-main.pt"))
        self.assertTrue(config.zero_sink)
        self.assertEqual(saved["twin"], "zero")
        with self.assertRaisesRegex(ValueError, "llama.cpp's llama architecture has no such softmax"):
            export(config, parameters, None, "zero", paths.work("zero.gguf"))

    def test_a_checkpoint_from_before_the_zero_sink_loads_without_it(self):
        Run("old", PRESET, "vanilla").train(every=100, save_every=100)
        path = paths.work("runs", "old", "phase-main.pt")
        saved = torch.load(path)
        del saved["config"]["zero_sink"]
        torch.save(saved, path)
        self.assertFalse(load_checkpoint(path)[0].zero_sink)

    def test_learning_rate(self):
        phase = Phase("x", 100, 1.0, warmup=10, decay=0.5, final=0.1)
        self.assertAlmostEqual(learning_rate(phase, 0), 0.1)
        self.assertEqual(learning_rate(phase, 30), 1.0)
        self.assertAlmostEqual(learning_rate(phase, 75), 0.1 + 0.9 * 0.5)

    def test_only_the_sink_twin_has_the_auxiliary_loss_and_not_at_the_end(self):
        starts = {path for preset in PRESETS.values() for path in (preset.start, preset.grows)}
        for name, preset in PRESETS.items():
            if "zero" in preset.phases:
                continue
            vanilla, sink = preset.phases["vanilla"], preset.phases["sink"]
            self.assertEqual([(p.name, p.steps, p.lr) for p in vanilla], [(p.name, p.steps, p.lr) for p in sink])
            self.assertFalse(any(p.sink_weight for p in vanilla))
            self.assertTrue(any(p.sink_weight for p in [*phases_before(name), *sink]), name)
            goes_on = f"runs/{name}-{{twin}}/phase-{sink[-1].name}.pt" in starts  # then the end is that of another preset
            if not goes_on:
                self.assertEqual(sink[-1].sink_weight, 0, name)

    def test_the_zero_twin_is_trained_as_the_main_phase_of_its_matched_twins(self):
        ablation, twins = PRESETS["cpu-zero"], PRESETS["cpu-small"]
        for twin in ("vanilla", "sink"):
            self.assertEqual(ablation.phases["zero"], twins.phases[twin][:1])
        self.assertEqual(replace(ablation, phases={}), replace(twins, phases={}))


if __name__ == "__main__":
    unittest.main()
