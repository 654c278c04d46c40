"""The project: where things lie and what its `pyproject.toml` says under `[tool.ordbro]`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflow import languages
from workflow.errors import ConfigError
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
        """The settings of a target locale; raises ConfigError if the project has none of that name."""
        for settings in self.locales:
            if settings.name == name:
                return settings
        known = ", ".join(each.name for each in self.locales)
        raise ConfigError(
            f"the project has no locale {name!r} (it has: {known})",
            advice="add it to locales in pyproject.toml or choose one of these",
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
        file = folder / "pyproject.toml"
        if file.is_file() and "ordbro" in _read_toml(file).get("tool", {}):
            return folder
    raise ConfigError(
        f"no Ordbro project at {start} or above it",
        advice="go to a project's folder, name one with --project DIR, or make one with: ordbro init DIR",
    )


def load_project(root: Path) -> Project:
    """Read the settings of the project in `root`; raises ConfigError that says which value is wrong."""
    file = root / "pyproject.toml"
    if not file.is_file():
        raise ConfigError("no pyproject.toml here", path=root, advice="make a project with: ordbro init DIR")
    table = _read_toml(file).get("tool", {}).get("ordbro")
    if not isinstance(table, dict):
        raise ConfigError("has no [tool.ordbro] table", path=file, advice="make a project with: ordbro init DIR")
    source = _value(file, table, "source", str, "en")
    names = _value(file, table, "locales", list, ["sv"])
    for name in (source, *names):
        _check_locale(file, name)
    if source in names:
        raise ConfigError(f"locales names the source language {source!r}", path=file, advice="leave it out of locales")
    return Project(
        root=root,
        name=_value(file, table, "name", str, root.name),
        url=_value(file, table, "url", str, "").rstrip("/"),
        source=source,
        locales=tuple(_locale_settings(file, table, name) for name in dict.fromkeys(names)),
        translate_keys=tuple(_value(file, table, "translate_keys", list, list(TRANSLATE_KEYS))),
        engine=_value(file, table, "engine", str, "argos"),
        settings=table,
    )


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is not valid TOML: {error}", path=file, advice="mend the line it names") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", path=file, advice="check the file") from error


def _check_locale(file: Path, name: object) -> None:
    if not isinstance(name, str):
        raise ConfigError(f"locales has {name!r}, which is no text", path=file, advice='write locales = ["sv"]')
    try:
        languages.locale(name)
    except ConfigError as error:
        raise ConfigError(error.problem, path=file, advice=error.advice) from error


def _locale_settings(file: Path, table: dict[str, Any], name: str) -> LocaleSettings:
    own = {**table, **table.get("locale", {}).get(name, {})}
    states = _value(file, own, "publish", list, [str(state) for state in DEFAULT_PUBLISH])
    confidence = _value(file, own, "publish_confidence", (int, float), DEFAULT_CONFIDENCE)
    if not 0 <= confidence <= 1:
        raise ConfigError(
            f"publish_confidence = {confidence} is not between 0 and 1",
            path=file,
            advice="0 shows every machine draft, 1 none",
        )
    return LocaleSettings(name, publishable(states, file), float(confidence))


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


def _value(file: Path, table: dict[str, Any], key: str, kind: type | tuple[type, ...], default: Any) -> Any:
    value = table.get(key, default)
    if not isinstance(value, kind) or isinstance(value, bool):
        expected = "text in quotes" if kind is str else "a list in brackets" if kind is list else "a number"
        raise ConfigError(f"{key} = {value!r} should be {expected}", path=file, advice="mend it under [tool.ordbro]")
    return value
