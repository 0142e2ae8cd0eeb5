"""The client works on the oldest runtime that it promises, on the newest, and on those between that others pin.

Each runtime gets an environment of its own with the built wheel, and tests/smoke runs there against a real server.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools import environment
from tools.environment import CLIENT


@dataclass(frozen=True)
class Runtime:
    """The versions of the libraries that the generated code stands on."""

    name: str
    protobuf: str
    grpcio: str

    def requirements(self) -> str:
        """In pip's form."""
        ours = [f"protobuf=={self.protobuf}", "pytest==9.0.3"]
        grpc = [f"{package}=={self.grpcio}" for package in ("grpcio", "grpcio-status", "grpcio-health-checking")]
        return "\n".join([*ours, *grpc])


# The first and the last are the bounds in pyproject.toml.
RUNTIMES = [
    Runtime("oldest", protobuf="4.25.0", grpcio="1.62.0"),
    Runtime("letta-v1", protobuf="5.29.6", grpcio="1.71.2"),
    Runtime("protobuf-6", protobuf="6.33.6", grpcio="1.80.0"),
    Runtime("newest", protobuf="7.36.2", grpcio="1.85.1"),
]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client as users install it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    environment.run(*pip, "--wheel-dir", str(folder), str(CLIENT))
    (built,) = folder.glob("god33-*.whl")
    return built


@pytest.fixture(scope="session")
def program() -> Path:
    """The built server that the smoke tests run."""
    given = Path(os.environ.get("GOD33_BIN", ""))
    if not given.is_file():
        pytest.fail("GOD33_BIN must name the built god33; `cargo xtask test --only python` sets it", pytrace=False)
    return given.resolve()


@pytest.mark.parametrize("runtime", RUNTIMES, ids=lambda runtime: runtime.name)
def test_client_works_on(runtime: Runtime, program: Path, wheel: Path) -> None:
    python = environment.make(f"runtime-{runtime.name}", runtime.requirements())
    pip = [str(python), "-m", "pip"]
    environment.run(*pip, "install", "--quiet", "--no-deps", "--force-reinstall", wheel)
    # The wheel's own bounds must allow these versions, and they each other.
    environment.run(*pip, "check")
    # From the folder of the tests, where `import god33` can only find what is installed.
    here = CLIENT / "tests" / "smoke"
    smoke = subprocess.run([python, "-m", "pytest"], cwd=here, env=os.environ | {"GOD33_BIN": str(program)}, check=False)
    if smoke.returncode != 0:
        pytest.fail(f"tests/smoke fails on protobuf {runtime.protobuf} and grpcio {runtime.grpcio}", pytrace=False)


def test_promised_bounds_are_the_ones_that_are_tested() -> None:
    oldest, newest = RUNTIMES[0], RUNTIMES[-1]
    minor = ".".join(oldest.protobuf.split(".")[:2])
    beyond = int(newest.protobuf.split(".")[0]) + 1
    grpc = ".".join(oldest.grpcio.split(".")[:2])
    promise = f'dependencies = ["protobuf>={minor},<{beyond}", "grpcio>={grpc}"]'
    assert promise in (CLIENT / "pyproject.toml").read_text()
    assert (oldest.protobuf, oldest.grpcio) == (f"{minor}.0", f"{grpc}.0")
