"""`pyproject.toml` asks for what the code imports: no less, no more."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def imports(path: Path) -> Iterator[str]:
    """The top-level modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.fixture(scope="module")
def imported(project: Path) -> set[str]:
    """The distributions whose modules `workflow/` imports."""
    modules = {name for path in (project / "workflow").rglob("*.py") for name in imports(path)}
    owners = packages_distributions()
    foreign = modules - set(sys.stdlib_module_names) - {"workflow"}
    return {canonicalize_name(owner) for module in foreign for owner in owners.get(module, [f"unknown-{module}"])}


@pytest.fixture(scope="module")
def declared(project: Path) -> set[str]:
    """The distributions that `pyproject.toml` asks for."""
    table = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return {canonicalize_name(Requirement(text).name) for text in table["project"]["dependencies"]}


def test_what_is_imported_is_declared(imported: set[str], declared: set[str]) -> None:
    """No module leans on a package that only happens to be there."""
    assert imported - declared == set()


def test_what_is_declared_is_imported(imported: set[str], declared: set[str]) -> None:
    """Nobody installs a package that Ordbro does not use."""
    assert declared - imported == set()
