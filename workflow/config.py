"""The project: where things lie and which languages and settings it has.

`settings` reads them from `pyproject.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from workflow import settings as reading
from workflow.errors import ConfigError
from workflow.languages import tag
from workflow.machine.engine import engine_names
from workflow.message import State

DEFAULT_PUBLISH = (State.REVIEWED, State.MACHINE)
DEFAULT_CONFIDENCE = 0.5
TRANSLATE_KEYS = ("title", "description", "image_alt", "image_caption", "tags")
"""Front matter keys whose text is for translators, when the project names no others."""


@dataclass(frozen=True, slots=True)
class LocaleSettings:
    """What holds for one target locale."""

    name: str
    """POSIX name: `sv`."""
    publish: tuple[State, ...] = DEFAULT_PUBLISH
    """The states that residents see."""
    publish_confidence: float = DEFAULT_CONFIDENCE
    """A machine draft below this (0 to 1) is held back; 0 shows every one."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folders, languages and settings."""

    root: Path
    """The folder that holds `pyproject.toml`."""
    name: str
    """The site's name."""
    url: str
    """The address the site is published at, without a slash at the end; empty if unknown."""
    source: str
    """POSIX name of the language that articles are written in."""
    locales: tuple[LocaleSettings, ...]
    """The target locales in the order of the configuration."""
    translate_keys: tuple[str, ...] = TRANSLATE_KEYS
    """Front matter keys for translators; `hero.text` names a nested one."""
    engine: str = "argos"
    """The engine that `translate` uses when none is named."""
    settings: dict[str, Any] = field(default_factory=dict)
    """The whole `[tool.ordbro]` table, for engines' own settings."""

    @property
    def articles(self) -> Path:
        """The folder of English articles."""
        return self.root / "source"

    @property
    def templates(self) -> Path:
        """The folder of page templates."""
        return self.root / "templates"

    @property
    def pots(self) -> Path:
        """The folder of `.pot` templates."""
        return self.root / "locales" / "templates"

    @property
    def build(self) -> Path:
        """The folder of caches and output; may be deleted at any time."""
        return self.root / "build"

    def catalogues(self, locale: str) -> Path:
        """The folder of a locale's `.po` files."""
        return self.root / "locales" / locale / "LC_MESSAGES"

    def locale(self, name: str) -> LocaleSettings:
        """The settings of a target locale (`pt_BR`, or its tag `pt-BR`); raises ConfigError if there is none."""
        for settings in self.locales:
            if settings.name == name.replace("-", "_"):
                return settings
        known = ", ".join(each.name for each in self.locales) or "none"
        raise ConfigError(
            f"this project has no locale {name!r}",
            advice=f"choose one that it has ({known}), or add yours to locales in pyproject.toml",
        )

    def shown(self, path: Path) -> str:
        """A path as people should read it: relative to the project, with `/`."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def find_project(start: Path) -> Path:
    """The nearest folder at or above `start` whose `pyproject.toml` has `[tool.ordbro]`; raises ConfigError."""
    for folder in (start.resolve(), *start.resolve().parents):
        if reading.names_project(folder / reading.FILE):
            return folder
    raise ConfigError(
        f"there is no Ordbro project in {start} or in a folder above it",
        advice="go to a project's folder, name it with --project DIR, or make a new one with: ordbro init DIR",
    )


def load_project(root: Path) -> Project:
    """Read the settings of the project in `root`; raises ConfigError that says which value is wrong, and its line."""
    table = reading.read(root / reading.FILE)
    source = table.value("source", str, "en")
    table.check_locale("source", source)
    project = Project(
        root=root,
        name=table.value("name", str, root.name),
        url=_url(table),
        source=source,
        locales=tuple(_locale_settings(table, name) for name in _locale_names(table, source)),
        translate_keys=_translate_keys(table),
        engine=table.value("engine", str, "argos"),
        settings=table.values,
    )
    table.check_names((each.name for each in project.locales), engine_names)
    return project


def _url(table: reading.Table) -> str:
    url = str(table.value("url", str, "")).rstrip("/")
    try:
        known = not url or (url.startswith(("https://", "http://")) and bool(urlsplit(url).hostname))
    except ValueError:  # `http://[x`
        known = False
    if not known:
        raise table.wrong("url", f"url = {url!r} is no address", "begin it with https:// or leave it empty")
    return url


def _locale_names(table: reading.Table, source: str) -> list[str]:
    names = list(dict.fromkeys(map(str, table.texts("locales", ["sv"]))))
    known = {tag(source): source}
    for name in names:
        table.check_locale("locales", name)
        if name == source:
            raise table.wrong(
                "locales", f"locales has {name!r}, the language the articles are written in", "leave it out of locales"
            )
        if tag(name) in known:
            raise table.wrong(
                "locales", f"{known[tag(name)]!r} and {name!r} are one language", "leave one of them out of locales"
            )
        known[tag(name)] = name
    return names


def _translate_keys(table: reading.Table) -> tuple[str, ...]:
    return tuple(map(str, table.texts("translate_keys", list(TRANSLATE_KEYS))))


def _locale_settings(table: reading.Table, name: str) -> LocaleSettings:
    own = table.of_locale(name)
    confidence = own.value("publish_confidence", (int, float), DEFAULT_CONFIDENCE)
    if not 0 <= confidence <= 1:
        raise own.wrong(
            "publish_confidence",
            f"publish_confidence = {confidence} is not between 0 and 1",
            "0 shows every machine draft, 1 hardly any",
        )
    states = own.value("publish", list, [str(state) for state in DEFAULT_PUBLISH])
    return LocaleSettings(name, publishable(states, own.shown, own.line("publish")), float(confidence))


def publishable(names: object, path: Path | str, line: int | None = None) -> tuple[State, ...]:
    """The states that a `publish` list names; raises ConfigError for an unknown one."""
    known = [str(state) for state in State if state is not State.UNTRANSLATED]
    if not isinstance(names, list) or any(name not in known for name in names):
        raise ConfigError(
            f"publish = {names!r} is not a list of states",
            path=path,
            line=line,
            advice=f"the states are: {', '.join(known)}",
        )
    return tuple(State(name) for name in names)
