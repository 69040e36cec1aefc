"""Builds the C sources of this folder with gcc and loads them."""
import ctypes
import hashlib
import os
import subprocess
from pathlib import Path

from .paths import work


class Unsupported(RuntimeError):
    """This machine cannot run the kernels; use the plain PyTorch back end."""


def build(sources: tuple, flags: list, headers: tuple = ()) -> ctypes.CDLL:
    """Build sources of this folder into one library (named by the hash of all files: one in use is never overwritten) and load it.

    headers: all that the sources include from this folder, for the hash alone.
    """
    paths = [Path(__file__).with_name(name) for name in (*sources, *headers)]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths) + " ".join(flags).encode()).hexdigest()[:12]
    library = work("build", f"{paths[0].stem}-{digest}.so")
    if not library.exists():
        try:
            part = library.with_suffix(f".{os.getpid()}.tmp")
            subprocess.run(["gcc", *flags, *map(str, paths[:len(sources)]), "-o", str(part), "-lm"], check=True)
            part.replace(library)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Unsupported(f"the CPU kernels could not be built with gcc: {error}") from error
    return ctypes.CDLL(str(library))


def pointer(t):
    """Of a contiguous tensor; None stays None."""
    if t is None:
        return None
    assert t.is_contiguous()
    return ctypes.c_void_p(t.data_ptr())
