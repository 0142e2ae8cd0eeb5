"""Finds the Python that can run the generator."""

from __future__ import annotations

import shutil
import subprocess
import sys

# The generator and the oldest grpcio that is promised have wheels for these.
USABLE = ((3, 10), (3, 11), (3, 12))

MISSING = """\
clients/python: no Python 3.10, 3.11 or 3.12 with the venv module was found; the pinned generator (grpcio-tools 1.62.3)
runs on no other. Debian 12, Ubuntu 22.04 and 24.04: `apt-get install python3 python3-venv`. Where python3 is newer, add one
beside it, so that `python3.12` runs: `uv python install 3.12`, or `brew install python@3.12`."""

HAS_VENV = "import sys, venv, ensurepip; print(sys.version_info >= (3, 10) and sys.version_info < (3, 13))"


def find() -> str:
    """The path of a usable Python: the one that runs this, else the newest by name. Ends the program if there is none."""
    named = [f"python{major}.{minor}" for major, minor in reversed(USABLE)]
    for candidate in [sys.executable, *map(shutil.which, named)]:
        if candidate and _is_usable(candidate):
            return candidate
    sys.exit(MISSING)


def _is_usable(python: str) -> bool:
    # A name on the PATH proves little: pyenv's shims exist for versions that are not active.
    said = subprocess.run([python, "-c", HAS_VENV], capture_output=True, text=True, check=False)
    return said.returncode == 0 and said.stdout.strip() == "True"
