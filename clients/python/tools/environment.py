"""Virtual environments under `.god33/` of the checkout, made on first use and kept while their requirements stay the same."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import interpreter

CLIENT = Path(__file__).resolve().parent.parent
SCRATCH = CLIENT.parent.parent / ".god33" / "python"


def tools() -> Path:
    """The Python with the generator and pytest."""
    return make("tools", (CLIENT / "tools" / "requirements.txt").read_text())


def make(name: str, requirements: str) -> Path:
    """The Python of the environment `name`, which has exactly `requirements` (in pip's form) installed."""
    folder = SCRATCH / name
    python = folder / "bin" / "python"
    stamp = folder / "made-from"
    with _one_at_a_time(name):
        base = interpreter.find()
        wanted = f"{_version_of(base)}\n{requirements}"
        if not stamp.is_file() or stamp.read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            run(base, "-m", "venv", str(folder))
            listed = folder / "requirements.txt"
            listed.write_text(requirements)
            run(python, "-m", "pip", "install", "--quiet", "--only-binary=:all:", "--requirement", listed)
            # Last, so that what was interrupted is made again.
            stamp.write_text(wanted)
    return python


def run(*command: str | Path) -> None:
    """Runs a program. If it fails, shows what it said and exits."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        words = " ".join(map(str, command))
        sys.exit(f"clients/python: `{words}` failed:\n{done.stdout}")


def _version_of(python: str) -> str:
    code = "import sys; print(sys.base_prefix, sys.version)"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@contextlib.contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    SCRATCH.mkdir(parents=True, exist_ok=True)
    with (SCRATCH / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
