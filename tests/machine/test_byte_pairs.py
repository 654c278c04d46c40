"""Older packages: words cut by byte pairs, no placeholders, a token for the target language."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from workflow.errors import ModelError
from workflow.machine.argos import ArgosEngine
from workflow.machine.drafts import Unit, draft
from workflow.machine.engine import Options
from workflow.machine.hypotheses import Found, hypothesis
from workflow.machine.models import Model
from workflow.machine.runtime import BytePairs, open_tokenizer

CODES = "#version: 0.2\nt h\nth e</w>\no p\nop e\n"
"""Merges that know `the` and the beginning of `open`."""


@pytest.fixture
def model(engine: ArgosEngine, tmp_path: Path) -> Model:
    """A package with byte pairs in place of SentencePiece; its weights are the starter's, which makes no sense."""
    shutil.copytree(engine.model.path, tmp_path / "package")
    (tmp_path / "package" / "sentencepiece.model").unlink()
    (tmp_path / "package" / "bpe.model").write_text(CODES, encoding="utf-8")
    made = engine.model
    return Model(made.name, "1.0", "en", "sv", tmp_path / "package", made.size, False, "")


def test_words_are_cut_and_joined(model: Model, tmp_path: Path) -> None:
    """Words fall into pairs, signs stand apart, and joining gives the text back."""
    tokenizer = open_tokenizer(model)
    assert isinstance(tokenizer, BytePairs)
    [pieces] = tokenizer.cut(["Do open the door."])
    assert pieces[:2] == ["D@@", "o"]
    assert "the" in pieces
    assert pieces[-1] == "."
    assert tokenizer.joined(pieces) == "Do open the door."


def test_pieces_find_their_places() -> None:
    """Pieces that end in @@, and signs that the tokeniser writes in its own way, are found in both texts."""
    source, target = ["it", "&apos;s", "op@@", "en"], ["det", "är", "öp@@", "pet", "."]
    rows = [[float(n == k) for k in range(4)] for n in (0, 1, 2, 3, 3)]
    made = hypothesis("it's open", source, Found(target, -0.1, rows), "det är öppet.")
    assert made.alignment
    assert ["it's open"[a:b] for a, b in made.alignment.source] == ["it", "'s", "op", "en"]
    assert ["det är öppet."[a:b] for a, b in made.alignment.target] == ["det", "är", "öp", "pet", "."]


def test_such_a_package_translates(model: Model) -> None:
    """Every sentence gets an answer, with an alignment that has a row for each piece where one is asked for."""
    engine = ArgosEngine(model)
    answers = engine.translate(["The door is open.", ""], Options(alignment=True, openings=(0,)))
    assert [len(each) for each in answers] == [1, 1]
    aligned = answers[0][0].alignment
    assert aligned
    assert len(aligned.weights) == len(aligned.target)
    assert "▁" not in "".join(each.text for each in draft([Unit("", "The [door](d.md) is open.")], engine))


def test_a_token_for_the_language_goes_first(engine: ArgosEngine, tmp_path: Path) -> None:
    """A package that names a target prefix has each translation begin with it, and it is not shown."""
    shutil.copytree(engine.model.path, tmp_path / "package")
    file = tmp_path / "package" / "metadata.json"
    file.write_text(json.dumps({**json.loads(file.read_bytes()), "target_prefix": "▁Det"}), encoding="utf-8")
    made = engine.model
    other = ArgosEngine(Model(made.name, "1.0", "en", "sv", tmp_path / "package", made.size, False, ""))
    [[plain]], [[aligned]] = (
        other.translate(["The clinic is open."], Options(alignment=alignment)) for alignment in (False, True)
    )
    assert plain.text == aligned.text
    assert not plain.text.startswith("Det")
    assert aligned.alignment
    assert len(aligned.alignment.weights) == len(aligned.alignment.target)


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"#version: 0.2\na b c d\n"])
def test_broken_byte_pairs_are_one_error(model: Model, damage: bytes) -> None:
    """A file of byte pairs that cannot be read is an error that names the model."""
    (model.path / "bpe.model").write_bytes(damage)
    with pytest.raises(ModelError, match=r"the model translate-en_sv 1\.0 cannot be loaded"):
        ArgosEngine(model).translate(["The door is open."], Options())
