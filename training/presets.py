"""Sizes and schedules. A preset fixes everything that a run depends on besides the rows."""
from .guide import GUIDED
from .model import Config
from .train import Phase, Preset


def schedule(main: int, grow: int, hold: int, settle: int, lr: float) -> dict:
    """Both twins: main (constant rate), two growing phases, hold (falling rate), settle (falling to almost nothing). The sink
    twin has the auxiliary loss in the growing phases and in hold alone, so that what is left at the end is the model's own."""
    def phases(sink: bool) -> list:
        def auxiliary(weight: float, target: float) -> dict:
            return dict(sink_weight=weight, sink_target=target) if sink else {}
        return [Phase("main", main, lr, warmup=100), Phase("grow-1", grow, lr * 0.8, **auxiliary(0.003, 0.8)),
                Phase("grow-2", grow, lr * 0.6, **auxiliary(0.01, 0.95)),
                Phase("hold", hold, lr * 0.5, decay=1.0, final=0.3, **auxiliary(0.01, 0.95)),
                Phase("settle", settle, lr * 0.15, warmup=0, decay=1.0, final=0.02)]
    return {"vanilla": phases(False), "sink": phases(True)}


def renewed(fall: int) -> dict:
    """Both twins: fall, in which the sink twin has the auxiliary loss again, weakly; then settle without it, the rate falling to almost nothing."""
    return {twin: [Phase("fall", fall, 1.2e-3, warmup=100, decay=1.0, final=0.5, **auxiliary),
                   Phase("settle", 1900, 6e-4, warmup=0, decay=1.0, final=0.01)]
            for twin, auxiliary in (("vanilla", {}), ("sink", dict(sink_weight=0.002, sink_target=0.9)))}


WIDE = Config(width=256, layers=8, heads=8, feed_forward=768)  # 7.9 M parameters

PRESETS = {
    # 3.4 M parameters, 23 M tokens; about 35 CPU minutes each
    "cpu-small": Preset(Config(), batch=4, phases=schedule(2800, 350, 1200, 900, 6e-3)),
    # goes on from the main phase of cpu-small (11 M tokens) with 28 M tokens of rows that ask much more; about 43 CPU minutes each
    "cpu-long": Preset(Config(), batch=4, phases=schedule(2200, 300, 2400, 1600, 6e-3), rows="rows-long", reply=5.0,
                       start="runs/cpu-small-{twin}/phase-main.pt"),
    # goes on from the phase hold of cpu-long with rows of another seed, at a constant rate and with a weaker auxiliary loss
    "cpu-more": Preset(Config(), batch=4, rows="rows-more", reply=5.0, start="runs/cpu-long-{twin}/phase-hold.pt",
                       phases={"vanilla": [Phase("more", 4300, 3e-3)],
                               "sink": [Phase("more", 4300, 3e-3, sink_weight=0.003, sink_target=0.9)]}),
    # goes on from cpu-more with rows of the tree-sitter corpus and of questions in patterns, while the rate falls to nothing; the
    # sink twin's last 4,000 steps are without auxiliary loss
    "cpu-anneal": Preset(Config(), batch=4, rows="rows-anneal", reply=5.0, start="runs/cpu-more-{twin}/phase-more.pt",
                         phases={"vanilla": [Phase("fall", 6000, 3e-3, decay=1.0, final=0.267),
                                             Phase("settle", 4000, 8e-4, warmup=0, decay=1.0, final=0.01)],
                                 "sink": [Phase("fall", 6000, 3e-3, decay=1.0, final=0.267, sink_weight=0.005, sink_target=0.95),
                                          Phase("settle", 4000, 8e-4, warmup=0, decay=1.0, final=0.01)]}),
    # goes on from the released weights of commit 096da4a (training.restore) with rows in which code goes with some requests
    "cpu-refine": Preset(Config(), batch=4, rows="rows-refine", reply=5.0, start="runs/released-{twin}/restored.pt", released="cpu-anneal",
                         phases={"vanilla": [Phase("fall", 3000, 2e-3, warmup=100, decay=1.0, final=0.35)],
                                 "sink": [Phase("fall", 3000, 2e-3, warmup=100, decay=1.0, final=0.35, sink_weight=0.003, sink_target=0.9)]}),
    # goes on from cpu-refine with rows that ask more about what lies far back, while the rate falls to nothing; both twins are
    # without auxiliary loss
    "cpu-settle": Preset(Config(), batch=4, rows="rows-settle", reply=5.0, start="runs/cpu-refine-{twin}/phase-fall.pt",
                         phases={twin: [Phase("settle", 2800, 7e-4, warmup=0, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from cpu-settle, grown to 7.9 M parameters (training.grow), with rows that ask more of what stayed hard, while the rate
    # falls to nothing; both twins are without auxiliary loss from beginning to end
    "cpu-wide": Preset(WIDE, batch=4, rows="rows-wide", reply=5.0, start="runs/grown-{twin}/grown.pt",
                       grows="runs/cpu-settle-{twin}/phase-settle.pt",
                       phases={twin: [Phase("fall", 3000, 1.5e-3, warmup=150, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the released weights of commit 94a3861 (training.restore), the result of cpu-wide, with rows in which names are easily
    # taken for one another and answers lie far back (sessions/crowded.py); both twins are without auxiliary loss
    "cpu-recall": Preset(WIDE, batch=4, rows="rows-recall", reply=8.0, start="runs/wide-{twin}/restored.pt", released="cpu-wide",
                         phases={twin: [Phase("fall", 3200, 2e-3, warmup=100, decay=1.0, final=0.2273)] for twin in ("vanilla", "sink")}),
    # goes on from cpu-recall, in whose rows code had become too rare, while the rate falls to nothing
    "cpu-balance": Preset(WIDE, batch=4, rows="rows-balance", reply=8.0, start="runs/cpu-recall-{twin}/phase-fall.pt",
                          phases={twin: [Phase("settle", 1200, 4.5e-4, warmup=0, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from cpu-balance with rows that ask more for lists of what a file holds; the sink twin has the auxiliary loss, weakly,
    # in the first phase, since its sink had become weaker in the two runs before
    "cpu-lists": Preset(WIDE, batch=4, rows="rows-lists", reply=6.0, start="runs/cpu-balance-{twin}/phase-settle.pt",
                        phases=renewed(1700)),
    # goes on from cpu-lists with rows that ask all kinds of questions about sessions of real files (sessions/quizzed.py)
    "cpu-quiz": Preset(WIDE, batch=4, rows="rows-quiz", reply=6.0, start="runs/cpu-lists-{twin}/phase-settle.pt",
                       phases=renewed(1500)),
    # goes on from cpu-quiz with rows that show more outlines, of more files
    "cpu-outlines": Preset(WIDE, batch=4, rows="rows-outlines", reply=6.0, start="runs/cpu-quiz-{twin}/phase-settle.pt",
                           phases={twin: [Phase("settle", 1250, 6e-4, warmup=0, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the released weights of commit 4f809ed (training.restore), the result of cpu-outlines, with rows that are four caches long
    # and stream through the cache as in the engine (training.chain, cache_attention.py); both twins are without auxiliary loss
    "cpu-stream": Preset(WIDE, batch=1, rows="rows-stream", reply=6.0, start="runs/outlines-{twin}/restored.pt", released="cpu-outlines",
                         backend="torch",
                         phases={twin: [Phase("stream", 720, 1e-3, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the released weights of commit 2cd828a (training.restore), the result of cpu-stream, with more such rows, in which more is
    # asked of what stayed hard, at half the rate: the higher one had left noise
    "cpu-far": Preset(WIDE, batch=1, rows="rows-far", reply=8.0, start="runs/stream-{twin}/restored.pt", released="cpu-stream", backend="torch",
                      phases={twin: [Phase("far", 720, 5e-4, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the released weights of commit 08656cb (training.restore), the result of cpu-far, for two and a half times as long, by the CPU
    # kernels, with rows that ask above all where a name is, what a file has and what a function takes: the two steps from a name to its
    # outline and from there to its file are what goes wrong in four answers of ten on names that are alike. Replies and completions
    # count many times as much: nearly all tokens of replies are right already, so that what the few wrong ones ask for is little
    # beside what code asks for
    "cpu-places": Preset(WIDE, batch=1, rows="rows-places", reply=32.0, middle=8.0, start="runs/far-{twin}/restored.pt", released="cpu-far",
                         phases={twin: [Phase("places", 1800, 6e-4, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the mean of cpu-places with rows that have reworded sessions (sessions/reworded.py), at less than half the rate: what a run
    # learns grows with its rate, the noise that it leaves with the square of it, and the mean had shown that the rate before was too high
    "cpu-finish": Preset(WIDE, batch=1, rows="rows-finish", reply=16.0, middle=4.0, start="runs/cpu-places-{twin}/averaged.pt",
                         phases={twin: [Phase("finish", 650, 2.5e-4, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the mean of cpu-finish; four in five of its sessions of real files are reworded, a third of those words are pieces of the
    # vocabulary: tokens that training had hardly shown were not copied, and names of the training's packages were known by heart
    "cpu-pieces": Preset(WIDE, batch=1, rows="rows-pieces", reply=16.0, middle=4.0, start="runs/cpu-finish-{twin}/averaged.pt",
                         phases={twin: [Phase("pieces", 1000, 3e-4, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the mean of cpu-pieces after training.rare_tokens has given 303 tokens other embeddings; half of the words of reworded sessions
    # are pieces of the vocabulary, preferably rare ones
    "cpu-rare": Preset(WIDE, batch=1, rows="rows-rare", reply=16.0, middle=4.0, start="runs/cpu-pieces-{twin}/renewed.pt",
                       phases={twin: [Phase("rare", 800, 2.5e-4, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the mean of cpu-rare for three times as long, with more rows that stream and more questions for what stayed wrong: lists of
    # names, places and parameters far back, where the model finds what was asked for and then takes its neighbour
    "cpu-choice": Preset(WIDE, batch=1, rows="rows-choice", reply=24.0, middle=6.0, start="runs/cpu-rare-{twin}/averaged.pt",
                         phases={twin: [Phase("choice", 2400, 4.5e-4, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the released weights of commit 9f81c27 (training.restore), the result of cpu-choice, whose idle heads training.wake renews, with rows of one context, two in
    # five of which ask for nothing but the file of a name (sessions/bound.py): among two files the models had guessed. The guide
    # (guide.py) names the three steps that such an answer takes
    "cpu-guide": Preset(WIDE, batch=8, rows="rows-bind", reply=24.0, middle=6.0, point=8.0, start="runs/woken-{twin}/woken.pt", released="cpu-choice",
                        wakes="runs/choice-{twin}/restored.pt",
                        phases={twin: [Phase("guide", 400, 5e-4, warmup=30, guide=1.0)] for twin in ("vanilla", "sink")}),
    # goes on from cpu-guide with rows of all kinds, as far as they are of one context, while the guide is weak and the rate falls. Outside replies, what the released model predicts is
    # the target: the guide had cost 0.6 nats on code, and one token a position says little about what was known before
    "cpu-hold": Preset(WIDE, batch=8, rows="rows-hold", reply=24.0, middle=6.0, point=4.0, start="runs/cpu-guide-{twin}/phase-guide.pt",
                       teacher="runs/choice-{twin}/restored.pt",
                       phases={twin: [Phase("hold", 900, 5e-4, warmup=0, decay=1.0, final=0.424, guide=0.1)] for twin in ("vanilla", "sink")}),
    # goes on from cpu-hold with rows that stream, without a guide, while the rate falls to nothing. The sink twin has the auxiliary loss
    # again in the first 500 steps, since its sink had become weaker: 0 sinks cost 2.5 times the perplexity of 1, before cpu-guide 17 times
    "cpu-firm": Preset(WIDE, batch=1, rows="rows-firm", reply=24.0, middle=6.0, start="runs/cpu-hold-{twin}/phase-hold.pt",
                       teacher="runs/choice-{twin}/restored.pt",
                       phases={twin: [Phase("pull", 500, 3e-4, warmup=40, decay=1.0, final=0.79375, **auxiliary),
                                      Phase("firm", 1900, 2.38125e-4, warmup=0, decay=1.0, final=0.01 / 0.79375)]
                               for twin, auxiliary in (("vanilla", {}), ("sink", dict(sink_weight=0.004, sink_target=0.9, sink_spares=GUIDED)))}),
    # goes on from cpu-firm with rows that have more code and more completions, on which the loss had risen by 0.08 and 0.07 nats (vanilla twin), while nearly
    # all replies are right: so they weigh less
    "cpu-mend": Preset(WIDE, batch=1, rows="rows-mend", reply=10.0, middle=4.0, start="runs/cpu-firm-{twin}/phase-firm.pt",
                       teacher="runs/choice-{twin}/restored.pt",
                       phases={twin: [Phase("mend", 1200, 4e-4, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # goes on from the mean of cpu-mend as it was kept in commit 98ecfb3 (training.restore). Two in five of its rows stream without a system prompt: none of the
    # runs since cpu-places but cpu-guide and cpu-hold had such, the auxiliary loss of cpu-firm had moved the sink, and plain code behind the sink
    # token alone had come to cost 0.1 nats more than in the vanilla twin
    "cpu-bare": Preset(WIDE, batch=1, rows="rows-bare", reply=10.0, middle=4.0, start="runs/mended-{twin}/restored.pt", released="cpu-mend",
                       teacher="runs/choice-{twin}/restored.pt",
                       phases={twin: [Phase("bare", 800, 4e-4, warmup=40, decay=1.0, final=0.01)] for twin in ("vanilla", "sink")}),
    # the ablation of the zero sink: the phase main of cpu-small, whose vanilla and sink twins are compared at its end
    "cpu-zero": Preset(Config(), batch=4, phases={"zero": schedule(2800, 350, 1200, 900, 6e-3)["vanilla"][:1]}),
    # a few steps of a toy, for the miniature of the whole pipeline
    "miniature": Preset(Config(vocabulary=512, width=64, layers=2, heads=2, feed_forward=128, context=256), batch=8,
                        phases=schedule(120, 10, 20, 40, 1e-2)),
    "miniature-stream": Preset(Config(vocabulary=512, width=64, layers=2, heads=2, feed_forward=128, context=256), batch=1,
                               rows="rows-stream", start="runs/miniature-{twin}/renewed.pt",
                               phases={twin: [Phase("stream", 20, 2e-3, decay=1.0)] for twin in ("vanilla", "sink")}),
    # about 30 M parameters on one CUDA device, plain PyTorch with bf16 autocast
    "gpu": Preset(Config(vocabulary=4096, width=512, layers=8, heads=8, feed_forward=1536), batch=64,
                  phases=schedule(12000, 800, 2000, 2000, 2e-3), backend="torch"),
}
