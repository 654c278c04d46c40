"""What the tests of extraction share: a small project with two translated articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extraction.sites import BESOK, PHONE, RING, VISIT, Site, new_site


@pytest.fixture
def empty(tmp_path: Path) -> Site:
    """A project without articles."""
    return new_site(tmp_path / "site")


@pytest.fixture
def site(empty: Site) -> Site:
    """A project with articles in nested folders, two of them with a reviewed translation, extracted."""
    empty.article("index", "Welcome to the **hospital** in the north.")
    empty.article("care/visit", VISIT, "Children are welcome, too.")
    empty.article("care/ward/phone", PHONE)
    empty.extract()
    empty.translate("care/visit", VISIT, BESOK)
    empty.translate("care/ward/phone", PHONE, RING)
    empty.extract()
    return empty
