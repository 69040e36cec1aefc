"""Fill-in-the-middle samples in the form of a completion branch (docs/stream-format.md)."""
import random
import re

from .code import Source
from .facts import Rename, whole_word
from .generator import Session

DECLARATION = re.compile(r"\s*(?:export\s+)?(?:const|let|var|(?:async )?function)\s+[A-Za-z_$][\w$]{2,}\b")
NODE_SHARE = 0.18  # of the plain completions: 40 % of those that are not of one line
MOST_PREFIX, MOST_MIDDLE, MOST_SUFFIX = 1600, 500, 700
STATEMENTS = ("return {};", "if (count > {}) {{", "const limit = {};", "console.log({});", "let current = {};", "setTimeout(run, {});",
              "return value === {};", "while (i < {}) {{")


def cut(rng: random.Random, lines: list, at: int = None, length: int = None) -> tuple:
    """(prefix, middle, suffix) of a file's lines: the prefix ends at the start of line `at`."""
    if at is None:
        candidates = [i for i in range(1, len(lines)) if lines[i].strip()]
        if not candidates:
            return None
        at = rng.choice(candidates)
        if sum(c.isalpha() for c in lines[at]) < 4 and rng.random() < 0.8:  # few lines such as "});"
            at = rng.choice(candidates)
    if length is None:
        roll = rng.random()
        if roll < 0.55:
            length = 1
        elif roll < 0.75:
            length = rng.choice((2, 3))
        else:  # to the end of the block
            indent = len(lines[at]) - len(lines[at].lstrip())
            length = 1
            while length < 8 and at + length < len(lines):
                line = lines[at + length]
                if line.strip() and len(line) - len(line.lstrip()) < indent:
                    break
                length += 1
                if line.strip() in ("}", "};", "});") and len(line) - len(line.lstrip()) == indent:
                    break
    length = min(length, len(lines) - at)
    while length > 1 and not lines[at + length - 1].strip():  # a blank line belongs to the suffix
        length -= 1
    middle = "\n".join(lines[at:at + length])
    before = rng.choice((4, 8, 12, 20, 30))
    after = rng.choice((0, 2, 4, 8, 12))
    prefix = "".join(line + "\n" for line in lines[max(0, at - before):at])
    rest = lines[at + length:at + length + after]
    suffix = "\n" + "\n".join(rest) if rest or rng.random() < 0.5 else ""
    if rng.random() < 0.15 and length == 1 and len(middle.strip()) > 8:  # the cursor stands inside the line
        split = rng.randrange(len(middle) - len(middle.lstrip()) + 3, len(middle))
        middle, suffix = middle[:split], middle[split:] + suffix
    if len(prefix) > MOST_PREFIX or len(middle) > MOST_MIDDLE or len(suffix) > MOST_SUFFIX:
        prefix = prefix[-MOST_PREFIX:][prefix[-MOST_PREFIX:].find("\n") + 1:] if len(prefix) > MOST_PREFIX else prefix
        suffix = suffix[:MOST_SUFFIX]
        suffix = suffix[:suffix.rfind("\n")] if "\n" in suffix[1:] else suffix
        if len(middle) > MOST_MIDDLE:
            return None
    return prefix, middle, suffix


def cut_node(rng: random.Random, source: Source) -> tuple:
    """(prefix, middle, suffix, typed): the middle ends with a syntax node, and what stands before it on its line has been typed."""
    text = "\n".join(source.lines)
    start, end = rng.choice(source.cuts)
    line = text.rfind("\n", 0, start) + 1
    prefix, middle, suffix = text[:line], text[line:end], text[end:]
    if len(middle) > MOST_MIDDLE:
        return None
    prefix = "".join(prefix.splitlines(keepends=True)[-rng.choice((4, 8, 12, 20, 30)):])
    if len(prefix) > MOST_PREFIX:
        prefix = prefix[-MOST_PREFIX:][prefix[-MOST_PREFIX:].find("\n") + 1:]
    suffix = "\n".join(suffix.split("\n")[:rng.choice((1, 2, 4, 8, 12))])
    if len(suffix) > MOST_SUFFIX:
        suffix = suffix[:suffix.rfind("\n", 0, MOST_SUFFIX)] if "\n" in suffix[:MOST_SUFFIX] else suffix[:MOST_SUFFIX]
    return prefix, middle, suffix, start - line


def plain(rng: random.Random, source: Source) -> tuple:
    """(path, prefix, middle, suffix[, typed]) from a real file, or None."""
    parts = cut_node(rng, source) if source.cuts and rng.random() < NODE_SHARE else cut(rng, source.lines)
    return (source.path, *parts) if parts else None


def _replace(lines: list, old: str, new: str) -> list:
    return [re.sub(whole_word(old), new, line) for line in lines]


def after_rename(rng: random.Random, rename: Rename) -> tuple:
    """A real line of the function that uses the renamed local, under its new name."""
    lines, symbol = rename.source.lines, rename.symbol
    lines = lines[:symbol.line] + _replace(lines[symbol.line:symbol.end], rename.old, rename.new) + lines[symbol.end:]
    parts = cut(rng, lines, rename.use, rng.choice((1, 1, 2)))
    return (rename.source.path, *parts) if parts else None


def after_naming(rng: random.Random, session: Session) -> tuple:
    """A real declaration, under the name that the person chose in the talk; () if no file has one that fits."""
    for source in rng.sample(session.sources, len(session.sources)):
        found = [i for i, line in enumerate(source.lines) if i > 2 and len(line) < 110 and DECLARATION.match(line)]
        if not found:
            continue
        at = rng.choice(found)
        old = re.search(r"(?:const|let|var|function)\s+([A-Za-z_$][\w$]*)", source.lines[at]).group(1)
        lines = source.lines[:at] + _replace(source.lines[at:at + 40], old, session.called) + source.lines[at + 40:]
        parts = cut(rng, lines, at, rng.choice((1, 1, 2)))
        if not parts:
            return None
        prefix, middle, suffix = parts
        if rng.random() < 0.5:  # hide later uses, so that the name can come from the talk only
            suffix = suffix.split(session.called)[0]
            suffix = suffix[:suffix.rfind("\n")] if "\n" in suffix else ""
        return source.path, prefix, middle, suffix
    return ()


def after_value(rng: random.Random, session: Session, name: str) -> tuple:
    """A made-up statement that uses a named value of an edit; the last item is how much of it has been typed."""
    source = next((s for s in session.sources if s.path == session.where.get(name)), None)
    if source is None:
        return None
    at = rng.randrange(len(source.lines))
    indent = re.match(r"\s*", source.lines[at]).group()
    form = session.forms.get(name, "")
    used = f"this.{name}" if form.startswith(("this.", "readonly", "{n} =")) else f"options.{name}" if form.startswith("{n}:") else name
    made = rng.choice(STATEMENTS).format(used)
    prefix = "".join(line + "\n" for line in source.lines[max(0, at - rng.choice((2, 5, 10))):at])[-900:]
    prefix = prefix[prefix.find("\n") + 1:] if len(prefix) >= 900 else prefix
    return source.path, prefix, indent + made, "", len(indent + made[:made.index(used)])


def after_session(rng: random.Random, session: Session) -> tuple:
    """(path, prefix, middle, suffix[, typed]) of a completion that the session bears on; None if there is none."""
    if session.renamed and rng.random() < 0.7:
        return after_rename(rng, session.renamed)
    if session.called:
        parts = after_naming(rng, session)
        if parts != ():
            return parts
    named = [n for n in session.values if n not in session.ambiguous]
    if named and rng.random() < 0.8:
        return after_value(rng, session, named[-1])
    return None
