"""What the tests of the memory share: a small project and its memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workflow.config import Project, load_project
from workflow.memory import Memory, Unit
from workflow.memory.tmx_writing import write_tmx

HEADER = """\
msgid ""
msgstr ""
"Language: sv\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

"""
NURSES = (
    HEADER
    + """\
msgid "Each patient has a contact nurse."
msgstr "Varje patient har en kontaktsjuksköterska."

msgid "Opening hours"
msgstr "Öppettider"

#, fuzzy
msgid "A doubtful text"
msgstr "En tveksam text"

msgid "Not translated"
msgstr ""

msgctxt "slug"
msgid "contact-nurse"
msgstr "kontaktsjukskoterska"

#~ msgid "A text that is gone"
#~ msgstr "En text som är borta"
"""
)
INTERFACE = (
    HEADER
    + """\
msgid "%(count)s minute to read"
msgid_plural "%(count)s minutes to read"
msgstr[0] "%(count)s minuts läsning"
msgstr[1] "%(count)s minuters läsning"

msgid "Opening hours"
msgstr "Öppet"
"""
)


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """A project with two catalogues and no imported files."""
    folder = tmp_path / "site"
    (folder / "source").mkdir(parents=True)
    (folder / "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv"]\n', encoding="utf-8")
    project = load_project(folder)
    catalogues = project.catalogues("sv")
    (catalogues / "news").mkdir(parents=True)
    (catalogues / "news" / "nurses.po").write_text(NURSES, encoding="utf-8")
    (catalogues / "ui.po").write_text(INTERFACE, encoding="utf-8")
    return project


@pytest.fixture
def memory(site: Project) -> Iterator[Memory]:
    """The memory of that project."""
    with Memory(site, "sv") as opened:
        yield opened


@pytest.fixture
def keep(site: Project) -> Callable[..., Path]:
    """Put units among the imported files, as an import does; gives the file."""

    def put(*units: Unit, name: str = "agency") -> Path:
        path = site.root / "locales" / "sv" / "memory" / f"{name}.tmx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(write_tmx(units, "en", "sv")))
        return path

    return put
