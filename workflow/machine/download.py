"""Downloading a model from Argos Translate's index: the only place that uses the network, and only when asked to."""

from __future__ import annotations

import http.client
import json
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from packaging.version import InvalidVersion, Version

from workflow.errors import ModelError
from workflow.machine import models, package
from workflow.machine.runtime import borrowed_settings

BLOCK = 1 << 20
"""Bytes read at a time."""

TIMEOUT = 30
"""Seconds without an answer after which the download is given up."""

Progress = Callable[[int, int], object]
"""Told the bytes read so far, and of how many (0 if unknown)."""


def download(source: str, target: str, progress: Progress = lambda _done, _total: None) -> models.Model:
    """Fetch the newest model for two languages (ISO codes or locales) and install it; raises ModelError."""
    with borrowed_settings():
        from argostranslate import settings
    links = _links(str(settings.remote_package_index), package.language(source), package.language(target))
    with _folder() as folder:
        file = folder / f"translate-{source}_{target}.argosmodel"
        _fetch(links, file, progress)
        return models.install(file)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder to download to, where the model will lie: the system's own may be too small."""
    place = models.packages_folder().parent
    try:
        place.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=place, prefix=".ordbro-")
    except OSError as error:
        raise ModelError(
            f"the folder {place} cannot be written: {error.strerror}",
            advice="check its permissions or set XDG_DATA_HOME",
        ) from error
    with folder as path:
        yield Path(path)


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


def _fetch(links: list[str], file: Path, progress: Progress) -> None:
    """Fetch the file from the first address that has it; raises ModelError of the last one."""
    for address in links[:-1]:
        with suppress(ModelError):
            return _fetch_from(address, file, progress)
    return _fetch_from(links[-1], file, progress)


def _fetch_from(address: str, file: Path, progress: Progress) -> None:
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
    reason: object = error
    if isinstance(error, URLError) and not isinstance(error, HTTPError):
        reason = error.reason
    reason = getattr(reason, "strerror", None) or reason
    return ModelError(
        f"cannot download {address}: {reason}",
        advice="on a machine without internet fetch the file elsewhere and run: ordbro model install FILE",
    )


def _version(value: Any) -> Version:
    try:
        return Version(str(value))
    except InvalidVersion:
        return Version("0")
