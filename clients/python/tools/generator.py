"""Generates `god33/v1` from the contract, into any folder."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tools.environment import CLIENT

CONTRACT = CLIENT.parent.parent / "proto"
PACKAGE = Path("god33", "v1")

INIT = '"""The messages and services of god33.v1, generated from the contract: a module `*_pb2` a file. Do not edit."""\n'


def generate(into: Path) -> None:
    """Writes the package `god33/v1` below the folder `into`. Fails with what protoc says."""
    files = sorted(path.relative_to(CONTRACT) for path in (CONTRACT / PACKAGE).glob("*.proto"))
    if not files:
        raise FileNotFoundError(f"no contract under {CONTRACT / PACKAGE}")
    _protoc(files, f"--python_out={into}", f"--pyi_out={into}")
    # Only for files with a service: the plugin writes an empty module for each of the others.
    _protoc([file for file in files if _declares_service(file)], f"--grpc_python_out={into}")
    (into / PACKAGE / "__init__.py").write_text(INIT)


def _declares_service(file: Path) -> bool:
    return re.search(r"^service \w+", (CONTRACT / file).read_text(), re.MULTILINE) is not None


def _protoc(files: list[Path], *outputs: str) -> None:
    command = [sys.executable, "-m", "grpc_tools.protoc", f"--proto_path={CONTRACT}", *outputs, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"protoc failed:\n{done.stderr}")
