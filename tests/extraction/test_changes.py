"""What was changed, and only that, is brought up to date: articles, catalogues, settings, page templates."""

from __future__ import annotations

import pytest

from tests.extraction.sites import BESOK, PHONE, RING, VISIT, Site, accepted
from workflow.catalogue.po import read
from workflow.message import State

VISIT_FILES = ["ar/LC_MESSAGES/care/visit.po", "sv/LC_MESSAGES/care/visit.po", "templates/care/visit.pot"]
PHONE_FILES = [path.replace("visit", "ward/phone") for path in VISIT_FILES]
INDEX_FILES = [path.replace("care/visit", "index") for path in VISIT_FILES]
UI_FILES = [path.replace("care/visit", "ui") for path in VISIT_FILES]


def test_an_edited_article_changes_its_own_files_only(site: Site) -> None:
    """Another word in one article is in its template and its catalogues; the translation is stale."""
    before = site.stamps("locales")
    site.article("care/visit", VISIT.replace("seven", "eight"), "Children are welcome, too.")
    assert site.changed() == VISIT_FILES
    now = site.stamps("locales")
    assert {path for path in now if now[path] != before[path]} == {f"locales/{path}" for path in VISIT_FILES}
    found = site.message("care/visit", VISIT.replace("seven", "eight"))
    assert found is not None
    assert (found.state, found.msgstr, found.previous) == (State.STALE, BESOK, VISIT)
    assert site.changed() == []


def test_an_edit_that_is_taken_back_makes_the_translation_valid_again(site: Site) -> None:
    """When an edit is undone, the catalogue has the bytes that it had before."""
    before = site.contents()
    site.article("care/visit", VISIT.replace("seven", "eight"), "Children are welcome, too.")
    site.extract()
    site.article("care/visit", VISIT, "Children are welcome, too.")
    assert site.changed() == VISIT_FILES
    assert site.reviewed("care/visit", VISIT) == BESOK
    assert site.contents() == before


def test_lines_that_move_down_change_the_template_alone(site: Site) -> None:
    """An article whose texts stand further down has other lines in its template, and translators see no change."""
    site.article("care/visit", "", VISIT, "Children are welcome, too.")
    assert site.changed() == ["templates/care/visit.pot"]


def test_a_new_article_gets_its_files(site: Site) -> None:
    """A new article in a folder of its own has a template, and a catalogue in every language."""
    site.article("news/2024/new", "Something new.")
    assert site.changed() == [path.replace("care/visit", "news/2024/new") for path in VISIT_FILES]
    assert [message.msgid for message in site.catalogue("news/2024/new").live][-1] == "Something new."
    assert site.changed() == []


def test_a_translators_work_is_noticed_and_left_alone(site: Site) -> None:
    """A catalogue that was edited is read again; it is as it should be, so nothing is written but the notes."""
    site.translate("care/visit", "Children are welcome, too.", "Barn är också välkomna.")
    before, notes = site.stamps("locales"), site.root / "build" / "cache" / "extraction.json"
    noted = notes.read_bytes()
    assert site.changed() == []
    assert site.stamps("locales") == before
    assert notes.read_bytes() != noted
    everything = site.stamps()
    assert site.changed() == []
    assert site.stamps() == everything


def test_a_message_that_was_deleted_from_a_catalogue_comes_back(site: Site) -> None:
    """When somebody takes a message out of a catalogue by mistake, the next extraction puts it back, empty."""
    catalogue = site.catalogue("care/visit")
    gone = catalogue.index[None, "Children are welcome, too."]
    kept = catalogue.arrange([number for number in range(len(catalogue.messages)) if number != gone])
    site.po("care/visit").write_bytes(kept.to_bytes())
    assert site.changed() == ["sv/LC_MESSAGES/care/visit.po"]
    assert site.message("care/visit", "Children are welcome, too.") is not None
    assert site.reviewed("care/visit", VISIT) == BESOK


@pytest.mark.parametrize("name", ["care/visit", "ui"])
def test_files_that_were_deleted_are_made_again(site: Site, name: str) -> None:
    """A catalogue or template that is missing is made anew."""
    site.pot(name).unlink()
    site.po(name, "ar").unlink()
    assert site.changed() == [f"ar/LC_MESSAGES/{name}.po", f"templates/{name}.pot"]


def test_an_edited_template_is_put_right(site: Site) -> None:
    """A template holds nothing of its own: whatever stands in it, or if it is no catalogue, it is what it was."""
    before = site.pot("index").read_bytes()
    for content in (b"msgid\n", b"", before + b'\nmsgid "Mine"\nmsgstr ""\n'):
        site.pot("index").write_bytes(content)
        assert site.changed() == ["templates/index.pot"]
        assert [m.msgid for m in read(site.pot("index"), "x").messages] == [
            m.msgid for m in site.catalogue("index").live
        ]
    site.pot("index").write_bytes(b"msgid\n")
    site.extract()
    assert site.pot("index").read_bytes() == before


def test_another_address_of_the_site_is_in_every_catalogue(site: Site) -> None:
    """The links to the texts on the pages follow the site's address; no translation is touched."""
    site.settings("norr.example", "nord.example")
    assert site.changed() == sorted([*VISIT_FILES, *PHONE_FILES, *INDEX_FILES])
    assert b"norr.example" not in b"".join(site.contents().values())
    assert site.reviewed("care/visit", VISIT) == BESOK
    site.settings('url = "https://nord.example"\n', "")
    assert len(site.changed()) == 9
    assert b"nord.example" not in b"".join(site.contents().values())


def test_another_slug_of_a_folder_is_another_address_of_what_lies_in_it(site: Site) -> None:
    """When a folder's page gets an address of its own, the links in its articles' catalogues follow."""
    site.article("care/index", "All about care.", front="slug: healing\n")
    assert site.changed() == sorted([*VISIT_FILES, *PHONE_FILES, *(p.replace("visit", "index") for p in VISIT_FILES)])
    assert b"https://norr.example/en/healing/visit/#" in site.po("care/visit").read_bytes()
    assert site.changed() == []


def test_a_new_language_gets_all_catalogues(site: Site) -> None:
    """A language that is added has its catalogues after the next extraction; the others stay as they are."""
    before = site.stamps("locales")
    site.settings('"ar"]', '"ar", "pt_BR"]')
    names = ["care/visit", "care/ward/phone", "index", "ui"]
    assert site.changed() == [f"pt_BR/LC_MESSAGES/{name}.po" for name in names]
    assert {path: stamp for path, stamp in site.stamps("locales").items() if path in before} == before
    site.settings('"ar", "pt_BR"]', '"ar"]')
    assert site.changed() == []
    assert site.po("index", "pt_BR").is_file()


def test_other_front_matter_is_for_translators_when_the_settings_say_so(site: Site) -> None:
    """A key that is named in `translate_keys` gives its text to the translators, and takes it away again."""
    site.article("index", "Welcome.", front="lead: A lead text\n")
    site.extract()
    assert site.message("index", "A lead text") is None
    site.settings("[tool.ordbro]", '[tool.ordbro]\ntranslate_keys = ["title", "lead"]')
    assert site.changed() == INDEX_FILES
    assert site.message("index", "A lead text") is not None
    site.settings('"title", "lead"', '"title"')
    assert site.changed() == INDEX_FILES
    assert site.message("index", "A lead text") is None


def test_another_name_of_the_project_is_in_the_templates(site: Site) -> None:
    """New catalogues name the project as it is called now; those that are there keep their header."""
    site.settings('name = "Norr"', 'name = "Nord \\"N\\" Åre"')
    assert site.changed() == []
    site.article("new", "New.")
    assert len(site.changed()) == 3
    assert site.catalogue("new").header["Project-Id-Version"] == 'Nord "N" Åre'


def test_the_interface_has_plurals_and_contexts(site: Site) -> None:
    """The strings of the page templates are a catalogue with as many plural forms as the language has."""
    for locale, forms in (("sv", 2), ("ar", 6)):
        catalogue = site.catalogue("ui", locale)
        skip, count, close = catalogue.messages
        assert (skip.msgid, skip.references) == ("Skip to the text", ("templates/base.html",))
        assert (count.msgid_plural, count.plural) == ("%(count)s articles", ("",) * forms)
        assert count.flags == ("python-format",)
        assert (close.msgctxt, close.msgid) == ("menu", "Close")


def test_a_changed_page_template_changes_the_interface_only(site: Site) -> None:
    """Strings come and go with the templates."""
    template = site.root / "templates" / "base.html"
    template.write_text('{{ _("Skip to the text") }}\n{{ _("Search") }}\n', encoding="utf-8")
    assert site.changed() == UI_FILES
    assert [message.msgid for message in site.catalogue("ui").live] == ["Skip to the text", "Search"]


def test_a_renamed_page_template_is_named_anew(site: Site) -> None:
    """The places of strings follow the file that they stand in, even when not a byte of it changed."""
    (site.root / "templates" / "base.html").rename(site.root / "templates" / "page.html")
    assert site.changed() == UI_FILES
    assert site.catalogue("ui").messages[0].references == ("templates/page.html",)


def test_articles_that_are_not_for_translation_have_empty_catalogues(site: Site) -> None:
    """An article that says `translate: false` has no text for translators; what they wrote is kept."""
    site.article("care/visit", VISIT, front="translate: false\n")
    assert site.changed() == VISIT_FILES
    assert list(site.catalogue("care/visit").live) == []
    assert site.kept("care/visit", VISIT) == BESOK
    site.article("care/visit", VISIT)
    site.extract()
    assert site.reviewed("care/visit", VISIT) == BESOK


def test_gettext_accepts_every_catalogue(site: Site) -> None:
    """After all kinds of changes `msgfmt -c` has nothing to say about any `.po`."""
    site.article("care/visit", VISIT.replace("seven", "eight"), 'A "new" one\\\nwith {{ tags }} and 100 % `code`.')
    site.article("care/moved", PHONE)
    site.article("nytt/åäö", "漢字" * 50, "Lorem ipsum " * 20, title="x" * 200)
    (site.root / "source" / "care" / "ward" / "phone.md").unlink()
    site.extract()
    assert site.reviewed("care/moved", PHONE) == RING
    catalogues = sorted(site.root.rglob("*.po"))
    assert len(catalogues) == 12
    assert [path for path in catalogues if not accepted(path)] == []
