"""Translations go with their text: to another article, away, and back again months later."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extraction.sites import BESOK, PHONE, RING, VISIT, Site, new_site

OTHER = "Something else altogether stands here now."


def test_a_text_that_moves_takes_its_translation_along(site: Site) -> None:
    """A paragraph that is cut from one article and put into another is reviewed there, and obsolete here."""
    site.article("care/visit", "Children are welcome, too.")
    site.article("care/ward/phone", PHONE, VISIT)
    result = site.extract()
    assert site.reviewed("care/ward/phone", VISIT) == BESOK
    assert site.kept("care/visit", VISIT) == BESOK
    assert (result.counts["sv"]["moved"], result.counts["sv"]["obsoleted"]) == (1, 1)
    assert site.changed() == []


def test_a_text_that_moves_into_a_new_article_takes_its_translation_along(site: Site) -> None:
    """The same holds when the article did not exist before."""
    site.article("care/visit", "Children are welcome, too.")
    site.article("news/visit", VISIT)
    assert len(site.changed()) == 6
    assert site.reviewed("news/visit", VISIT) == BESOK


def test_a_text_that_is_edited_on_its_way_arrives_stale(site: Site) -> None:
    """A moved text with another word has its translation, and the English that it was made for."""
    site.article("care/visit", "Children are welcome, too.")
    site.article("news/visit", VISIT.replace("seven", "eight"))
    site.extract()
    found = site.message("news/visit", VISIT.replace("seven", "eight"))
    assert found is not None
    assert (found.fuzzy, found.msgstr, found.previous) == (True, BESOK, VISIT)


def test_two_articles_swap_their_texts(site: Site) -> None:
    """Both translations go with their texts."""
    site.article("care/visit", PHONE)
    site.article("care/ward/phone", VISIT, "Children are welcome, too.")
    site.extract()
    assert (site.reviewed("care/visit", PHONE), site.reviewed("care/ward/phone", VISIT)) == (RING, BESOK)
    assert (site.kept("care/visit", VISIT), site.kept("care/ward/phone", PHONE)) == (BESOK, RING)
    assert site.changed() == []


def test_a_text_that_comes_to_an_article_after_it_left_another(site: Site) -> None:
    """A translation that became obsolete earlier is found in the catalogue of an article that nobody touched since."""
    site.article("care/visit", OTHER)
    site.extract()
    assert site.changed() == []
    site.article("care/ward/phone", PHONE, VISIT)
    assert "sv/LC_MESSAGES/care/ward/phone.po" in site.changed()
    assert site.reviewed("care/ward/phone", VISIT) == BESOK


def test_obsolete_lines_without_a_blank_are_found_too(site: Site) -> None:
    """A text behind `#~msgid`, which gettext allows, is as obsolete as any."""
    site.article("care/visit", OTHER)
    site.extract()
    po = site.po("care/visit")
    po.write_bytes(po.read_bytes().replace(b"#~ ", b"#~"))
    site.extract()
    site.article("care/ward/phone", PHONE, VISIT)
    site.extract()
    assert site.reviewed("care/ward/phone", VISIT) == BESOK


def test_a_deleted_article_leaves_its_translations(site: Site) -> None:
    """The template goes with its article; the catalogue stays and all in it is obsolete."""
    (site.root / "source" / "care" / "visit.md").unlink()
    result = site.extract()
    assert not site.pot("care/visit").exists()
    assert list(site.catalogue("care/visit").live) == []
    assert site.kept("care/visit", VISIT) == BESOK
    assert result.counts["sv"]["obsoleted"] == 1
    before = site.stamps()
    assert site.changed() == []
    assert site.stamps() == before


def test_a_deleted_article_comes_back_with_its_translations(site: Site) -> None:
    """Months and many extractions later the article has what was translated."""
    path = site.root / "source" / "care" / "visit.md"
    text = path.read_bytes()
    path.unlink()
    site.extract()
    for number in range(3):
        site.article("news/other", f"Day {number}.")
        site.extract()
    path.write_bytes(text)
    assert site.extract().counts["sv"]["revived"] == 1
    assert site.reviewed("care/visit", VISIT) == BESOK
    assert site.pot("care/visit").is_file()


@pytest.mark.parametrize("before", [lambda _site: None, lambda site: shutil.rmtree(site.root / "build")])
def test_a_renamed_article_has_its_translations(site: Site, before: Callable[[Site], None]) -> None:
    """A file that is moved to another folder is translated there, whether there are notes or not."""
    before(site)
    (site.root / "source" / "news").mkdir()
    (site.root / "source" / "care" / "visit.md").rename(site.root / "source" / "news" / "hours.md")
    site.extract()
    assert site.reviewed("news/hours", VISIT) == BESOK
    assert site.kept("care/visit", VISIT) == BESOK
    assert not site.pot("care/visit").exists()
    assert site.changed() == []


def test_a_text_moves_from_an_article_that_was_deleted_long_ago(site: Site) -> None:
    """Its catalogue is still asked when a new article has the text."""
    (site.root / "source" / "care" / "visit.md").unlink()
    site.extract()
    site.extract()
    site.article("news/visit", VISIT)
    site.extract()
    assert site.reviewed("news/visit", VISIT) == BESOK


def test_an_article_is_split_in_two(site: Site) -> None:
    """Both parts have their translations, the one with the old name and the new one."""
    site.translate("care/visit", "Children are welcome, too.", "Barn är också välkomna.")
    site.article("care/visit", VISIT)
    site.article("care/children", "Children are welcome, too.")
    site.extract()
    assert site.reviewed("care/visit", VISIT) == BESOK
    assert site.reviewed("care/children", "Children are welcome, too.") == "Barn är också välkomna."


def test_a_folder_called_like_a_template_is_no_template(site: Site) -> None:
    """What is cleared away are the templates of articles that are gone, not folders, nor hidden files."""
    site.article("a.pot/b", VISIT)
    site.pot(".hidden").write_text("", encoding="utf-8")
    site.extract()
    assert site.pot("a.pot/b").is_file()
    site.pot("gone").write_text("", encoding="utf-8")
    assert site.changed() == ["templates/gone.pot"]
    assert site.pot(".hidden").is_file()
    assert not site.pot("gone").exists()


TEXTS = [f"{subject} {rest}" for subject in ("The nurse", "A visitor") for rest in ("sees the ward.", "has a key.")]
STEPS = st.lists(
    st.tuples(st.sampled_from(("a", "b", "c/d")), st.none() | st.lists(st.sampled_from(TEXTS), unique=True)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS, forget=st.booleans())
def test_no_translation_is_lost_whatever_editors_do(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[str] | None]], forget: bool
) -> None:
    """Texts written, moved and deleted: each reviewed translation is still somewhere, never beside another English."""
    site = new_site(_folder(tmp_path_factory))
    site.article("a", *TEXTS)
    site.extract()
    for text in TEXTS:
        site.translate("a", text, f"{text} ✓")
    for name, texts in steps:
        path = site.root / "source" / f"{name}.md"
        if texts is None:
            path.unlink(missing_ok=True)
        else:
            site.article(name, *texts)
        if forget:
            shutil.rmtree(site.root / "build", ignore_errors=True)
        assert sorted(map(str, site.extract(write=False).changed)) == sorted(map(str, site.extract().changed))
        _judge(site)
    assert site.changed() == []


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("moving") / "site"


def _judge(site: Site) -> None:
    names = [path.stem if path.parent.name == "LC_MESSAGES" else "c/d" for path in site.root.rglob("sv/**/*.po")]
    messages = [message for name in names for message in site.catalogue(name).messages]
    assert {message.msgstr for message in messages if message.msgstr} == {f"{text} ✓" for text in TEXTS}
    for message in messages:
        assert not message.msgstr or message.fuzzy or message.msgstr == f"{message.msgid} ✓"
