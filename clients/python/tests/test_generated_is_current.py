"""What is checked in under god33/v1 is what the pinned generator makes of the contract, file by file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tools import generator
from tools.environment import CLIENT

CURE = "run `cargo xtask gen` and commit what it writes"


def test_generated_code_is_what_the_contract_says(tmp_path: Path) -> None:
    generator.generate(into=tmp_path)
    checked_in, fresh = CLIENT / generator.PACKAGE, tmp_path / generator.PACKAGE
    if os.environ.get("UPDATE_GENERATED") == "1":
        shutil.rmtree(checked_in, ignore_errors=True)
        shutil.copytree(fresh, checked_in)
    differences = sorted(path for path, _ in contents(checked_in) ^ contents(fresh))
    assert not differences, f"the generated code is not current: {CURE}; it differs in {', '.join(differences)}"


def contents(folder: Path) -> set[tuple[str, bytes]]:
    """Every file of a folder with its path and its bytes: new, changed and orphaned files all make a difference."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files}
