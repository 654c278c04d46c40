"""Reading text, and the one way in which files are written."""

from __future__ import annotations

import errno
import io
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from workflow.errors import ArticleError, OutputError


def read_text(path: Path, shown: str) -> str:
    """The text of a UTF-8 file, without a byte order mark, with plain line feeds.

    `shown` is how messages name the file. Raises ArticleError with the line of the first bad byte, and for a name
    that catalogues and addresses cannot hold.
    """
    if not shown.isprintable():
        printable = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in shown)
        raise ArticleError("has a name with unreadable characters", path=printable, advice="rename the file")
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            what = "a folder" if path.is_dir() else "no ordinary file"
            raise ArticleError(f"is {what}, but is called like an article", path=shown, advice="rename it")
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


def write_atomic(path: Path, data: bytes, durable: bool = True) -> bool:
    """Put `data` into `path` so that at any moment the old or the new content stands there whole.

    A file that already has this content is left alone, and False returned. `durable=False` is for files that
    hold nothing but what can be made again: after a power cut they may be missing. Raises OutputError.
    """
    try:
        if _holds(path, data):
            return False
        _replace(str(path.resolve() if path.is_symlink() else path), (data,), durable)
    except OSError as error:
        raise cannot_write(path, error) from error
    return True


def write_new(path: str, data: bytes) -> None:
    """As `write_atomic` with `durable=False`, for a file that does not exist yet. Raises OutputError."""
    try:
        _replace(path, (data,), durable=False)
    except OSError as error:
        raise cannot_write(Path(path), error) from error


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """As `write_atomic`, for what is too large to hold in memory: nothing is written if `parts` raises an error.

    Raises OutputError, and what `parts` raises but OSError.
    """
    try:
        _replace(str(path.resolve() if path.is_symlink() else path), parts, durable=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has this content already."""
    try:
        with path.open("rb", 0) as file:
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except (FileNotFoundError, IsADirectoryError):
        return False


def cannot_write(path: Path, error: OSError) -> OutputError:
    """What to tell when a file or folder cannot be written: the folder in its way, or the disk."""
    in_the_way = next((each for each in path.parents if each.exists() and not each.is_dir()), None)
    if in_the_way is not None:
        return OutputError("is a file where a folder is needed", path=in_the_way, advice="move it away")
    if path.is_dir():
        return OutputError("is a folder where a file is needed", path=path, advice="move it away")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(
            "cannot be written: the disk is full", path=path, advice="make room on it and run the command again"
        )
    return OutputError(
        f"cannot be written: {error.strerror or error}", path=path, advice="check that you may write to its folder"
    )


def _replace(target: str, parts: Iterable[bytes], durable: bool) -> None:
    folder, _, own = target.rpartition("/")
    name = f"{folder or '.'}/.{own}.{os.getpid()}-{threading.get_ident()}.new"
    try:
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except FileNotFoundError:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        with os.fdopen(handle, "wb", 0) as file:
            for part in parts:
                _write(file, part)
            with suppress(FileNotFoundError):
                os.fchmod(handle, os.stat(target).st_mode & 0o777)  # noqa: PTH116 (one of thousands of files)
            if durable:
                os.fsync(handle)
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)  # noqa: PTH108
        raise


def _write(file: io.FileIO, data: bytes) -> None:
    """Write all of it: on a disk that is nearly full the first call writes a part, and only the next one fails."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
