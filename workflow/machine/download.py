"""Downloading a model from Argos Translate's index: the only place that uses the network, and only when asked to."""

from __future__ import annotations

import http.client
import json
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError

from packaging.version import InvalidVersion, Version

from workflow.errors import ModelError
from workflow.machine import models
from workflow.machine.argos import borrowed_settings

BLOCK = 1 << 20
"""Bytes read at a time."""

TIMEOUT = 30
"""Seconds without an answer after which the download is given up."""

Progress = Callable[[int, int], object]
"""Told the bytes read so far, and of how many (0 if unknown)."""


def download(source: str, target: str, progress: Progress = lambda _done, _total: None) -> models.Model:
    """Fetch the newest model for two languages (ISO codes) and install it; raises ModelError."""
    with borrowed_settings():
        from argostranslate import settings
    links = _links(str(settings.remote_package_index), source, target)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"translate-{source}_{target}.argosmodel"
        _fetch(links[0], file, progress)
        return models.install(file)


def _links(index: str, source: str, target: str) -> list[str]:
    try:
        with urllib.request.urlopen(index, timeout=TIMEOUT) as answer:  # noqa: S310 (Argos Translate's own index)
            packages = json.load(answer)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise _failed(index, error) from error
    found = [
        each
        for each in packages
        if isinstance(each, dict)
        and each.get("links")
        and (each.get("from_code"), each.get("to_code")) == (source, target)
    ]
    if not found:
        raise ModelError(
            f"Argos Translate has no model for {source} → {target}",
            advice="check the codes of the languages, such as: en sv",
        )
    newest = max(found, key=lambda each: _version(each.get("package_version")))
    links = [link for link in newest["links"] if str(link).startswith(("https://", "http://"))]
    if not links:
        raise ModelError(
            f"Argos Translate's model for {source} → {target} has no address to fetch it from",
            advice="get the file by other means and run: ordbro model install FILE",
        )
    return links


def _fetch(address: str, file: Path, progress: Progress) -> None:
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT) as answer, file.open("wb") as out:  # noqa: S310
            total, done = int(answer.headers.get("Content-Length") or 0), 0
            while block := answer.read(BLOCK):
                out.write(block)
                done += len(block)
                progress(done, total)
    except (OSError, http.client.HTTPException) as error:
        raise _failed(address, error) from error


def _failed(address: str, error: Exception) -> ModelError:
    reason = error.reason if isinstance(error, URLError) else error
    return ModelError(
        f"cannot download {address}: {reason}",
        advice="on a machine without internet fetch the file elsewhere and run: ordbro model install FILE",
    )


def _version(value: Any) -> Version:
    try:
        return Version(str(value))
    except InvalidVersion:
        return Version("0")
