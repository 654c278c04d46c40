"""Merging any two versions of a catalogue: no words are lost, and nothing is changed that need not be."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogue.versions import catalogue
from workflow.catalogue.matching import worded
from workflow.catalogue.po import Catalogue, parse
from workflow.catalogue.sides import conflicting
from workflow.catalogue.threeway import reconcile
from workflow.message import Message

WORDS = st.lists(st.sampled_from(["ord", "Å", '"', "\\", "en\n", "två", "x" * 70, "#", "%"]), max_size=9).map(
    lambda words: " ".join(words).strip()
)
NAMES = ["Visits are allowed", "Visits were allowed", "Wash your hands", "Park behind the house", "short", "x" * 90]


@st.composite
def messages(draw: st.DrawFn, name: str) -> Message:
    """A message of any state, with a person's comments or a machine's mark."""
    words = draw(WORDS)
    extra = {
        "comments": tuple(draw(st.lists(st.sampled_from(["fråga", "svar", ""]), max_size=2))),
        "references": tuple(draw(st.lists(st.sampled_from(["a.md", "b.md:3"]), max_size=2, unique=True))),
        "extracted": draw(st.sampled_from([("paragraph",), ("list item",), ()])),
        "obsolete": draw(st.booleans()) and draw(st.booleans()),
    }
    if draw(st.booleans()) and draw(st.booleans()):
        message = Message(name, msgid_plural=name + "s", plural=(words, draw(WORDS)), **extra)  # type: ignore[arg-type]
    else:
        message = Message(name, words, **extra)  # type: ignore[arg-type]
    standing = draw(st.sampled_from(["reviewed", "fuzzy", "stale", "machine"]))
    if standing == "machine":
        return message.drafted(message.texts, "machine argos 1.9")
    if standing == "reviewed" or not any(message.texts):
        return message
    previous = draw(st.sampled_from(NAMES)) if standing == "stale" else None
    return replace(message, flags=("fuzzy",), previous=previous)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Catalogue, Catalogue, Catalogue]:
    """A catalogue and two that grew from it."""
    base = {name: draw(messages(name)) for name in draw(st.lists(st.sampled_from(NAMES), max_size=5, unique=True))}
    sides = [base]
    for _ in range(2):
        side = dict(base)
        for name in draw(st.lists(st.sampled_from(NAMES), max_size=4)):
            if name in side and draw(st.booleans()) and draw(st.booleans()):
                del side[name]
            else:
                side[name] = draw(messages(name))
        sides.append(side)
    made = [catalogue(*side.values()) for side in sides]
    written = [with_crlf(each) if draw(st.booleans()) else each for each in made]
    return written[0], written[1], written[2]


def with_crlf(found: Catalogue) -> Catalogue:
    """The same catalogue with CRLF, so that equal messages have other bytes."""
    return parse(found.to_bytes().replace(b"\n", b"\r\n"), "x.po")


@given(versions())
@settings(max_examples=120)
def test_nothing_of_a_side_without_changes(found: tuple[Catalogue, Catalogue, Catalogue]) -> None:
    """Merging with the ancestor itself is ours to the byte, and theirs where we changed nothing."""
    base, ours, theirs = found
    assert reconcile(base, ours, base).catalogue.to_bytes() == ours.to_bytes()
    assert reconcile(base, base, theirs).catalogue.to_bytes() == theirs.to_bytes()
    rewritten = parse(base.to_bytes() + b"\n# tail\n", "x.po")
    result = reconcile(base, rewritten, theirs).catalogue
    assert {replace(each, line=0) for each in result.messages} == {replace(each, line=0) for each in theirs.messages}


@given(versions())
@settings(max_examples=200)
def test_no_human_text_is_lost(found: tuple[Catalogue, Catalogue, Catalogue]) -> None:
    """Every text that a person wrote on either side is in the result, live or in a comment."""
    base, ours, theirs = found
    result = parse(reconcile(base, ours, theirs).catalogue.to_bytes(), "x.po")
    present = {texts for each in result.messages for texts in (each.texts, conflicting(each))}
    for side in (ours, theirs):
        for message in side.messages:
            before = base.get(message.key)
            if worded(message) and (before is None or before.texts != message.texts):
                assert message.texts in present


@given(versions())
@settings(max_examples=120)
def test_a_second_merge_changes_nothing(found: tuple[Catalogue, Catalogue, Catalogue]) -> None:
    """What was merged is ours now; merging the same again (with their version as ancestor) leaves it."""
    base, ours, theirs = found
    result = reconcile(base, ours, theirs).catalogue
    assert reconcile(theirs, parse(result.to_bytes(), "x.po"), theirs).catalogue.to_bytes() == result.to_bytes()


@given(found=versions())
@settings(max_examples=25)
def test_gettext_accepts_the_result(
    found: tuple[Catalogue, Catalogue, Catalogue], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """`msgfmt -c` accepts whatever comes of a merge."""
    result = reconcile(*found).catalogue
    file: Path = tmp_path_factory.mktemp("merged") / "x.po"
    file.write_bytes(result.to_bytes())
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
