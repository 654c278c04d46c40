"""What the tests of the site share: the sample site of the repository, built once for each worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import REPOSITORY, Site, build, copy_project


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest tests/site --update-goldens` writes the golden pages anew; look at the difference before you keep it."""
    parser.addoption("--update-goldens", action="store_true", help="write the golden pages of tests/site anew")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site that lies in this repository, built elsewhere."""
    copy = copy_project(REPOSITORY, tmp_path_factory.mktemp("sample"))
    settings = copy / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    assert "publish_confidence = 0.5" in text
    # Stricter, so that there are drafts and English left-overs whatever the model thinks of its drafts.
    settings.write_text(text.replace("publish_confidence = 0.5", "publish_confidence = 0.85"), encoding="utf-8")
    return build(copy)


@pytest.fixture(scope="session")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small site of tests/site/fixture."""
    return build(copy_project(Path(__file__).parent / "fixture", tmp_path_factory.mktemp("clinic")))


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether golden pages are to be written instead of compared."""
    return bool(request.config.getoption("--update-goldens", default=False))
