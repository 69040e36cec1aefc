"""Stage 6: what the exported model does in llama.cpp: recall in the stream, talk, completions.

    python3 -m training.evaluate --model models/endless-sink.gguf [--cases 150] [--only 'recall, trained'] [--verbose] [--samples 10]

Everything is made from held-out packages. Greedy decoding, through node-llama-cpp (llama_probe.mjs).
- recall: a session, then one question; exact match of the whole reply, by kind and by the distance in tokens from the last
  event that holds the answer; once in the trained wordings and once in wordings that were never trained on. "Far back": only answers
  over 500 tokens back, of which the others have few.
- not in the window: questions whose answer was never shown, in sessions and at their very start; the reply must say so.
- talk: small talk and requests beyond the model, in wordings never trained on, at the start of a session and later in one.
- completion: the first line on held-out files, exact match and edit similarity; and lines that use a name which only an edit or a
  message of the session brought in, with that session before the completion and without it. Beside them a 5-gram model with
  copy (ngram.py), which sees the same prompt.
--samples prints the first cases as Markdown, unselected, for the model card.
"""
import argparse
import json
import random
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from . import tokenizer as T
from .ngram import Ngram
from .pack import RowMaker, encode_event, encode_fim, load_sources
from .paths import REPO
from .sessions import fim, wording as W
from .sessions.generator import Session
from .sessions.questions import last_word

LONGEST_PROMPT = 960
DISTANCES = (0, 100, 250, 500, 1000)  # tokens
FAR_BACK = 500
TALK_REPLIES = {"greeting": W.GREETING_REPLIES[0], "who": W.WHO_REPLY, "can": W.CAN_REPLY, "thanks": W.THANKS_REPLY,
                "unable": W.UNABLE_REPLY}
COMPLETIONS = ("line", "with session", "without session")


def run_llama(gguf: Path, **request) -> dict:
    """What llama_probe.mjs says of a model file."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(request, file)
        file.flush()
        done = subprocess.run(["node", str(REPO / "training" / "llama_probe.mjs"), str(gguf), file.name], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"llama_probe.mjs failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def encode_session(maker: RowMaker, events: list) -> list:
    return list(maker.system) + [i for event in events for i in encode_event(maker.processor, *event)]


def recall_case(maker: RowMaker, rng: random.Random, kind: str, length: int, wordings: dict) -> dict:
    """A session of about `length` tokens that ends in a question of the kind; None if it offers no such question."""
    session = Session(rng, maker.draw_sources(rng, rng.choice((1, 2, 2))))
    session.begin()
    for _ in range(300):
        if len(encode_session(maker, session.events)) > length:
            break
        session.step()
    before = list(session.events)
    session.wordings = wordings
    if not session.ask(kind):
        return None
    (_, asked), (_, answer) = session.events[len(before):]
    tokens = encode_session(maker, before + [("user", asked)]) + [T.ASSISTANT]
    fact = last_word(answer)
    holds = [i for i, (_, body) in enumerate(before) if fact in body]
    distance = len(tokens) - len(encode_session(maker, before[:holds[-1]])) if holds else len(tokens)
    if len(tokens) > LONGEST_PROMPT:
        return None
    return {"tokens": tokens, "question": asked, "answer": answer, "kind": kind, "distance": distance}


def recall_cases(maker: RowMaker, count: int, wordings: dict, seed: str, nearest: int = 0) -> list:
    """nearest: tokens that an answer lies back at the least."""
    cases, kinds = [], [k for k in wordings if k in W.ASK]
    for i in range(count * (40 if nearest else 10)):
        rng = random.Random(f"{seed}-{i}")
        case = recall_case(maker, rng, kinds[i % len(kinds)], rng.choice((700, 850) if nearest else (150, 300, 500, 700, 850)), wordings)
        if case and case["distance"] >= nearest:
            cases.append(case)
        if len(cases) == count:
            break
    return cases


def unseen_cases(maker: RowMaker, count: int, wordings: dict, seed: str) -> list:
    """Questions that the window does not answer; every third at the start of a session."""
    cases, kinds = [], [k for k in wordings if k in W.ASK]
    for i in range(count * 10):
        rng = random.Random(f"{seed}-{i}")
        session = Session(rng, maker.draw_sources(rng, rng.choice((1, 2))))
        length = rng.choice((150, 300, 500, 700)) if i % 3 else 0
        while len(encode_session(maker, session.events)) < length:
            session.step()
        before = list(session.events)
        session.wordings = wordings
        kind = kinds[i % len(kinds)]
        if session.ask_unseen(kind):
            (_, asked), (_, answer) = session.events[len(before):]
            tokens = encode_session(maker, before + [("user", asked)]) + [T.ASSISTANT]
            if len(tokens) <= LONGEST_PROMPT:
                cases.append({"tokens": tokens, "question": asked, "answer": answer, "kind": kind})
        if len(cases) == count:
            break
    return cases


def talk_cases(maker: RowMaker, seed: str) -> list:
    cases = []
    for kind, reply in TALK_REPLIES.items():
        for text in W.HELDOUT[kind]:
            for events in (0, 12):
                rng = random.Random(f"{seed}-{text}-{events}")
                session = Session(rng, maker.draw_sources(rng, 1))
                for _ in range(events):
                    session.step()
                asked = text.format(f=rng.choice(("total", "parseHeader")), p=session.sources[0].path)
                tokens = encode_session(maker, session.events + [("user", asked)]) + [T.ASSISTANT]
                if len(tokens) <= LONGEST_PROMPT:
                    cases.append({"tokens": tokens, "question": asked, "answer": reply, "kind": kind})
    return cases


def attached_cases(maker: RowMaker, count: int, seed: str) -> list:
    """Requests about code that goes with the message, in wordings never trained on and in those of the commands."""
    cases = []
    for i in range(count):
        rng = random.Random(f"{seed}-{i}")
        session = Session(rng, maker.draw_sources(rng, 1))
        for _ in range(rng.choice((0, 6))):
            session.step()
        kind, wordings = ("commands", W.UNABLE_WITH_CODE[:4]) if i % 2 else ("new wordings", W.HELDOUT["with code"])
        session.unable_with_code(wordings)
        (_, asked), (_, answer) = session.events[-2:]
        tokens = encode_session(maker, session.events[:-1]) + [T.ASSISTANT]
        if len(tokens) <= LONGEST_PROMPT:
            cases.append({"tokens": tokens, "question": asked, "answer": answer, "kind": kind})
    return cases


def completion_case(maker: RowMaker, rng: random.Random, before: list, parts: tuple, kind: str) -> dict:
    path, prefix, middle, suffix = parts
    branch = encode_fim(maker.processor, rng, path, prefix, middle, suffix, typed=0)
    tokens = encode_session(maker, before) + branch[:branch.index(T.FIM_MIDDLE) + 1]
    elsewhere = encode_session(maker, before)[len(maker.system):] + maker.processor.encode(suffix)
    return {"tokens": tokens, "question": prefix, "suffix": suffix, "answer": middle, "kind": kind, "elsewhere": elsewhere}


def line_cases(maker: RowMaker, count: int, seed: str) -> list:
    cases = []
    for i in range(count):
        rng = random.Random(f"{seed}-{i}")
        source = maker.draw_sources(rng, 1)[0]
        lines = [n for n in range(3, len(source.lines)) if len(source.lines[n].strip()) > 5]
        parts = fim.cut(rng, source.lines, rng.choice(lines), 1) if lines else None
        if parts and parts[1] in source.lines:  # not one of those that stop inside the line
            cases.append(completion_case(maker, rng, [], (source.path, *parts), "line"))
    return cases


def named_cases(maker: RowMaker, count: int, seed: str) -> list:
    """Completions whose line uses a name that stands nowhere but in the session: each with and without it."""
    cases = []
    for i in range(count * 20):
        rng = random.Random(f"{seed}-{i}")
        session = Session(rng, maker.draw_sources(rng, 2))
        session.begin()
        for _ in range(6):
            session.step()
        rng.choice((session.edit_rename, session.say_name))()
        rng.choice((session.ask, session.small_talk))()
        parts = fim.after_session(rng, session)
        name = session.renamed.new if session.renamed else session.called
        if not parts or len(parts) != 4 or not name or name not in parts[2] or name in parts[1] + parts[3]:
            continue
        both = [completion_case(maker, rng, before, parts, kind)
                for before, kind in ((session.events, "with session"), ([], "without session"))]
        if len(both[0]["tokens"]) <= LONGEST_PROMPT:
            cases += [{**case, "name": name} for case in both]
        if len(cases) >= 2 * count:
            break
    return cases


def judge(case: dict, output: list, processor) -> None:
    """Adds reply, stopped, right and, for named cases, named."""
    case["reply"] = processor.decode([t for t in output if t >= T.FIRST_ORDINARY])
    case["stopped"] = bool(output) and output[-1] in (T.END, T.EOS)
    if case["kind"] in COMPLETIONS:
        lines = [text.split("\n")[0] for text in (case["reply"], case["answer"])]
        case["right"], case["similarity"] = lines[0] == lines[1], similarity(*lines)
        case["named"] = case.get("name", "\0") in case["reply"]
    else:
        case["right"] = case["stopped"] and case["reply"] == case["answer"]


def similarity(one: str, other: str) -> float:
    """1 less the edit distance in parts of the longer text."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return 1 - row[-1] / max(len(one), len(other), 1)


def train_ngram(processor) -> Ngram:
    return Ngram(np.array([i for text in load_sources("train")[1] for i in [*processor.encode(text), T.EOS]], dtype=np.uint16))


def with_ngram(ngram: Ngram, cases: list, processor) -> list:
    """The same completions by the 5-gram model with copy."""
    newline, judged = processor.piece_to_id("<0x0A>"), []
    for case in cases:
        case = dict(case)
        judge(case, [*ngram.line(case["elsewhere"], processor.encode(case["question"]), newline), T.EOS], processor)
        judged.append(case)
    return judged


def share(cases: list, key: str = "right") -> str:
    percent = 100 * sum(bool(c[key]) for c in cases) / max(1, len(cases))
    return f"{percent:.{int(0 < percent < 10)}f} % of {len(cases)}"


def report(name: str, cases: list, verbose: bool) -> None:
    print(f"\n{name}: right {share(cases)}, stopped by itself {share(cases, 'stopped')}")
    for kind in dict.fromkeys(c["kind"] for c in cases):
        of_kind = [c for c in cases if c["kind"] == kind]
        detail = f", name used {share(of_kind, 'named')}" if "name" in of_kind[0] else ""
        if "similarity" in of_kind[0]:
            detail += f", edit similarity {100 * sum(c['similarity'] for c in of_kind) / len(of_kind):.0f} %"
        print(f"  {kind}: {share(of_kind)}{detail}")
    for low, high in zip(DISTANCES, DISTANCES[1:]):
        near = [c for c in cases if low <= c.get("distance", -1) < high]
        if near:
            print(f"  answer {low} to {high} tokens back: {share(near)}")
    for c in cases if verbose else []:
        if not c["right"]:
            print(f"    [{c['kind']}] {c['question'][-100:]!r}\n      wanted {c['answer']!r}\n      got    {c['reply']!r}")


def print_samples(groups: dict, count: int) -> None:
    print("\n### Completions (the first lines of the evaluation, unselected; `⟨…⟩` is the model's)\n")
    for c in groups["completion"][:count]:
        tail = "\n".join(c["question"].split("\n")[-4:])
        print(f"```ts\n{tail}⟨{c['reply']}⟩{c['suffix'][:60].split(chr(10))[0]}\n```\nIn the file: `{c['answer'].strip()}`\n")
    print("\n### Chat (the first of each kind in new wordings, unselected)\n")
    print("| question | reply | expected |\n| --- | --- | --- |")
    talk = groups["talk, new wordings"]
    chats = groups["recall, new wordings"][:count // 2] + groups["not in the window, new wordings"][:count // 4] + talk[::max(1, len(talk) // max(1, count - count // 2 - count // 4))]
    for c in chats[:count]:
        cells = (c["question"], c["reply"], "the same" if c["right"] else c["answer"])
        print("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=150, help="of each kind of recall; three times as many lines are completed, two thirds as many with a session")
    parser.add_argument("--verbose", action="store_true", help="print every case that is not right")
    parser.add_argument("--no-ngram", action="store_true", help="leave out the 5-gram model (half a minute)")
    parser.add_argument("--only", default="", metavar="BEGINNING", help="only what begins so, such as 'recall, trained'")
    parser.add_argument("--samples", type=int, default=0, help="print so many of completions and chat (not together with --only)")
    a = parser.parse_args()
    if a.only and a.samples:
        parser.error("--samples are of all that is evaluated; leave --only out")
    processor = T.load()
    maker = RowMaker(processor, load_sources("heldout")[0], 1025)
    makers = {"recall, trained wordings": lambda: recall_cases(maker, a.cases, W.ASK, "recall"),
              "recall, far back": lambda: recall_cases(maker, a.cases, W.ASK, "recall-far", FAR_BACK),
              "recall, new wordings": lambda: recall_cases(maker, a.cases, W.HELDOUT, "recall-new"),
              "not in the window, trained wordings": lambda: unseen_cases(maker, a.cases // 2, W.ASK, "unseen"),
              "not in the window, new wordings": lambda: unseen_cases(maker, a.cases // 2, W.HELDOUT, "unseen-new"),
              "talk, new wordings": lambda: talk_cases(maker, "talk"),
              "talk about attached code": lambda: attached_cases(maker, a.cases // 3, "attached"),
              "completion": lambda: line_cases(maker, 3 * a.cases, "line"),
              "completion with a name of the session": lambda: named_cases(maker, a.cases * 2 // 3, "named")}
    groups = {name: make() for name, make in makers.items() if name.startswith(a.only)}
    if not groups:
        parser.error(f"--only {a.only!r} begins none of: {', '.join(makers)}")
    first = [T.SINK] if "sink" in a.model.name else []
    jobs = [{"tokens": first + c["tokens"], "limit": 60, "stop": [T.EOS, T.END]} for cases in groups.values() for c in cases]
    outputs = run_llama(a.model, generate=jobs)["generated"]
    ngram = None if a.no_ngram or not any(name.startswith("completion") for name in groups) else train_ngram(processor)
    for name, cases in groups.items():
        for case in cases:
            judge(case, outputs.pop(0), processor)
        report(name, cases, a.verbose)
        if ngram and cases[0]["kind"] in COMPLETIONS:
            report(f"{name}, by a 5-gram model with copy", with_ngram(ngram, cases, processor), False)
    if a.samples:
        print_samples(groups, a.samples)
