"""What the generator needs to know about a source file. The corpus builder found it with tree-sitter (training/corpus/)."""
import re
from dataclasses import dataclass, field, replace

@dataclass
class Symbol:
    """The same as CodeSymbol of training/corpus/symbols.ts, which writes it."""
    kind: str        # class, interface, function or method
    name: str
    line: int        # of its first line
    end: int         # of the line after its last
    indent: int      # columns
    signature: str   # the first line, cut before the body
    parameters: str
    doc: str         # first sentence of the doc comment, or ""


@dataclass
class Source:
    path: str
    lines: list
    imports: list = field(default_factory=list)
    symbols: list = field(default_factory=list)
    cuts: list = field(default_factory=list)  # (start, end) of syntax nodes in the joined lines, for fill-in-the-middle

    def enclosing(self, line: int) -> list:
        """The symbols around a line, outermost first."""
        return [s for s in self.symbols if s.line <= line < s.end]


def workspace_path(path: str) -> str:
    """A package's path as it would look in a workspace."""
    return re.sub(r"^(?:lib|dist|esm|es|es6|source|modules?)/(?:esm/|src/|es/)?", "src/", path)


def from_row(row: dict) -> Source:
    """The source that a line of files.jsonl tells."""
    return Source(workspace_path(row["path"]), row["text"].split("\n"), row["imports"], [Symbol(**s) for s in row["symbols"]],
                  [tuple(cut) for cut in row["cuts"]])


def renamed(source: Source, path: str, names: dict) -> Source:
    """The source under another path, with other names (old -> new) wherever they stand as a whole. Without its cuts: their places are those of the
    old text."""
    if not names:
        return Source(path, source.lines, source.imports, source.symbols)
    pattern = re.compile(r"(?<![\w$])(?:" + "|".join(map(re.escape, names)) + r")(?![\w$])")

    def other(text: str) -> str:
        return pattern.sub(lambda found: names[found.group()], text)

    symbols = [replace(s, **{key: other(getattr(s, key)) for key in ("name", "signature", "parameters", "doc")}) for s in source.symbols]
    return Source(path, [other(line) for line in source.lines], [other(line) for line in source.imports], symbols)


def outline(source: Source, limit: int, first: int = 0) -> tuple:
    """(text, symbols shown): imports and signatures, a space before each and two more a level, at most limit lines. With the space
    a name has the same tokens here as in a question."""
    out, shown, open_symbols = [], [], []
    if first == 0:
        out += [" " + line for line in source.imports[:4]]
    for s in source.symbols[first:]:
        if len(out) >= limit:
            break
        if len(s.signature) > 90 or s.indent > 8:
            continue
        while open_symbols and s.line >= open_symbols[-1].end:
            open_symbols.pop()
        if open_symbols and open_symbols[-1].kind in ("function", "method"):
            continue
        out.append(" " + "  " * min(3, len(open_symbols)) + re.sub(r"^(?:export\s+)?(?:default\s+)?", "", s.signature))
        shown.append(s)
        open_symbols.append(s)
    return "\n".join(out), shown


def chain(symbols: list) -> str:
    """' › class Cart › method total', or '' at top level."""
    return "".join(f" › {s.kind} {s.name}" for s in symbols[:3])
