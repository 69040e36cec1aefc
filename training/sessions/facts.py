"""What a session has shown so far, kept for the questions that its window can answer."""
import re
from dataclasses import dataclass, field

from .code import Source, Symbol

LONGEST_PARAMETERS = 60


@dataclass
class Edit:
    path: str
    symbols: list  # names of the enclosing symbols, outermost first
    removed: list = field(default_factory=list)  # lines, without indentation
    added: list = field(default_factory=list)
    words: str = ""  # what is said of it, where it is no change of lines
    event: int = -1  # which of the session's events tells of it

    def sentence(self) -> str:
        if self.words:
            return self.words
        return f"You changed {self.symbols[-1]} in {self.path}." if self.symbols else f"You changed {self.path}."


@dataclass
class Rename:
    """A local name was renamed where it is declared; a completion at line `use` of the function must use the new one."""
    source: Source
    old: str
    new: str
    use: int
    symbol: Symbol


def whole_word(name: str) -> str:
    return rf"(?<![\w.$]){re.escape(name)}\b"


class Facts:
    """What the window has shown so far."""

    def __init__(self):
        self.edits = []       # [Edit]
        self.values = {}      # name -> value now
        self.old_values = {}  # name -> value before the last change
        self.forms = {}       # name -> how its value stands in code
        self.where = {}       # name -> path
        self.ambiguous = set()  # names seen in more than one file: never asked about
        self.facts = {}       # noun -> value
        self.parameters = {}  # function -> parameter list
        self.docs = {}        # name -> first sentence of its comment
        self.bases = {}       # class -> base class
        self.contents = {}    # path -> names in its outline
        self.called = None    # the name that the person chose last
        self.renamed = None   # the last Rename

    def defined(self, name: str, path: str) -> None:
        if self.where.get(name, path) != path:
            self.ambiguous.add(name)
        self.where[name] = path

    def take_value(self, name: str, path: str, value: str, old: str = None) -> None:
        """old: the value before, if the edit shows it."""
        self.values[name] = value
        if old is not None:
            self.old_values[name] = old
        else:
            self.old_values.pop(name, None)
        self.defined(name, path)

    def take_parameters(self, name: str, parameters: str) -> None:
        if parameters and len(parameters) < LONGEST_PARAMETERS:
            self.parameters[name] = parameters
