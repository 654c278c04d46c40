"""What a translator sees in `git diff` after an editor changed the English: the lines of that message and no others."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po, write_po

from workflow.catalogue.po import read
from workflow.config import load_project
from workflow.extraction import extract

ARTICLE = """---
title: Visiting the ward
---

Visitors are welcome every day between two and seven o’clock, and you may bring children of any age with you.

Please wash your hands *before* you come in, and stay at home if you have a cold or any other infection.

## Flowers

Cut flowers are allowed in wards 21 and 22; see [the list](https://example.org/a/very/long/address/of/a/list).
"""

SWEDISH = {
    "Visiting the ward": "Besök på avdelningen",
    "Flowers": "Blommor",
}


def msgcat(*options: str) -> Callable[[bytes], bytes]:
    """GNU gettext's rewriting of a file."""

    def rewrite(data: bytes) -> bytes:
        return subprocess.run(["msgcat", *options, "-"], input=data, capture_output=True, check=True).stdout

    return rewrite


def by_polib(data: bytes) -> bytes:
    """Polib's rewriting of a file."""
    return str(polib.pofile(data.decode())).encode()


def by_babel(data: bytes) -> bytes:
    """Babel's rewriting of a file."""
    out = BytesIO()
    write_po(out, read_po(BytesIO(data)), width=60)
    return out.getvalue()


def by_toolkit(data: bytes) -> bytes:
    """translate-toolkit's rewriting of a file."""
    code = (
        "import sys; from translate.storage import pypo; "
        "s = pypo.pofile(sys.stdin.buffer); s.serialize(sys.stdout.buffer)"
    )
    return subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True).stdout


def like_windows(data: bytes) -> bytes:
    """A byte order mark, and lines that end as on Windows."""
    return b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")


def in_latin1(data: bytes) -> bytes:
    """A legacy charset."""
    text = data.decode().replace("charset=UTF-8", "charset=ISO-8859-1").replace("’", "'")
    return text.encode("iso-8859-1")


WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "msgcat": msgcat(),
    "msgcat --no-wrap": msgcat("--no-wrap"),
    "msgcat --sort-output": msgcat("--sort-output"),
    "polib": by_polib,
    "Babel": by_babel,
    "translate-toolkit": by_toolkit,
    "Windows": like_windows,
    "ISO-8859-1": in_latin1,
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a project."""
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def translated(folder: Path, article: str) -> Path:
    """A project with one article, all of it translated by a person; gives its catalogue."""
    (folder / "templates").mkdir()
    (folder / "source").mkdir()
    (folder / "pyproject.toml").write_text('[tool.ordbro]\nlocales = ["sv"]\n', encoding="utf-8")
    (folder / "source" / "visit.md").write_text(article, encoding="utf-8")
    extract(load_project(folder))
    path = folder / "locales/sv/LC_MESSAGES/visit.po"
    catalogue = read(path, "visit.po")
    changes = {
        number: message.drafted((SWEDISH.get(message.msgid, f"Översatt: {message.msgid}"),), "test").approved()
        for number, message in enumerate(catalogue.messages)
    }
    path.write_bytes(catalogue.replace(changes).to_bytes())
    return path


def changed_lines(folder: Path) -> list[str]:
    """The lines of the `.po` that `git diff` shows as added or removed."""
    diff = git(folder, "diff", "--unified=0", "--", "locales/sv")
    return [line for line in diff.splitlines() if line[:1] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize("writer", WRITERS)
def test_an_edited_paragraph_changes_the_lines_of_its_message_only(writer: str, tmp_path: Path) -> None:
    """Whatever tool wrote the catalogue, an edit, the extraction and an approval touch one message."""
    article = ARTICLE.replace("’", "'") if writer == "ISO-8859-1" else ARTICLE
    path = translated(tmp_path, article)
    path.write_bytes(WRITERS[writer](path.read_bytes()))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "before")
    edited = article.replace("wash your hands", "disinfect your hands")
    (tmp_path / "source" / "visit.md").write_text(edited, encoding="utf-8")
    project = load_project(tmp_path)
    assert extract(project).counts["sv"]["changed"] == 1
    _only_of(changed_lines(tmp_path), ("hands", "#| ", "fuzzy", "was reviewed", "infection", "before"))
    catalogue = read(path, "visit.po")
    number = next(at for at, each in enumerate(catalogue.messages) if "disinfect" in each.msgid)
    path.write_bytes(catalogue.replace({number: catalogue.messages[number].approved()}).to_bytes())
    _only_of(changed_lines(tmp_path), ("hands", "infection", "before"))


@pytest.mark.parametrize("writer", WRITERS)
def test_a_new_paragraph_at_the_top_only_adds_lines(writer: str, tmp_path: Path) -> None:
    """A paragraph before all others adds its own message and leaves every other line as it stands."""
    article = ARTICLE.replace("’", "'") if writer == "ISO-8859-1" else ARTICLE
    path = translated(tmp_path, article)
    path.write_bytes(WRITERS[writer](path.read_bytes()))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "before")
    top = article.replace("---\n\n", "---\n\nThe ward has moved to the third floor.\n\n", 1)
    (tmp_path / "source" / "visit.md").write_text(top, encoding="utf-8")
    extract(load_project(tmp_path))
    lines = [line.rstrip("\r") for line in changed_lines(tmp_path)]
    assert lines
    assert all(line.startswith("+") for line in lines)
    assert sum(line.startswith("+msgid") for line in lines) == 1


def _only_of(lines: list[str], words: tuple[str, ...]) -> None:
    """Every line but blank and bare ones speaks of the edited message."""
    bare = {"+", "-", '+msgid ""', '-msgid ""', '+msgstr ""', '-msgstr ""', "+#, fuzzy", "-#, fuzzy"}
    spoken = [line.rstrip("\r") for line in lines]
    assert spoken
    assert [line for line in spoken if line not in bare and not any(word in line for word in words)] == []
