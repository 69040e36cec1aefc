"""Which event of a session answers a question that its window can answer."""
from .facts import Facts

SAID = ("user", "memory", "recall")
TOLD = ("edit", "file")


def holder(session: Facts, events: list, kind: str, fields: dict) -> int:
    """Index of the last event that answers it, other replies aside; -1 if none does. kind, fields: as questions() has them."""
    if kind in ("last_change", "last_file", "change_before", "function_in_file", "added_line", "removed_line"):
        return _edit_of(session, kind, fields.get("p"))
    name, path, noun = fields.get("x"), fields.get("p"), fields.get("n")
    for i in range(len(events) - 1, -1, -1):
        if _answers(session, *events[i], kind, name, path, noun):
            return i
    return -1


def _edit_of(session: Facts, kind: str, path: str) -> int:
    edits = session.edits
    if kind == "change_before":
        return edits[-2].event if len(edits) > 1 else -1
    if kind == "function_in_file":
        edits = [e for e in edits if e.path == path]
    elif kind == "added_line":
        edits = [e for e in edits if e.added]
    elif kind == "removed_line":
        edits = [e for e in edits if e.removed]
    return edits[-1].event if edits else -1


def _answers(session: Facts, what: str, body: str, kind: str, name: str, path: str, noun: str) -> bool:
    if kind == "fact":
        return what in SAID and noun in body and session.facts[noun] in body
    if kind == "name":
        return what == "user" and session.called in body
    if kind == "functions":
        return what == "file" and body.split("\n")[0] == path
    if what not in TOLD or name not in body:
        return False
    head, *lines = body.split("\n")
    if kind == "where":
        return head.split(" › ")[0] == session.where[name]
    if kind == "doc":
        return session.docs[name] in body
    parts = {"value": ("+", lambda: str(session.values[name])), "value_in_file": ("+", lambda: str(session.values[name])),
             "old_value": ("-", lambda: str(session.old_values[name])), "parameters": ("", lambda: f"({session.parameters[name]})"),
             "extends": ("", lambda: f"extends {session.bases[name]}")}
    begins, words = parts[kind]
    return any(line.startswith(begins) and name in line and words() in line for line in lines)
