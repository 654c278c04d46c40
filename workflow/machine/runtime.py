"""What runs a model: its tokeniser, and CTranslate2 itself, opened from the folder of an Argos package."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from workflow.errors import ModelError
from workflow.machine.models import Model, user_data

if TYPE_CHECKING:
    import ctranslate2

FEW = 16
"""Sentences that are cut faster one by one."""
FAILURES = (RuntimeError, OSError, ValueError, LookupError, AttributeError, ImportError)
"""What opening a broken model can raise."""


class Tokenizer(Protocol):
    """Cuts sentences into the pieces that a model knows."""

    def cut(self, sentences: Sequence[str]) -> list[list[str]]:
        """The pieces of each sentence."""

    def joined(self, pieces: Sequence[str]) -> str | None:
        """The text of target pieces, or None where it is enough to leave out the signs for blanks."""


class SentencePieces:
    """SentencePiece, which nearly all packages have."""

    def __init__(self, file: Path):
        import sentencepiece

        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(file))

    def cut(self, sentences: Sequence[str]) -> list[list[str]]:
        """The pieces of each sentence."""
        if len(sentences) < FEW:  # for a list it starts threads
            return [self._processor.encode(sentence, out_type=str) for sentence in sentences]
        return self._processor.encode(list(sentences), out_type=str)  # type: ignore[no-any-return]

    def joined(self, pieces: Sequence[str]) -> None:
        """Nothing; Argos Translate's own joining would turn underscores into blanks."""


class BytePairs:
    """Moses and byte pairs, of older packages: pieces end in @@ where the word goes on, and signs stand apart."""

    def __init__(self, tokenizer: Any):
        self._tokenizer = tokenizer
        try:
            self._tokenizer.encode("")  # loads it
        except SystemExit as error:  # so does a library tell that it cannot read a line
            raise ValueError("bpe.model has lines that are no pairs") from error

    def cut(self, sentences: Sequence[str]) -> list[list[str]]:
        """The pieces of each sentence."""
        return [[piece for piece in self._tokenizer.encode(sentence) if piece] for sentence in sentences]

    def joined(self, pieces: Sequence[str]) -> str:
        """The text of target pieces."""
        return str(self._tokenizer.decode(list(pieces)))


def open_tokenizer(model: Model) -> Tokenizer:
    """The tokeniser that Argos Translate finds in a package; raises ModelError."""
    with _told(model):
        with borrowed_settings():
            from argostranslate.package import Package
            from argostranslate.tokenizer import BPETokenizer
        found = Package(model.path).tokenizer
        if isinstance(found, BPETokenizer):
            return BytePairs(found)
        return SentencePieces(Path(found.model_file))


def open_translator(model: Model, threads: int) -> ctranslate2.Translator:
    """CTranslate2 with a package's model, as many sentences at a time as there are threads; raises ModelError."""
    with _told(model):
        return _ctranslate2().Translator(
            str(model.path / "model"), compute_type="auto", inter_threads=threads, intra_threads=1
        )


def target_prefix(model: Model) -> str:
    """The token that a model for many languages wants at the beginning of each translation; mostly empty."""
    with _told(model):
        return str(json.loads((model.path / "metadata.json").read_bytes()).get("target_prefix") or "")


@contextmanager
def borrowed_settings() -> Iterator[None]:
    """Let `argostranslate` be imported: the folders it makes at import go below the user's data folder."""
    own = user_data() / "ordbro" / "argostranslate"
    wanted = {"XDG_DATA_HOME": str(user_data()), "XDG_CONFIG_HOME": str(own), "XDG_CACHE_HOME": str(own)}
    before = {name: os.environ.get(name) for name in (*wanted, "KMP_DUPLICATE_LIB_OK")}
    os.environ.update(wanted)
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"the folder {user_data()} cannot be written: {error.strerror or error}",
            advice="check its permissions or set XDG_DATA_HOME",
        ) from error
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _told(model: Model) -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        raise ModelError(
            f"the model {model.label} cannot be loaded: {error}", path=model.path, advice="install it again"
        ) from error


def _ctranslate2() -> Any:
    """CTranslate2's compiled part: the package around it imports `asyncio`, which takes longer than a small model."""
    name = "ctranslate2._ext"
    package = None if name in sys.modules else importlib.util.find_spec("ctranslate2")
    folders = package.submodule_search_locations if package else None
    spec = PathFinder.find_spec(name, folders) if folders else None
    if spec is None or spec.loader is None:
        import ctranslate2

        return ctranslate2
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # an import of the package later on takes this one
    spec.loader.exec_module(module)
    return module
