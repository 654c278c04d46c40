"""Catalogues written in one go are to the letter what updating and merging empty ones gives."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.extraction.sites import accepted
from workflow.catalogue.fresh import header, is_simple, new_files
from workflow.catalogue.merge import merge, update_template
from workflow.catalogue.po import new_catalogue, parse
from workflow.message import Message

NAME = 'Sjukhuset "Norr" \\ Åre'
POT, POS = header(NAME, None), {locale: header(NAME, locale) for locale in ("sv", "ar", "ja")}
PIECES = st.sampled_from(
    (
        *"a é å 漢字 。 🩺 \u0301 \u200b \u2028 \u2068 \ufeff \ud800 \xa0 \x85".split(" "),
        *'" \\ \t \n \r \x07 \0 \x1f \x7f — – - / ( { %d'.split(" "),
        "word ",
        "A sentence of some words, and more. ",
        "한국어 ",
        "ا نص ",
        "https://example.org/a-b/c_d?e=f ",
        "x" * 80,
        "long-" * 20,
        "漢" * 45,
        " ",
    )
)
TEXT = st.lists(PIECES, max_size=12).map("".join)
LONG = st.lists(PIECES, max_size=60).map("".join)
REFERENCE = st.one_of(
    st.sampled_from(
        ("source/x.md:3", "source/x.md:12", "source/a b.md:4", "source/å.md:7", "source/x.md", "x:3:4", "s:y")
    ),
    st.builds(
        "source/{}/{}.md:{}".format, st.sampled_from(("news", "very-" * 12)), st.integers(0, 9), st.integers(1, 999)
    ),
)
MESSAGE = st.builds(
    Message,
    st.one_of(TEXT, LONG).filter(bool),
    msgctxt=st.none() | st.just("slug") | TEXT,
    extracted=st.lists(TEXT, max_size=3).map(lambda notes: ("title", *notes)),
    references=st.lists(REFERENCE, max_size=9).map(tuple),
)
TEMPLATE = st.lists(MESSAGE, max_size=4, unique_by=lambda message: message.key)


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(TEMPLATE)
@example([Message("Width " * 13 + "x" * number, references=("source/x.md:1",)) for number in range(20)])
@example([Message("漢" * number, extracted=("title",)) for number in range(30, 40)])
def test_new_files_are_what_a_merge_of_empty_ones_gives(template: list[Message]) -> None:
    """Whatever the texts, contexts, comments and places are, the bytes of both ways are the same."""
    pot, files = new_files(template, POT, POS)
    assert pot == update_template(new_catalogue(NAME, None), template).to_bytes()
    for locale, data in files.items():
        assert data == merge(parse(POS[locale].encode(), "x.po"), template).catalogue.to_bytes()


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(TEMPLATE)
def test_new_files_are_read_as_they_were_meant(template: list[Message]) -> None:
    """Reading the `.pot` gives the messages again, and merging the template into the new `.po` changes nothing."""
    pot, files = new_files(template, POT, POS)
    assert len(parse(pot, "x.pot").messages) == len(template)
    assert parse(pot, "x.pot").to_bytes() == pot
    if not any(
        "\ud800" in text or "\0" in text for message in template for text in (message.msgid, message.msgctxt or "")
    ):
        assert [message.key for message in parse(files["sv"], "x.po").live] == [message.key for message in template]


def test_gettext_accepts_new_files(tmp_path: Path) -> None:
    """Escapes, wide letters, long words and names with spaces are as `msgfmt -c` wants them."""
    template = [
        Message(
            'Tab\t, "quote", \\ and\nline', extracted=("heading 1", " spaced ", ""), references=("source/a b.md:3",)
        ),
        Message("漢字" * 60, msgctxt="slug", references=tuple(f"source/x.md:{line}" for line in range(40))),
        Message("x" * 200),
    ]
    for name, data in new_files(template, POT, POS)[1].items():
        path = tmp_path / f"{name}.po"
        path.write_bytes(data)
        assert accepted(path)


def test_a_project_without_languages_has_a_template() -> None:
    """Without locales there is just the `.pot`."""
    pot, files = new_files([Message("A")], POT, {})
    assert files == {}
    assert pot.endswith(b'\nmsgid "A"\nmsgstr ""\n')


def test_plurals_and_flags_are_not_simple() -> None:
    """What has plural forms or flags is left to the merge."""
    assert is_simple([])
    assert is_simple([Message("A", msgctxt="b", extracted=("c",), references=("d:1",))])
    assert not is_simple([Message("A"), Message("%d", msgid_plural="%ds")])
    assert not is_simple([Message("A %d", flags=("c-format",))])
