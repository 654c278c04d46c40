"""Argos package files: untrusted archives that are checked before anything of them is put in place.

The check reads the archive's table, the metadata and the tensors' table of the model; nothing in a
package is ever executed. Sources: APPNOTE.TXT of the ZIP format; `model_reader` of CTranslate2.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflow.errors import ModelError
from workflow.machine import tensors

if TYPE_CHECKING:
    import zipfile  # imported where archives are read: most runs find the model unpacked

MAX_FILES = 2000
"""Files that a package may have."""
MAX_BYTES = 4 << 30
"""Bytes that a package may unpack to."""
MAX_RATIO = 50
"""How many times its packed size a file of more than a megabyte may have; weights hardly shrink at all."""
REQUIRED = ("metadata.json", "model/model.bin")
"""Files without which a package is none."""
TOKENIZERS = ("sentencepiece.model", "bpe.model")
"""A package has one of these."""

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,31}")
_ADVICE = "get an .argosmodel file from its makers again"


def language(name: str) -> str:
    """The ISO 639 code in a locale's name: `pt_BR` → `pt`."""
    return re.split(r"[-_]", name, maxsplit=1)[0].lower()


def folder_name(metadata: dict[str, str]) -> str:
    """The folder that a package is put into: `translate-en_sv-0_2`."""
    version = metadata["package_version"].replace(".", "_")
    return f"translate-{metadata['from_code']}_{metadata['to_code']}-{version}"


def inspect(file: Path) -> dict[str, str]:
    """The metadata of a package file whose archive is sound; raises ModelError with the reason if it is not."""
    with _archive(file) as archive:
        top = _check_entries(file, archive)
        names = {name.removeprefix(top) for name in archive.namelist()}
        _check_parts(file, names)
        entry = archive.getinfo(f"{top}metadata.json")
        if entry.file_size > 1 << 20:
            raise ModelError("metadata.json is larger than a megabyte", path=file, advice=_ADVICE)
        return _metadata(file, archive.read(entry))


def check_folder(folder: Path) -> dict[str, str]:
    """The metadata of an unpacked package that is complete; raises ModelError with the reason if it is not."""
    names = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    _check_parts(folder, names)
    tensors.check(folder / "model" / "model.bin", folder)
    try:
        return _metadata(folder, (folder / "metadata.json").read_bytes())
    except OSError as error:
        raise ModelError(f"metadata.json cannot be read: {error.strerror}", path=folder, advice=_ADVICE) from error


def unpack(file: Path, folder: Path, place: Path, *, shown: Path | str) -> None:
    """Put a package's contents into `folder`, whole or not at all, also with several processes at it.

    The work is done in a new folder in `place`, on the same disk. An existing folder is replaced.
    Errors name the file as `shown`. Raises ModelError.
    """
    import tempfile

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place, prefix=".ordbro-") as work:
            made = Path(work) / "package"
            _extract(file, made)
            tensors.check(made / "model" / "model.bin", shown)
            with locked(place):
                _swap(made, folder, Path(work) / "old")
    except OSError as error:
        raise ModelError(
            f"the model cannot be put into {folder}: {error.strerror or error}",
            path=shown,
            advice="check the folder's permissions and the space left, or set XDG_DATA_HOME",
        ) from error


def discard(folder: Path) -> None:
    """Remove an installed package; raises ModelError."""
    import tempfile

    try:
        with tempfile.TemporaryDirectory(dir=folder.parent.parent, prefix=".ordbro-") as work:
            folder.rename(Path(work) / "old")
    except OSError as error:
        raise ModelError(
            f"the model cannot be removed: {error.strerror or error}",
            path=folder,
            advice="check the folder's permissions",
        ) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes of Ordbro from changing what lies in a folder meanwhile."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _swap(made: Path, folder: Path, old: Path) -> None:
    if folder.is_dir():
        folder.rename(old)
    made.rename(folder)


@contextmanager
def _archive(file: Path) -> Iterator[zipfile.ZipFile]:
    import zipfile

    try:
        if not file.is_file():
            raise ModelError("there is no such file", path=file, advice="check the path")
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, UnicodeDecodeError) as error:
        raise ModelError(f"is no sound zip archive: {error}", path=file, advice=_ADVICE) from error
    except OSError as error:
        raise ModelError(f"cannot be read: {error.strerror or error}", path=file, advice="check the file") from error


def _check_entries(file: Path, archive: zipfile.ZipFile) -> str:
    """The archive's one folder, with a slash; raises ModelError for anything that could reach outside or swell."""
    entries = archive.infolist()
    if len(entries) > MAX_FILES:
        raise ModelError(f"has {len(entries)} files, more than {MAX_FILES}", path=file, advice=_ADVICE)
    for entry in entries:
        problem = _entry_problem(entry)
        if problem:
            raise ModelError(f"{entry.filename!r} {problem}", path=file, advice="do not trust this file")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_BYTES:
        raise ModelError(
            f"would unpack to {total} bytes, more than {MAX_BYTES}", path=file, advice="do not trust this file"
        )
    if len({entry.filename.rstrip("/").casefold() for entry in entries}) < len(entries):
        raise ModelError("names a file twice", path=file, advice="do not trust this file")
    tops = {entry.filename.split("/", 1)[0] for entry in entries}
    if len(tops) != 1 or any("/" not in entry.filename for entry in entries):
        raise ModelError("is no Argos package: everything must lie in one folder", path=file, advice=_ADVICE)
    return f"{tops.pop()}/"


def _entry_problem(entry: zipfile.ZipInfo) -> str:
    name, mode = entry.filename, entry.external_attr >> 16
    if name.startswith("/") or "\\" in name or ":" in name or "\0" in entry.orig_filename:
        return "is no relative path"
    if any(part in ("", ".", "..") for part in name.rstrip("/").split("/")):
        return "leads out of the package's folder"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if entry.flag_bits & 1:
        return "is encrypted"
    if entry.file_size > 1 << 20 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        return f"would swell to {entry.file_size} bytes from {entry.compress_size}"
    return ""


def _check_parts(path: Path, names: set[str]) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if not any(name in names for name in TOKENIZERS):
        missing.append(" or ".join(TOKENIZERS))
    if not any(re.fullmatch(r"model/\w*vocabulary\.(?:json|txt)", name) for name in names):
        missing.append("model/shared_vocabulary")
    if missing:
        raise ModelError(
            f"is no Argos translation package: it has no {', no '.join(missing)}", path=path, advice=_ADVICE
        )


def _metadata(path: Path, data: bytes) -> dict[str, str]:
    try:
        metadata: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"metadata.json is no JSON: {error}", path=path, advice=_ADVICE) from error
    if not isinstance(metadata, dict) or metadata.get("type", "translate") != "translate":
        raise ModelError("is no package that translates", path=path, advice=_ADVICE)
    values = {key: metadata.get(key) for key in ("from_code", "to_code", "package_version")}
    for key, value in values.items():
        pattern = _VERSION if key == "package_version" else _CODE
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ModelError(f"metadata.json says {key} = {value!r}", path=path, advice=_ADVICE)
    return {key: str(value) for key, value in values.items()}


def _extract(file: Path, folder: Path) -> None:
    import shutil

    with _archive(file) as archive:
        top = _check_entries(file, archive)
        for entry in archive.infolist():
            target = folder / entry.filename.removeprefix(top)
            if entry.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            # zipfile stops at the size the table names and compares the checksum, so the limits above hold.
            with archive.open(entry) as packed, target.open("xb") as out:
                shutil.copyfileobj(packed, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
