"""Every module that is installed can be imported on this runtime."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import god33
import god33.v1
import pytest

MODULES = sorted(module.name for module in pkgutil.iter_modules(god33.v1.__path__, "god33.v1."))


def test_installed_package_is_tested_and_not_the_sources() -> None:
    assert Path(god33.__file__).is_relative_to(sys.prefix)


def test_package_is_marked_as_typed_and_tells_its_version() -> None:
    assert Path(god33.__file__).with_name("py.typed").is_file()
    assert god33.__version__ == version("god33")


@pytest.mark.parametrize("module", MODULES)
def test_module_can_be_imported(module: str) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        importlib.import_module(module)
    assert [str(warning.message) for warning in said] == []
