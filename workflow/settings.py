"""Reading `[tool.ordbro]` of a `pyproject.toml`, with the line of each setting."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflow import languages
from workflow.errors import ConfigError

FILE = "pyproject.toml"
"""The file that holds a project's settings."""
SECTION = "tool.ordbro"
"""The table in it."""

_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*(?:=|\.)")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_EXAMPLES = {
    "name": '"Sjukhusnytt"',
    "url": '"https://example.org"',
    "source": '"en"',
    "locales": '["sv", "fi"]',
    "publish": '["reviewed", "machine"]',
    "publish_confidence": "0.5",
    "translate_keys": '["title", "description"]',
    "engine": '"argos"',
}
OF_LOCALE = ("publish", "publish_confidence")
"""The settings that a locale can have of its own."""


@dataclass(frozen=True, slots=True)
class Table:
    """The settings of a project, or of one of its locales, which has those of the project beneath its own."""

    values: dict[str, Any]
    """The settings by name."""
    lines: dict[str, int]
    """The line of each setting that the file has, from 1; of a locale's as `locale.sv.publish`."""
    prefix: str = ""
    """What the locale's own settings begin with in `lines`."""
    shown: str = FILE
    """How messages name the file."""

    def value(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """A setting of that type; raises ConfigError for one of another."""
        value = self.values.get(key, default)
        if not isinstance(value, kind) or isinstance(value, bool):
            expected = "text in quotation marks" if kind is str else "a list" if kind is list else "a number"
            raise self.wrong(key, f"{key} = {value!r} is not {expected}", f"write it like {key} = {_EXAMPLES[key]}")
        return value

    def texts(self, key: str, default: list[str]) -> list[str]:
        """A setting that is a list of texts; raises ConfigError for anything else."""
        found: list[str] = self.value(key, list, default)
        for each in found:
            if not isinstance(each, str):
                raise self.wrong(key, f"{key} has {each!r}, which is no text", "put it between quotation marks")
        return found

    def check_locale(self, key: str, name: str) -> None:
        """Raises ConfigError, with the setting's line, for a locale that there is not."""
        try:
            languages.locale(name)
        except ConfigError as error:
            raise self.wrong(key, error.problem, error.advice) from error

    def of_locale(self, name: str) -> Table:
        """The settings that hold for a locale; raises ConfigError where they are no table."""
        own = self.values
        for key in ("locale", name):
            own = own.get(key, {})
            if not isinstance(own, dict):
                raise self.wrong(
                    "locale",
                    f"{key} is no table",
                    f"write a line [{SECTION}.locale.{name}] with the settings below it; languages go into locales",
                )
        return Table({**self.values, **own}, self.lines, f"locale.{name}.", self.shown)

    def check_names(self, locales: Iterable[str], engines: Callable[[], Iterable[str]]) -> None:
        """Raises ConfigError for a setting that there is not, of the project or of one of these locales.

        A table is an engine's own, if it has the name of one or one unlike anything known.
        """
        for name, value in self.values.items():
            if name in _EXAMPLES or name == "locale":
                continue
            tables = ("locale", *engines()) if isinstance(value, dict) else ("locale",)
            near = nearest(name, (*_EXAMPLES, *tables))
            if name not in tables and (near or not isinstance(value, dict)):
                raise self.unknown(name, near, _EXAMPLES)
        for locale in locales:
            for name in self.values.get("locale", {}).get(locale, {}):
                if name not in OF_LOCALE:
                    raise self.of_locale(locale).unknown(name, nearest(name, OF_LOCALE), OF_LOCALE)

    def unknown(self, name: str, near: str, known: Iterable[str]) -> ConfigError:
        """The error for a setting that there is not, with the one that was meant, if that is `near`."""
        advice = f"did you mean {near}?" if near else f"the settings are: {', '.join(known)}"
        return self.wrong(name, f"there is no setting {name!r}", advice)

    def line(self, key: str) -> int | None:
        """The line of a setting, or None."""
        return self.lines.get(self.prefix + key) or self.lines.get(key)

    def wrong(self, key: str, problem: str, advice: str) -> ConfigError:
        """The error for a setting."""
        return ConfigError(problem, path=self.shown, line=self.line(key), advice=advice)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that somebody who wrote `name` most likely meant, or nothing."""
    plain = {re.sub(r"[\W_]", "", each).lower(): each for each in known}
    found = difflib.get_close_matches(re.sub(r"[\W_]", "", name).lower(), plain, 1, 0.8)
    return plain[found[0]] if found else ""


def read(file: Path) -> Table:
    """The settings in a project's file; raises ConfigError."""
    if not file.is_file():
        raise ConfigError(f"there is no {FILE}", path=file.parent, advice="make a new project with: ordbro init DIR")
    text = _text(file)
    tool = _parse(text, FILE).get("tool", {})
    values = tool.get("ordbro") if isinstance(tool, dict) else None
    if not isinstance(values, dict):
        raise ConfigError(
            f"has no table [{SECTION}]", path=file, advice="add it, or make a new project with: ordbro init DIR"
        )
    return Table(values, _lines(text))


def names_project(file: Path) -> bool:
    """Whether a file has the settings of a project; raises ConfigError for one that seems to, but is no TOML."""
    if not file.is_file():
        return False
    text = _text(file)
    try:
        tool = _parse(text, str(file)).get("tool", {})
    except ConfigError:
        if SECTION in text:
            raise
        return False  # somebody else's file
    return isinstance(tool, dict) and "ordbro" in tool


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}", path=file, advice="check that you may read it"
        ) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"is not UTF-8 (byte 0x{data[error.start]:02x})", path=file, line=line, advice="save it as UTF-8"
        ) from error


def _parse(text: str, shown: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else len(text.splitlines())
        problem = _PLACE.sub("", str(error))
        raise ConfigError(
            f"is not valid TOML: {problem}",
            path=shown,
            line=line,
            advice="mend this line or the one before it (often a quotation mark or a bracket is missing)",
        ) from error


def _lines(text: str) -> dict[str, int]:
    """The lines of the settings as far as they are written in the common way, one to a line."""
    found, section = dict[str, int](), ""
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            section = re.sub(r"[\s\"']", "", header[1])
            found.setdefault(section.removeprefix(f"{SECTION}."), number)
        elif key and (section == SECTION or section.startswith(f"{SECTION}.")):
            found.setdefault(f"{section}.{key[1]}".removeprefix(f"{SECTION}."), number)
    return found
