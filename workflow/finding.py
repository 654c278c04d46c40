"""A finding: something that a person should look at, and that does not stop the work."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from workflow.errors import CatalogueError, OrdbroError


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, and where."""

    path: str
    """The file, relative to the project, with `/`."""
    line: int
    """Its line, from 1; 0 when the whole file is meant."""
    severity: Severity
    check: str
    """The id of the check: `markup`."""
    message: str
    """What is wrong and what to do, in one line."""
    locale: str = ""
    """POSIX name of the locale, empty for what concerns no translation."""
    msgid: str = ""
    """The source text of the message, empty for what concerns a whole file."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return f"{place}{self.severity}: {self.check}: {self.message}"


def from_error(error: OrdbroError, check: str, locale: str = "") -> Finding:
    """The finding that an error becomes when the work goes on without the file at fault."""
    text = error.problem + (f"; {error.advice}" if error.advice else "")
    if locale and isinstance(error, CatalogueError):
        text += ", until then its page stays as it was last built"
    return Finding(str(error.path or ""), error.line or 0, Severity.ERROR, check, text, locale)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by place, each once."""
    return sorted(dict.fromkeys(findings), key=lambda each: (each.path, each.line, each.check, each.message))


def as_json(findings: Iterable[Finding]) -> str:
    """The findings as a JSON list of objects."""
    return json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=1)


def as_github(findings: Iterable[Finding]) -> str:
    """The findings as workflow commands, which GitHub and Forgejo show beside the lines they name.

    Source: GitHub's documentation, "Workflow commands".
    """
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    lines = list[str]()
    for each in findings:
        place = [f"file={_property(each.path)},line={max(each.line, 1)}"] if each.path else []
        properties = ",".join([*place, f"title={_property(each.check)}"])
        lines.append(f"::{names[each.severity]} {properties}::{_data(each.message)}")
    return "\n".join(lines)


def as_sarif(findings: Iterable[Finding], version: str) -> str:
    """The findings as a SARIF 2.1.0 log (OASIS standard), for code scanning tools."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    found = list(findings)
    results: list[dict[str, Any]] = [
        {
            "ruleId": each.check,
            "level": levels[each.severity],
            "message": {"text": each.message},
            "locations": [_location(each)] if each.path else [],
        }
        for each in found
    ]
    rules = [{"id": name} for name in sorted({each.check for each in found})]
    driver = {"name": "ordbro", "version": version, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def _location(finding: Finding) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": quote(finding.path, errors="surrogateescape")}}
    return {"physicalLocation": {**place, "region": {"startLine": max(finding.line, 1)}}}


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
