"""What the generator needs to know about a source file, found with regular expressions and indentation."""
import re
from dataclasses import dataclass, field

_MODIFIERS = r"(?:(?:export|default|declare|abstract|public|private|protected|static|readonly|override|async)\s+)*"
_CLASS = re.compile(rf"^(\s*){_MODIFIERS}class\s+([A-Za-z_$][\w$]*)")
_INTERFACE = re.compile(rf"^(\s*){_MODIFIERS}interface\s+([A-Za-z_$][\w$]*)")
_FUNCTION = re.compile(rf"^(\s*){_MODIFIERS}function\s*\*?\s*([A-Za-z_$][\w$]*)\s*(?:<[^>]*>)?\(([^()]*(?:\([^()]*\)[^()]*)*)\)?")
_ARROW = re.compile(rf"^(\s*){_MODIFIERS}(?:const|let|var)\s+([A-Za-z_$][\w$]*)[^=]*=\s*(?:async\s*)?(?:<[^>]*>)?"
                    r"(?:\(([^()]*)\)|[A-Za-z_$][\w$]*)(?:\s*:\s*[^=]+)?\s*=>")
_METHOD = re.compile(rf"^(\s+){_MODIFIERS}(?:get\s+|set\s+|\*\s*)?([A-Za-z_$#][\w$]*)\s*(?:<[^>]*>)?"
                     r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*(?::\s*[^{;]+)?\{\s*$")
_PATTERNS = (("class", _CLASS), ("interface", _INTERFACE), ("function", _FUNCTION), ("function", _ARROW), ("method", _METHOD))
_IMPORT = re.compile(r"^import\s.+from\s+['\"][^'\"]+['\"];?$")
_KEYWORDS = {"if", "for", "while", "switch", "catch", "function", "return", "constructor", "super", "do", "else", "with", "new"}


@dataclass
class Symbol:
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

    def enclosing(self, line: int) -> list:
        """The symbols around a line, outermost first."""
        return [s for s in self.symbols if s.line <= line < s.end]


def workspace_path(path: str) -> str:
    """A package's path as it would look in a workspace."""
    return re.sub(r"^(?:lib|dist|esm|es|es6|source|modules?)/(?:esm/|src/|es/)?", "src/", path)


def _indent(line: str) -> int:
    text = line.expandtabs(4)
    return len(text) - len(text.lstrip(" "))


def _end_of(lines: list, start: int, indent: int) -> int:
    for i in range(start + 1, len(lines)):
        text = lines[i].strip()
        if text and _indent(lines[i]) <= indent:
            return i + 1 if text[0] in "})]" else i if i > start + 1 else start + 1
    return len(lines)


def _doc_above(lines: list, start: int) -> str:
    """First sentence of the /** */ comment that ends on the line above."""
    if start == 0 or not lines[start - 1].rstrip().endswith("*/"):
        return ""
    words = []
    for i in range(start - 1, max(-1, start - 30), -1):
        text = lines[i].strip()
        opened = text.startswith("/**")
        text = re.sub(r"^/?\*+/?|\*+/$", "", text).strip()
        words.insert(0, text)
        if opened:
            body = " ".join(w for w in words if w)
            first = re.split(r"(?<=[.!?])\s|\s@|\n|^@", body)[0].strip()
            return first if 12 <= len(first) <= 110 and first[0].isupper() and not set("{@*") & set(first) else ""
    return ""


def parse(path: str, text: str) -> Source:
    lines = text.split("\n")
    source = Source(workspace_path(path), lines)
    for i, line in enumerate(lines):
        if len(line) > 160 or not line.strip():
            continue
        if _IMPORT.match(line):
            if len(line) < 100:
                source.imports.append(line.rstrip(";"))
            continue
        for kind, pattern in _PATTERNS:
            match = pattern.match(line)
            if not match or match.group(2) in _KEYWORDS or len(match.group(2)) < 3:
                continue
            indent = _indent(line)
            around = [s for s in source.symbols[-40:] if s.kind in ("class", "interface") and s.indent < indent and i < s.end]
            if kind == "method" and not around:
                break
            signature = re.sub(r"\s*(?:\{|=>.*)$", "", line.strip()).rstrip("{ ;")
            parameters = match.group(3) if match.lastindex and match.lastindex >= 3 and match.group(3) else ""
            source.symbols.append(Symbol(kind, match.group(2), i, _end_of(lines, i, indent), indent, signature, parameters.strip(),
                                         _doc_above(lines, i)))
            break
    return source


def outline(source: Source, limit: int, first: int = 0) -> tuple:
    """(text, symbols shown): imports and signatures, two spaces a level, at most limit lines."""
    out, shown, open_symbols = [], [], []
    if first == 0:
        out += source.imports[:4]
    for s in source.symbols[first:]:
        if len(out) >= limit:
            break
        if len(s.signature) > 90 or s.indent > 8:
            continue
        while open_symbols and s.line >= open_symbols[-1].end:
            open_symbols.pop()
        if open_symbols and open_symbols[-1].kind in ("function", "method"):
            continue
        out.append("  " * min(3, len(open_symbols)) + re.sub(r"^(?:export\s+)?(?:default\s+)?", "", s.signature))
        shown.append(s)
        open_symbols.append(s)
    return "\n".join(out), shown


def chain(symbols: list) -> str:
    """' › class Cart › method total', or '' at top level."""
    return "".join(f" › {s.kind} {s.name}" for s in symbols[:3])
