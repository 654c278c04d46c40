"""The lock files hold what `pyproject.toml` asks for, and nothing that ties them to a machine."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
UNWANTED = {"torch", "spacy", "stanza", "tensorflow", "argostranslate"}


def pins(path: Path) -> dict[str, set[str]]:
    """The versions of each package in a lock file; more than one where the Python's version decides."""
    found: dict[str, set[str]] = {}
    for match in filter(None, map(PIN.fullmatch, path.read_text(encoding="utf-8").splitlines())):
        found.setdefault(match["name"], set()).add(match["version"])
    return found


def group(table: dict[str, Any], name: str) -> list[Requirement]:
    """The requirements of a dependency group and of those that it includes."""
    found = []
    for item in table["dependency-groups"][name]:
        found += [Requirement(item)] if isinstance(item, str) else group(table, item["include-group"])
    return found


@pytest.fixture(scope="module")
def table(project: Path) -> dict[str, Any]:
    """`pyproject.toml`, read."""
    return tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("lock", "group_name"), [("requirements.lock", "build"), ("requirements-dev.lock", "dev")])
def test_every_dependency_is_locked(project: Path, table: dict[str, Any], lock: str, group_name: str) -> None:
    """Each requirement of the project and of its group stands in the lock file, in a version it allows."""
    locked = pins(project / lock)
    for wanted in [Requirement(text) for text in table["project"]["dependencies"]] + group(table, group_name):
        versions = locked.get(canonicalize_name(wanted.name), set())
        assert versions, f"{wanted.name} is not in {lock}: make lock"
        assert all(version in wanted.specifier for version in versions), f"{wanted} but {versions} in {lock}: make lock"


def test_development_uses_the_same_versions(project: Path) -> None:
    """What is tested is what runs: the development lock file holds the other one's versions."""
    run, dev = (pins(project / name) for name in LOCKS)
    assert {name: dev.get(name) for name in run} == run


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_file_holds_versions_and_hashes_only(project: Path, lock: str) -> None:
    """No line names an index, a folder or an address, and each version has hashes."""
    lines = (project / lock).read_text(encoding="utf-8").splitlines()
    strange = [line for line in lines if not PIN.fullmatch(line) and not HASH.fullmatch(line)]
    assert strange == []
    following = dict(pairwise(lines))
    assert [line for line in lines if PIN.fullmatch(line) and not HASH.fullmatch(following.get(line, ""))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_huge_is_locked(project: Path, lock: str) -> None:
    """Ordbro needs none of the frameworks that weigh gigabytes."""
    locked = pins(project / lock)
    assert not {name for name in locked if name in UNWANTED or name.startswith(("nvidia-", "cuda-", "torch"))}
