"""Sessions: the form of their events, answers that can be read off the window, honest ones where they cannot, determinism."""
import os
import random
import re
import subprocess
import sys
import unittest

from ..pack import KINDS
from ..paths import REPO
from ..sessions import wording as W
from ..sessions.bound import BoundSession
from ..sessions.crowded import CrowdedSession
from ..sessions.dense import DenseSession
from ..sessions.drilled import DrilledSession
from ..sessions.generator import Session
from ..sessions.holder import holder
from ..sessions.names import names_alike
from ..sessions.phrasing import expand, phrase, plain
from ..sessions.questions import last_word, listing
from ..sessions.quizzed import QuizzedSession
from ..sessions.streamed import StreamedSession
from .samples import SOURCES, session

FILE_EVENT = re.compile(r"saved|deleted|renamed from \S+|\+error in line \d+: .+|-error: .+")
EDIT_KINDS = ("last_change", "last_file", "change_before", "function_in_file", "added_line", "removed_line")
DIGEST = """
import hashlib, random
from training.test.samples import SOURCES, session
from training.test.test_sessions import bound, crowded, dense, drilled, quizzed, streamed
print(hashlib.sha256(repr([make(n).events for make in (session, dense, crowded, quizzed, streamed, drilled, bound) for n in range(20)]).encode()).hexdigest())
"""


def dense(seed: int, steps: int = 60) -> DenseSession:
    s = DenseSession(random.Random(seed), SOURCES)
    for _ in range(steps):
        s.next()
    return s


def crowded(seed: int, steps: int = 60) -> CrowdedSession:
    s = CrowdedSession(random.Random(seed), SOURCES[:1])
    for _ in range(steps):
        s.next()
    return s


def quizzed(seed: int, steps: int = 60) -> QuizzedSession:
    s = QuizzedSession(random.Random(seed), SOURCES)
    for _ in range(steps):
        s.next()
    return s


def streamed(seed: int, steps: int = 60) -> StreamedSession:
    s = StreamedSession(random.Random(seed), SOURCES[:1], SOURCES[1:])
    for _ in range(steps):
        s.next()
    return s


def drilled(seed: int, steps: int = 60) -> DrilledSession:
    s = DrilledSession(random.Random(seed), SOURCES[:1], SOURCES[1:])
    for _ in range(steps):
        s.next()
    return s


def bound(seed: int, steps: int = 40) -> BoundSession:
    s = BoundSession(random.Random(seed))
    for _ in range(steps):
        s.next()
    return s


def fact_of(answer: str) -> str:
    """What of an answer must stand in the window."""
    if "`" in answer:
        return answer.split("`")[1]
    return answer.removesuffix(" and more.").rstrip(".)").split("(")[-1].split(" ")[-1].rstrip(",")


class Sessions(unittest.TestCase):
    def test_deterministic_by_seed(self):
        self.assertEqual(session(5).events, session(5).events)
        self.assertEqual(dense(5).events, dense(5).events)
        self.assertEqual(crowded(5).events, crowded(5).events)
        self.assertEqual(quizzed(5).events, quizzed(5).events)
        self.assertEqual(streamed(5).events, streamed(5).events)
        self.assertEqual(drilled(5).events, drilled(5).events)
        self.assertEqual(bound(5).events, bound(5).events)
        self.assertNotEqual(session(5).events, session(6).events)

    def test_the_same_in_every_process(self):
        digests = {subprocess.run([sys.executable, "-c", DIGEST], cwd=REPO, env={**os.environ, "PYTHONHASHSEED": seed},
                                  capture_output=True, text=True, check=True).stdout for seed in ("1", "2")}
        self.assertEqual(len(digests), 1)

    def test_events_have_the_form_of_the_stream(self):
        for s in [make(seed) for make in (session, dense, crowded, quizzed, streamed, drilled, bound) for seed in range(40)]:
            previous = None
            for kind, body in s.events:
                self.assertIn(kind, KINDS)
                self.assertNotIn("<|", body)
                if kind == "edit":
                    head, *diff = body.split("\n")
                    self.assertRegex(head, r"^[\w./-]+\.\w+( › \w+ [\w$#]+)*$")
                    if not FILE_EVENT.fullmatch("\n".join(diff)):
                        self.assertTrue(diff and all(line[:1] in "+- …" for line in diff), body)
                        self.assertTrue(any(line[:1] in "+-" for line in diff), body)
                if kind == "assistant":
                    self.assertEqual(previous, "user")
                previous = kind

    def test_answers_can_be_read_off_the_window(self):
        for s in [session(seed) for seed in range(60)] + [make(seed) for make in (dense, crowded, quizzed) for seed in range(30)]:
            for kind in W.ASK:
                shown = "\n".join(body for _, body in s.events)
                if s.ask(kind):
                    self.assertIn(fact_of(s.events[-1][1]), shown)

    def test_what_was_not_shown_is_said_to_be_unseen(self):
        asked = 0
        for seed in range(40):
            s = session(seed, seed)
            for kind in W.ASK:
                shown = "\n".join(body for _, body in s.events)
                if s.ask_unseen(kind):
                    asked += 1
                    what = re.fullmatch(r"I cannot see (.+) in my window\.", s.events[-1][1]).group(1)
                    if not what.startswith(("an ", "a ", "the ")):
                        self.assertNotIn(what, shown)
        self.assertGreater(asked, 200)

    def test_a_session_without_an_edit_says_that_it_sees_none(self):
        s = dense(0, 0)
        for kind in ("last_change", "last_file", "change_before"):
            self.assertFalse(s.ask(kind))
            self.assertTrue(s.ask_unseen(kind))
            self.assertEqual(s.events[-1], ("assistant", "I cannot see an edit in my window."))

    def test_dense_sessions_ask_every_kind_and_seldom_twice(self):
        asked, kinds, replies = 0, set(), []
        for seed in range(60):
            s = dense(seed)
            asked += len(s.asked)
            kinds |= {key[0] for key in s.asked}
            replies += [body for kind, body in s.events if kind == "assistant"]
        self.assertEqual(kinds, set(W.ASK))
        self.assertGreater(asked, 60 * 12)
        unseen = sum(reply.startswith("I cannot see") for reply in replies) / len(replies)
        self.assertTrue(0.08 < unseen < 0.25, unseen)

    def test_crowded_sessions_share_their_words_and_ask_about_what_lies_far_back(self):
        asked, far = 0, 0
        for seed in range(60):
            s = crowded(seed)
            parts = {w.lower() for name in s.values for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}
            self.assertLessEqual(parts, {w.lower() for w in s.words})
            told = [body for _, body in s.events]
            for i, (kind, body) in enumerate(s.events):
                if kind == "assistant" and body.startswith(("The value of", "You find")):
                    fact = fact_of(body)
                    holds = [j for j in range(i - 1) if s.events[j][0] not in ("user", "assistant") and fact in told[j]]
                    asked += 1
                    far += bool(holds) and i - holds[-1] >= 10
        self.assertGreater(asked, 300)
        self.assertGreater(far, asked * 0.75)  # of dense sessions 0.60

    def test_quizzed_sessions_are_of_the_files_as_they_are_and_ask_every_kind(self):
        kinds, paths = set(), {source.path for source in SOURCES}
        for seed in range(60):
            s = quizzed(seed)
            kinds |= {key[0] for key in s.asked}
            outlined = {body.split("\n")[0] for kind, body in s.events if kind == "file"}
            self.assertLessEqual(outlined, paths)
            self.assertGreater(len(s.asked), 10)
        self.assertEqual(kinds, set(W.ASK))

    def test_streamed_sessions_begin_in_the_midst_and_answer_from_what_is_kept(self):
        self.check_streamed(StreamedSession)

    def test_drilled_sessions_do_so_too_and_ask_for_the_file_of_a_name_more_than_for_all_else(self):
        self.check_streamed(DrilledSession)
        kinds = [key[0] for seed in range(60) for key in drilled(seed, 30).asked]
        self.assertGreater(kinds.count("where"), len(kinds) / 2)  # of streamed sessions 0.37
        self.assertGreater(len(kinds), 60 * 10)

    def test_bound_sessions_ask_once_for_the_file_of_each_name_and_more_than_one_file_could_be_it(self):
        answers, titled, far = 0, 0, 0
        for seed in range(60):
            s, told = bound(seed), []
            for at, (kind, body) in enumerate(s.events):
                if kind != "assistant":
                    continue
                name, path = re.fullmatch(r"You find (\S+) in (\S+)\.", body).groups()
                shown = [(i, text) for i, (what, text) in enumerate(s.events[:at]) if what in ("edit", "file") and re.search(rf"(?<![\w$]){name}(?![\w$])", text)]
                self.assertIn(path, {re.split(r" › |\n", text)[0] for _, text in shown})
                told.append(name)
                answers, titled, far = answers + 1, titled + (name in shown[0][1].split("\n")[0]), far + (at - shown[0][0] > 10)
            self.assertEqual(len(told), len(set(told)))
            self.assertGreater(len({re.split(r" › |\n", text)[0] for kind, text in s.events if kind in ("edit", "file")}), 1)
        self.assertGreater(answers, 60 * 15)
        self.assertGreater(titled, answers / 5)
        self.assertGreater(far, answers / 4)

    def check_streamed(self, make: type) -> None:
        cut, answers, far, gone = 0, 0, 0, 0
        for seed in range(60):
            s = make(random.Random(seed), SOURCES[:1], SOURCES[1:])
            for _ in range(60):
                at, ready = len(s.events), dict(s.asked)
                s.next()
                asked = [key for key, answer in s.asked.items() if ready.get(key) != answer]
                if not asked:
                    continue
                (kind, *named), told = asked[0], s.events[at + 1][1]
                subject = named[0] if named else ""
                if told.startswith("I cannot see"):
                    kept = s.events[s.first:at]
                    if " an edit " in told:
                        paths = [e.path for e in s.edits if s.first <= e.event < at]
                        self.assertFalse(subject in paths if subject else len(paths) > (" before that " in told), told)
                    else:
                        self.assertFalse([b for _, b in kept if subject in b], told)
                    gone += 1
                    continue
                words = fact_of(told)
                held = max(i for i, (what, body) in enumerate(s.events[:at])
                           if what != "assistant" and words in body and subject in body and (what == "edit" or kind not in EDIT_KINDS)
                           and (what == "file" or kind != "functions"))
                self.assertGreaterEqual(held, s.first, (kind, told))
                answers += 1
                far += sum(len(b) for _, b in s.events[held:at]) > 900
            cut += s.first > 0
            self.assertNotEqual(s.kept()[0][0], "assistant")
        self.assertGreater(cut, 25)
        self.assertGreater(answers, 500)
        self.assertGreater(far, answers * 0.2)
        self.assertGreater(gone, 10)

    def test_the_holder_is_the_event_that_answers_not_one_that_shares_its_words(self):
        s = Session(random.Random(1), SOURCES)
        path = SOURCES[0].path
        s._edit(path, [], ["+const limit = 3;"], [], ["const limit = 3;"])
        s.take_value("limit", path, "3")
        s.add("edit", f"{path}\nsaved")
        s.show_outline(SOURCES[0])
        s.talk("What is 3?", "The value of limit is 3.")
        for kind, fields, event in (("last_change", {}, 0), ("last_file", {}, 0), ("function_in_file", {"p": path}, 0), ("value", {"x": "limit"}, 0),
                                    ("added_line", {}, 0), ("functions", {"p": path}, 2), ("change_before", {}, -1), ("removed_line", {}, -1)):
            self.assertEqual(holder(s, s.events, kind, fields), event, kind)

    def test_names_that_are_alike_share_a_few_words(self):
        for seed in range(20):
            name = names_alike(random.Random(seed))
            drawn = {name(random.Random(f"{seed}-{i}")) for i in range(100)}
            parts = {w.lower() for n in drawn for w in re.findall(r"[A-Z]?[a-z]+", n)}
            self.assertTrue(4 <= len(parts) <= 12, parts)
            self.assertGreater(len(drawn), 2 * len(parts))

    def test_the_distance_of_an_answer_is_that_of_its_last_word(self):
        for answer, word in (("It has Cart, total, addItem and more.", "addItem"), ("The value of limit is 12.", "12"),
                             ("You added `return total;`.", "total;"), ("The parameters of add are (item, count).", "count")):
            self.assertEqual(last_word(answer), word)

    def test_listing(self):
        self.assertEqual([listing(list("abcd")[:n]) for n in (1, 2, 3, 4)], ["a", "a and b", "a, b and c", "a, b, c and more"])

    def test_heldout_wordings_are_not_trained_on(self):
        trained = {text for texts in W.ASK.values() for text in texts} | set(W.UNABLE + W.GREETINGS + W.WHO + W.CAN + W.THANKS)
        self.assertLessEqual(set(W.ASK), set(W.HELDOUT))
        for texts in W.HELDOUT.values():
            self.assertFalse(trained & set(texts))
        for kind, texts in W.ASK.items():
            rng, heldout = random.Random(kind), {plain(text) for text in W.HELDOUT[kind]}
            drawn = [phrase(rng, kind, texts, W.HELDOUT[kind]) for _ in range(4000)]
            self.assertFalse(heldout & {plain(text) for text in drawn}, kind)
            self.assertGreater(len(set(drawn)), 150, kind)  # varied
            self.assertFalse([text for text in drawn if set("[]|") & set(text) or "  " in text], kind)

    def test_a_pattern_is_expanded_from_within(self):
        drawn = {expand(random.Random(seed), "[a|b [c|d|]] e[?|]") for seed in range(200)}
        self.assertEqual(drawn, {f"{one} e{end}" for one in ("a", "b", "b c", "b d") for end in ("?", "")})


if __name__ == "__main__":
    unittest.main()
