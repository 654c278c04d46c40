"""Small projects made for one test, built, and their pages read as a browser reads them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from justhtml import Element, JustHTML

from workflow.config import load_project
from workflow.library import load_library
from workflow.site.publish import Built, build_site

REPOSITORY = Path(__file__).resolve().parents[2]
HERE = "http://site"
"""Where tests imagine a built site to lie."""


@dataclass(frozen=True)
class Site:
    """A project and the site made of it."""

    root: Path
    output: Path
    built: Built

    def text(self, path: str) -> str:
        """A page or file of the site: `sv/news/` or `sv/feed.xml`."""
        file = self.output / (path + "index.html" if path.endswith("/") or not path else path)
        return file.read_text(encoding="utf-8")

    def page(self, path: str) -> JustHTML:
        """A page, parsed."""
        return parse(self.text(path))

    def files(self) -> dict[str, bytes]:
        """All files of the site by their path."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


def parse(text: str) -> JustHTML:
    """HTML as a browser takes it, nothing removed."""
    return JustHTML(text, sanitize=False, collect_errors=True)


def make_project(root: Path, files: Mapping[str, str], locales: Iterable[str] = ("sv",), settings: str = "") -> Path:
    """Write a project; `files` are given by their path, `settings` are further lines of its table.

    Templates, and the translations of their strings, are those of the repository.
    """
    names = ", ".join(f'"{name}"' for name in locales)
    table = f'[tool.ordbro]\nname = "Kliniken"\nlocales = [{names}]\n{settings}'
    for path, text in {"pyproject.toml": table, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    if not (root / "templates").exists():
        (root / "templates").symlink_to(REPOSITORY / "templates")
    for name in locales:
        place = Path("locales", name, "LC_MESSAGES", "ui.po")
        if (REPOSITORY / place).is_file() and not (root / place).exists():
            (root / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / place, root / place)
    return root


def build(root: Path, locales: Iterable[str] | None = None, output: Path | None = None) -> Site:
    """Build the project in `root` in all its languages, or in these."""
    project = load_project(root)
    names = [project.source, *(settings.name for settings in project.locales)]
    folder = output or root / "build" / "site"
    return Site(root, folder, build_site(project, load_library(project), names if locales is None else locales, folder))


def make_site(root: Path, files: Mapping[str, str], locales: Iterable[str] = ("sv",), settings: str = "") -> Site:
    """Write a project and build it."""
    return build(make_project(root, files, locales, settings))


def copy_project(source: Path, root: Path) -> Path:
    """A copy of a project's own files, with the templates of the repository where it has none."""
    for name in ("source", "locales", "templates"):
        if (source / name).is_dir():
            shutil.copytree(source / name, root / name)
    return make_project(root, {"pyproject.toml": (source / "pyproject.toml").read_text(encoding="utf-8")})


def po(*entries: str) -> str:
    """The text of a catalogue."""
    header = '"Language: sv\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    return f'msgid ""\nmsgstr ""\n{header}\n' + "\n".join(entries)


def entry(msgid: str, msgstr: str, *marks: str, context: str = "") -> str:
    """A message; `marks` are its comment lines."""
    lines = [*marks, *([f'msgctxt "{context}"'] if context else []), f'msgid "{msgid}"', f'msgstr "{msgstr}"']
    return "\n".join(lines) + "\n"


def machine(confidence: str = "0.90") -> tuple[str, str]:
    """The comment lines of a machine's draft."""
    return f"# ordbro: machine argos translate-en_sv 1.9 confidence={confidence}", "#, fuzzy"


def addresses(page: JustHTML) -> list[tuple[str, Element]]:
    """Every address that a page points at, but for what a search engine is told."""
    found = [(str(node.attrs[name]), node) for name in ("href", "src") for node in page.query(f"[{name}]")]
    return [(address, node) for address, node in found if node.attrs.get("rel") not in ("canonical", "alternate")]


def target(path: str, address: str) -> tuple[str, str] | None:
    """The file below the site's root that a page's address leads to, and the part of it; None for other sites."""
    parts = urlsplit(urljoin(f"{HERE}/{path}", address))
    if f"{parts.scheme}://{parts.netloc}" != HERE:
        return None
    file = unquote(parts.path).lstrip("/")
    return (file + "index.html" if file.endswith("/") or not file else file), unquote(parts.fragment)


def words(node: JustHTML | Element) -> str:
    """The text of a part of a page, spaces made one."""
    return " ".join(node.to_text(separator="", strip=False).split())
