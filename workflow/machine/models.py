"""Translation models on this computer: Argos packages that were installed, and the starter that comes with Ordbro.

Installed packages lie where Argos Translate itself looks for them, so that both share them:
`$XDG_DATA_HOME/argos-translate/packages`. The starter is unpacked below `$XDG_DATA_HOME/ordbro`
when it is first needed. An installed package for a pair of languages is preferred to the starter.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from workflow.errors import ModelError
from workflow.machine import package

if TYPE_CHECKING:
    from packaging.version import Version

STARTER = Path(__file__).parent / "starter" / "translate-en_sv-starter.argosmodel"
"""The starter model's package, as shipped."""
CARD = STARTER.with_name("MODEL_CARD.md")
"""What the starter model can and cannot do."""
WHOLE = 64 << 20
"""Bytes up to which a model's key is made of the whole file; of a larger one samples and its time are taken."""
TABLE = 64 << 10
"""Bytes at the end of the starter's archive that surely hold its table."""
ADVICE = "install one with: ordbro model install FILE (an .argosmodel)"


@dataclass(frozen=True, slots=True)
class Model:
    """An Argos package that is ready for use."""

    name: str
    """`translate-en_sv`."""
    version: str
    """The package's version: `0.2`."""
    source: str
    """ISO 639 code of the language it reads."""
    target: str
    """ISO 639 code of the language it writes."""
    path: Path
    """The folder it lies in."""
    size: int
    """Bytes on the disk."""
    starter: bool
    """Whether it is the small model that comes with Ordbro."""
    card: str
    """Its model card or README, Markdown; empty if it has none."""

    @property
    def label(self) -> str:
        """How people and comments call it: `translate-en_sv 0.2`."""
        return f"{self.name} {self.version}" + (" starter" if self.starter else "")

    @property
    def key(self) -> str:
        """Tells this model from every other, also from one of the same name and version."""
        if self.starter:
            return self.path.name  # has the digest of the package; the file was compared with it when it was unpacked
        model = self.path / "model" / "model.bin"
        status = model.stat()
        if status.st_size <= WHOLE:
            return hashlib.blake2b(model.read_bytes(), digest_size=12).hexdigest()
        digest = hashlib.blake2b(f"{self.label} {status.st_size} {status.st_mtime_ns}".encode(), digest_size=12)
        with model.open("rb") as file:
            for part in range(64):
                file.seek(status.st_size * part // 64)
                digest.update(file.read(4096))
        return digest.hexdigest()


def user_data() -> Path:
    """The user's data folder: `$XDG_DATA_HOME`, else `~/.local/share`."""
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"


def packages_folder() -> Path:
    """Where installed Argos packages lie."""
    named = os.environ.get("ARGOS_PACKAGES_DIR", "")
    return Path(named) if named else user_data() / "argos-translate" / "packages"


def list_models() -> list[Model]:
    """All models that can be used, the one in use for each pair of languages before its others."""
    models = [*_installed(), starter()]
    return sorted(models, key=lambda each: (each.source, each.target, each.starter, _descending(each.version)))


def broken_models() -> list[tuple[Path, str]]:
    """Installed folders that cannot be used, each with what is wrong with it."""
    found = []
    for folder in _folders():
        try:
            _read(folder)
        except ModelError as error:
            found.append((folder, error.problem))
    return found


def find_model(source: str, target: str) -> Model:
    """The best model for a pair of languages (POSIX names or ISO codes); raises ModelError if there is none."""
    pair = package.language(source), package.language(target)
    exact = [each for each in _installed() if (each.source, each.target) in ((source, target), pair)]
    if exact:
        return max(exact, key=lambda each: (_version(each.version), each.target == target))
    if pair == ("en", "sv"):
        return starter()
    raise ModelError(f"no translation model for {source} → {target}", advice=ADVICE)


def install(file: Path) -> Model:
    """Check an Argos package and put it in place, whole or not at all; raises ModelError with the reason.

    A package of the same name and version is replaced. Languages are not judged here.
    """
    metadata = package.inspect(file)
    folder = packages_folder() / package.folder_name(metadata)
    # Not in the folder of packages itself: Argos Translate takes every folder there for a package.
    package.unpack(file, folder, folder.parent.parent, shown=file)
    with package.locked(folder.parent.parent):  # another process may just be putting its own copy there
        return _read(folder)


def remove(name: str) -> list[Model]:
    """Remove the installed packages of that name (`translate-en_sv`), give them; raises ModelError if there is none."""
    models = [each for each in _installed() if name in (each.name, each.path.name, each.label)]
    if not models:
        known = ", ".join(sorted({each.name for each in _installed()})) or "none"
        own = ": the starter is part of Ordbro and stays" if name == starter().name else ""
        raise ModelError(f"no installed model is called {name!r}{own}", advice=f"installed are: {known}")
    for model in models:
        package.discard(model.path)
    return models


def starter() -> Model:
    """The model that comes with Ordbro, unpacked at its first use; raises ModelError if that is impossible."""
    folder = user_data() / "ordbro" / f"starter-{_starter_digest()}"
    with suppress(ModelError):
        return _read(folder, own=True)
    package.inspect(STARTER)
    package.unpack(STARTER, folder, folder.parent, shown=STARTER.name)
    with package.locked(folder.parent):
        return _read(folder, own=True)


@lru_cache(maxsize=1)
def _starter_digest() -> str:
    """Changes with the starter's package: the table at the end of the archive has the checksum of each file in it."""
    try:
        size = STARTER.stat().st_size
        with STARTER.open("rb") as file:
            file.seek(max(0, size - TABLE))
            return hashlib.blake2b(size.to_bytes(8, "big") + file.read(), digest_size=8).hexdigest()
    except OSError as error:
        raise ModelError(
            f"the starter model is missing: {error.strerror}", path=STARTER, advice="install Ordbro again"
        ) from error


def _folders() -> list[Path]:
    try:
        return sorted(each for each in packages_folder().iterdir() if each.is_dir())
    except OSError:
        return []


def _installed() -> list[Model]:
    models = []
    for folder in _folders():
        try:
            models.append(_read(folder))
        except ModelError:
            continue  # broken_models() tells of it; one bad folder must not stop the others
    return models


def _read(folder: Path, own: bool = False) -> Model:
    metadata = package.check_folder(folder)
    readme = CARD if own else folder / "README.md"
    try:
        card = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
        size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    except OSError as error:  # another process may just be putting its own copy there
        raise ModelError(f"cannot be read: {error.strerror}", path=folder, advice="try again") from error
    return Model(
        name=f"translate-{metadata['from_code']}_{metadata['to_code']}",
        version=metadata["package_version"],
        source=metadata["from_code"],
        target=metadata["to_code"],
        path=folder,
        size=size,
        starter=own,
        card=card,
    )


def _version(text: str) -> Version:
    from packaging.version import InvalidVersion, Version

    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _descending(text: str) -> tuple[int, ...]:
    return tuple(-part for part in _version(text).release)
