"""Reading text, and the one way in which files are written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from workflow.errors import ArticleError, OutputError


def read_text(path: Path, shown: str) -> str:
    """The text of a UTF-8 file, without a byte order mark, with plain line feeds.

    `shown` is how messages name the file. Raises ArticleError with the line of the first bad byte.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(
            f"cannot be read: {error.strerror}",
            path=shown,
            advice="check that the file exists and that you may read it",
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError(
            f"is not UTF-8 (byte 0x{data[error.start]:02x})",
            path=shown,
            line=line,
            advice="save it as UTF-8 in your editor",
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write_atomic(path: Path, data: bytes) -> bool:
    """Put `data` into `path` so that at any moment the old or the new content stands there whole.

    A file that already has this content is left alone, and False returned. Raises OutputError.
    """
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror}",
            path=path,
            advice="check the folder's permissions and the space left on the disk",
        ) from error
    return True


def _replace(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path.resolve() if path.is_symlink() else path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
