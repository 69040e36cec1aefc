"""Stage 1: npm packages -> deduplicated source files, split by whole package.

    python3 -m training.corpus fetch    # npm pack of every pinned package in corpus/packages.json
    python3 -m training.corpus build    # -> WORK/corpus/files.jsonl

One line of files.jsonl: {"package", "path", "split": "train" | "heldout", "text"}.
The result depends only on the pinned packages and the seed.
"""
import argparse
import hashlib
import json
import re
import subprocess
import tarfile
from pathlib import Path

from .paths import work

PACKAGES = Path(__file__).parent / "corpus" / "packages.json"
ALLOWED_LICENCES = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "0BSD", "BlueOak-1.0.0"}
SOURCE_SUFFIXES = (".ts", ".tsx", ".mts", ".js", ".mjs", ".jsx")
PACKAGE_CAP_BYTES = 2_500_000  # so that no single package sets the style
FILE_CAP_BYTES = 300_000       # larger files are cut at a line and counted as one file
SKIPPED_FOLDERS = re.compile(
    r"/(?:node_modules|tests?|__tests__|spec|fixtures?|examples?|umd|min|locales?|i18n|nls|lang|langs|generated|bundles?"
    r"|vendor|legacy|_vendor)/", re.I)
SKIPPED_FILES = re.compile(
    r"\.min\.|\.(?:test|spec|bench)\.|\.(?:umd|cjs|iife|global)\.|-min\.js$|\.bundle\.|\.d\.mts$|\.d\.cts$|nls\.", re.I)
GENERATED = re.compile(r"@generated|auto-?generated|this file (?:is|was) (?:automatically )?generated|do not edit", re.I)
LICENCE_HEADER = re.compile(
    r"^\s*(?:/\*(?:[^*]|\*(?!/))*?(?:licen[cs]e|copyright|\(c\))(?:[^*]|\*(?!/))*?\*/"                 # block comment
    r"|(?://[^\n]*\n)*?//[^\n]*(?:licen[cs]e|copyright|\(c\))[^\n]*\n(?://[^\n]*\n)*)", re.I)  # line comments
SOURCE_MAP = re.compile(r"^\s*//[#@] sourceMappingURL=.*$", re.M)


def read_list() -> list:
    return json.loads(PACKAGES.read_text())["packages"]


def archive_name(name: str, version: str) -> str:
    return f"{name.replace('@', '').replace('/', '-')}-{version}.tgz"


def fetch() -> None:
    """Download every pinned package with npm; an archive that is there is kept."""
    folder = work("npm", "x").parent
    for entry in read_list():
        if not (folder / archive_name(entry["name"], entry["version"])).exists():
            subprocess.run(["npm", "pack", "--silent", f"{entry['name']}@{entry['version']}"], cwd=folder, check=True)


def licence_of(manifest: dict) -> str:
    licence = manifest.get("license") or (manifest.get("licenses") or [{}])[0]
    return licence.get("type", "") if isinstance(licence, dict) else str(licence)


def clean(text: str) -> str:
    """Licence header, source-map comment and trailing blanks removed; LF line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    for _ in range(3):
        text = LICENCE_HEADER.sub("", text[:8000], count=1) + text[8000:]
    text = SOURCE_MAP.sub("", text)
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def is_real_source(text: str) -> bool:
    """False for minified, generated, data-like or very short files."""
    lines = text.split("\n")
    if len(text) < 200 or len(lines) < 8 or GENERATED.search(text[:1500]):
        return False
    if max(map(len, lines)) > 600 or len(text) / len(lines) > 90:
        return False
    letters = sum(c.isalpha() or c in " \n" for c in text[:20000])
    return letters / min(len(text), 20000) > 0.6 and "\ufffd" not in text


def preferred(paths: list, sizes: dict) -> list:
    """Real TypeScript in src/ if the package ships it, else one of its readable builds, else all of it."""
    def total(chosen):
        return sum(sizes[p] for p in chosen)
    typed = [p for p in paths if "/src/" in p and p.endswith((".ts", ".tsx", ".mts")) and not p.endswith(".d.ts")]
    if total(typed) > 20_000:
        return typed
    for part in ("/src/", "/source/", "/esm/vs/", "/lib/esm/", "/esm/", "/es/", "/es6/", "/lib/", "/dist/"):
        chosen = [p for p in paths if part in p and not p.endswith(".d.ts")]
        if total(chosen) > 20_000:
            return chosen
    return [p for p in paths if not p.endswith(".d.ts")] or paths


def package_files(archive: Path) -> tuple:
    """(manifest, [(path, text)]) of one npm archive, in a fixed pseudo-random order, within the cap."""
    with tarfile.open(archive) as tar:
        members = {m.name.split("/", 1)[-1]: m for m in tar.getmembers() if m.isfile() and "/" in m.name}
        manifest = json.load(tar.extractfile(members["package.json"]))
        paths = [p for p in members if p.endswith(SOURCE_SUFFIXES)
                 and not SKIPPED_FOLDERS.search("/" + p) and not SKIPPED_FILES.search(p)]
        sizes = {p: members[p].size for p in paths}
        if manifest["name"] not in ("typescript", "@types/node"):
            paths = [p[1:] for p in preferred(["/" + p for p in paths], {"/" + p: s for p, s in sizes.items()})]
        paths.sort(key=lambda p: hashlib.sha256(f"{manifest['name']}/{p}".encode()).digest())
        files, used = [], 0
        for path in paths:
            if used > PACKAGE_CAP_BYTES:
                break
            text = tar.extractfile(members[path]).read().decode("utf-8", "replace")
            if len(text) > FILE_CAP_BYTES:
                middle = len(text) // 3 if len(text) > 4 * FILE_CAP_BYTES else 0
                text = text[middle:middle + FILE_CAP_BYTES * (6 if middle else 1)]
                text = text[text.find("\n") + 1:text.rfind("\n") + 1]
            text = clean(text)
            if is_real_source(text):
                files.append((path, text))
                used += len(text)
    return manifest, files


class Seen:
    """Drops exact and near duplicates: a file most of whose substantial lines have been seen before."""

    def __init__(self, share: float = 0.6):
        self.lines, self.share = set(), share

    def is_duplicate(self, text: str) -> bool:
        keys = {hash(s) for s in (line.strip() for line in text.split("\n")) if len(s) > 24}
        if not keys:
            return True
        duplicate = len(keys & self.lines) / len(keys) > self.share
        if not duplicate:
            self.lines |= keys
        return duplicate


def build() -> None:
    folder, out = work("npm", "x").parent, work("corpus", "files.jsonl")
    seen, totals = Seen(), {}
    packages = sorted(read_list(), key=lambda e: e.get("heldout", False))  # train first, so held-out files never repeat it
    with open(out, "w") as sink:
        for entry in packages:
            manifest, files = package_files(folder / archive_name(entry["name"], entry["version"]))
            licence = licence_of(manifest)
            assert licence in ALLOWED_LICENCES, f"{entry['name']}: licence {licence!r} is not on the list"
            assert licence == entry["licence"], f"{entry['name']}: licence {licence!r} differs from packages.json"
            split = "heldout" if entry.get("heldout") else "train"
            kept = 0
            for path, text in files:
                if seen.is_duplicate(text):
                    continue
                kept += len(text)
                sink.write(json.dumps({"package": entry["name"], "path": path, "split": split, "text": text}) + "\n")
            totals[split] = totals.get(split, 0) + kept
            print(f"{split:8}{kept / 1e6:7.2f} MB  {entry['name']}@{entry['version']} ({licence})", flush=True)
    print({split: f"{n / 1e6:.1f} MB" for split, n in totals.items()})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("fetch", "build"))
    {"fetch": fetch, "build": build}[parser.parse_args().what]()
