"""Stage 6: what the exported model does in llama.cpp: recall in the stream, completions, chat in held-out wordings.

    python3 -m training.evaluate --model models/endless-sink.gguf [--sessions 150] [--samples models/samples.md]

Everything is made from held-out packages. Greedy decoding, through node-llama-cpp (llama_probe.mjs).
- recall: a session, then one question; exact match of the reply, by the distance in tokens from where the answer stands
  to the question, once in the trained wordings and once in wordings that were never trained on.
- unable, small talk: the share of replies that are exactly the trained one, in wordings never trained on.
- completion: exact match of the next line on held-out files, alone and after a session that introduced its name.
"""
import argparse
import json
import os
import random
import subprocess
import tempfile
from pathlib import Path

from . import tokenizer as T
from .pack import RowMaker, encode_event, encode_fim, load_sources
from .paths import REPO, work
from .sessions import fim, wording as W
from .sessions.generator import Session

LONGEST_PROMPT = 960
DISTANCES = (0, 100, 250, 500, 1000)  # tokens from the last event that holds the answer to the question


def run_llama(gguf: Path, **request) -> dict:
    """What llama_probe.mjs says of a model file."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(request, file)
        file.flush()
        done = subprocess.run(["node", str(REPO / "training" / "llama_probe.mjs"), str(gguf), file.name], capture_output=True, text=True,
                              env={**os.environ})
    if done.returncode:
        raise RuntimeError(f"llama_probe.mjs failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def session_with_question(maker: RowMaker, rng: random.Random, kind: str, length: int, wordings: dict) -> dict:
    """A session of about `length` tokens that ends in a question of the kind: {tokens, question, answer}, or None."""
    session = Session(rng, maker._sources(rng, rng.choice((1, 2, 2))))
    row, done = list(maker.system), 0
    session.begin()
    for _ in range(300):
        for event in session.events[done:]:
            row += encode_event(maker.processor, *event)
        done = len(session.events)
        if len(row) > length:
            break
        session.step()
    before = len(session.events)
    session.wordings = wordings
    if not session.ask(kind) or len(session.events) != before + 2:
        return None
    (_, asked), (_, answer) = session.events[before:]
    row += encode_event(maker.processor, "user", asked) + [T.ASSISTANT]
    if len(row) > LONGEST_PROMPT:
        return None
    fact = answer.rstrip(".`)").split("(")[-1].split(" ")[-1]
    holds = [i for i, (_, body) in enumerate(session.events[:before]) if fact in body]
    since = session.events[holds[-1]:before] if holds else session.events[:before]
    distance = sum(len(encode_event(maker.processor, *event)) for event in since)
    return {"tokens": row, "question": asked, "answer": answer, "kind": kind, "distance": distance}


def recall_cases(maker, count: int, wordings: dict, seed: str) -> list:
    cases, kinds = [], [k for k in wordings if k in W.ASK]
    for i in range(count * 6):
        if len(cases) == count:
            break
        rng = random.Random(f"{seed}-{i}")
        case = session_with_question(maker, rng, kinds[i % len(kinds)], rng.choice((150, 300, 500, 700, 850)), wordings)
        if case:
            cases.append(case)
    return cases


def talk_cases(maker, seed: str) -> list:
    """Small talk and requests beyond the model, in held-out wordings, at the start and in the middle of sessions."""
    cases = []
    replies = {"greeting": W.GREETING_REPLIES[0], "who": W.WHO_REPLY, "can": W.CAN_REPLY, "thanks": W.THANKS_REPLY}
    for i, (kind, texts) in enumerate((k, W.HELDOUT[k]) for k in ("greeting", "who", "can", "thanks", "unable")):
        for j, text in enumerate(texts):
            for length in (0, 400):
                rng = random.Random(f"{seed}-{kind}-{j}-{length}")
                session = Session(rng, maker._sources(rng, 1))
                while length and sum(len(body) for _, body in session.events) < length * 3:
                    session.step()
                asked = text.format(f=rng.choice(["total", "parseHeader"]), p=session.sources[0].path)
                row = list(maker.system)
                for event in session.events + [("user", asked)]:
                    row += encode_event(maker.processor, *event)
                cases.append({"tokens": row[-LONGEST_PROMPT:] + [T.ASSISTANT], "question": asked, "answer": replies.get(kind, W.UNABLE_REPLY), "kind": kind})
    return cases


def completion_cases(maker, count: int, seed: str) -> list:
    """Next-line completions: plain ones, and ones that use a name that an edit or a message introduced (with and without that session)."""
    cases = []
    for i in range(count * 10):
        rng = random.Random(f"{seed}-{i}")
        if len([c for c in cases if c["kind"] == "line"]) < count:
            source = maker._sources(rng, 1)[0]
            lines = [n for n in range(3, len(source.lines)) if len(source.lines[n].strip()) > 5]
            parts = fim.cut(rng, source.lines, rng.choice(lines), 1) if lines else None
            if parts:
                branch = encode_fim(maker.processor, rng, source.path, *parts, typed=0)
                cases.append({"tokens": maker.system + branch[:branch.index(T.FIM_MIDDLE) + 1], "answer": parts[1], "kind": "line", "question": parts[0][-200:]})
        session = Session(rng, maker._sources(rng, 2))
        session.begin()
        for _ in range(6):
            session.step()
        rng.choice((session.edit_rename, session.say_name))()
        rng.choice((session.ask, session.small_talk))()
        parts = fim.after_session(rng, session)
        name = session.renamed.new if session.renamed else session.called
        if parts and len(parts) == 4 and name and name in parts[2] and name not in parts[1] + parts[3] and len([c for c in cases if c["kind"] == "with session"]) < count:
            branch = encode_fim(maker.processor, rng, *parts, typed=0)
            head = branch[:branch.index(T.FIM_MIDDLE) + 1]
            row = list(maker.system)
            for event in session.events:
                row += encode_event(maker.processor, *event)
            if len(row) + len(head) < 960:
                for kind, tokens in (("with session", row + head), ("without session", maker.system + head)):
                    cases.append({"tokens": tokens, "answer": parts[2], "kind": kind, "name": name, "question": parts[1][-200:]})
    return cases


def score(cases: list, outputs: list, processor) -> None:
    for case, tokens in zip(cases, outputs):
        stopped = bool(tokens) and tokens[-1] in (T.END, T.EOS)
        case["reply"] = processor.decode([t for t in tokens if t >= T.FIRST_ORDINARY])
        case["stopped"], case["right"] = stopped, stopped and case["reply"] == case["answer"]
        if "name" in case:
            case["named"] = case["name"] in case["reply"]
        if case["kind"] in ("line", "with session", "without session"):
            case["right"] = case["reply"].split("\n")[0] == case["answer"].split("\n")[0]


def share(cases: list, key: str = "right") -> str:
    return f"{100 * sum(bool(c[key]) for c in cases) / max(1, len(cases)):.0f} % of {len(cases)}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--sessions", type=int, default=150)
    parser.add_argument("--samples", type=Path, help="write unselected samples (Markdown) here")
    parser.add_argument("--verbose", action="store_true")
    a = parser.parse_args()
    processor = T.load()
    maker = RowMaker(processor, load_sources("heldout")[0], 1025)
    prefix = [T.SINK] if "sink" in a.model.name else []
    groups = {"recall, trained wordings": recall_cases(maker, a.sessions, W.ASK, "recall"), "recall, new wordings": recall_cases(maker, a.sessions, W.HELDOUT, "recall-new"),
              "talk, new wordings": talk_cases(maker, "talk"), "completion": completion_cases(maker, a.sessions // 2, "completion")}
    jobs = [{"tokens": prefix + c["tokens"], "limit": 60, "stop": [T.EOS, T.END]} for cases in groups.values() for c in cases]
    result = run_llama(a.model, generate=jobs)
    outputs = result["generated"]
    for name, cases in groups.items():
        score(cases, outputs[:len(cases)], processor)
        outputs = outputs[len(cases):]
        print(f"\n{name}: right {share(cases)}, stopped {share(cases, 'stopped')}")
        for kind in sorted({c["kind"] for c in cases}):
            of_kind = [c for c in cases if c["kind"] == kind]
            print(f"  {kind}: {share(of_kind)}" + (f", name used {share(of_kind, 'named')}" if "named" in of_kind[0] else ""))
        for low, high in zip(DISTANCES, DISTANCES[1:]):
            near = [c for c in cases if low <= c.get("distance", -1) < high]
            if near:
                print(f"  answer {low} to {high} tokens back: {share(near)}")
        if a.verbose:
            for c in cases:
                if not c["right"]:
                    print(f"    [{c['kind']}] {c['question'][-100:]!r}\n      wanted {c['answer']!r}\n      got    {c['reply']!r}")
