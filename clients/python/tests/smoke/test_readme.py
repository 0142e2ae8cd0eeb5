"""The README's example does what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
USUAL = "127.0.0.1:50051"


def test_example_of_the_readme_runs(address: str) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert example.count(USUAL) == 1
    program = [sys.executable, "-c", example.replace(USUAL, address)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\d+ agent\.letta\.checkpoint\.saved s-1$", done.stdout, re.MULTILINE)
