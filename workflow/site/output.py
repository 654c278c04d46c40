"""The output folder: what differs is written, what an earlier build wrote and nobody needs any more goes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from workflow.addresses import file_of_address
from workflow.errors import OutputError
from workflow.files import write_atomic
from workflow.site.edition import MEDIA, STATIC

MANIFEST = ".ordbro-files"
"""Lists what was written to an output folder, so that nothing else is ever removed from it."""
ADDRESSES = ".ordbro-addresses"
"""Tells the address of each article's page in an output folder, for the time its catalogue cannot be read."""

Places = dict[str, dict[str, str]]
"""POSIX name of a language → article's path → address of its page."""


def write_files(output: Path, files: Mapping[str, bytes], langs: Collection[str] | None) -> int:
    """Write files, by their path below `output`, and remove what is no longer among them.

    `langs` are the languages (BCP 47) that were built, whose former pages may go; None for all there
    are and were. Gives how many files were written. Raises OutputError.
    """
    manifest = output / MANIFEST
    before = _listed(manifest)
    _list(manifest, before | files.keys())
    written = sum([write_atomic(output / path, data) for path, data in files.items()])
    gone = {path for path in before - files.keys() if langs is None or _rebuilt(path, langs)}
    for path in sorted(gone):
        _remove(output, path)
    _list(manifest, (before - gone) | files.keys())
    return written


def former_addresses(output: Path) -> Places:
    """The addresses of the pages that an earlier build wrote and that are still there."""
    try:
        told = json.loads((output / ADDRESSES).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    listed, found = _listed(output / MANIFEST), Places()
    for locale, pages in told.items() if isinstance(told, dict) else ():
        for path, address in pages.items() if isinstance(pages, dict) else ():
            page = page_file(address) if isinstance(address, str) else ""
            if page in listed and (output / page).is_file():
                found.setdefault(locale, {})[path] = address
    return found


def note_addresses(output: Path, places: Places) -> None:
    """Note where the pages of the languages that were built lie; raises OutputError."""
    known = {**former_addresses(output), **places}
    write_atomic(output / ADDRESSES, json.dumps(known, ensure_ascii=False, indent=0, sort_keys=True).encode())


def page_file(address: str) -> str:
    """The path below the output folder of the page at an address."""
    return f"{file_of_address(address)}index.html"


def _listed(manifest: Path) -> set[str]:
    """The paths that a manifest lists, as far as they lie in its folder."""
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    except (OSError, UnicodeDecodeError):
        return set()
    parts = {line: PurePosixPath(line).parts for line in lines}
    return {line for line, found in parts.items() if found and ".." not in found and not line.startswith("/")}


def _list(manifest: Path, paths: Collection[str]) -> None:
    write_atomic(manifest, ("\n".join(sorted(paths)) + "\n").encode())


def _rebuilt(path: str, langs: Collection[str]) -> bool:
    """Whether a file belongs to one of the languages, or to all."""
    return "/" not in path or path.startswith((*(f"{lang}/" for lang in langs), MEDIA, STATIC))


def _remove(output: Path, path: str) -> None:
    file = output / path
    try:
        file.unlink(missing_ok=True)
        for folder in file.parents:
            if folder == output or (folder.is_dir() and any(folder.iterdir())):
                break
            if folder.is_dir():
                folder.rmdir()
    except NotADirectoryError:
        return
    except OSError as error:
        raise OutputError(
            f"cannot be removed: {error.strerror}", path=file, advice="check the folder's permissions"
        ) from error
