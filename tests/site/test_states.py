"""What residents see of a message in each state: the table of the design."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.site.sites import Site, entry, machine, make_site, po

ENGLISH, SWEDISH = "Wash your hands.", "Tvätta händerna."
MARKS = {
    "machine": machine("0.82"),
    "doubtful": machine("0.30"),
    "unmeasured": ("# ordbro: memory sv.tmx", "#, fuzzy"),
    "stale": ("#, fuzzy", '#| msgid "Wash your feet."'),
    "fuzzy": ("#, fuzzy",),
    "reviewed": (),
}
REVIEWED, ALL = 'publish = ["reviewed"]', 'publish = ["reviewed", "machine", "fuzzy", "stale"]'


@dataclass(frozen=True)
class Case:
    """A message in a state, what the site and the article publish, and what the page shows."""

    state: str
    settings: str
    own: str
    shows: str
    mark: str | None


CASES = [
    Case("untranslated", "", "", ENGLISH, "source"),
    Case("machine", "", "", SWEDISH, "machine"),
    Case("doubtful", "", "", ENGLISH, "source"),
    Case("unmeasured", "", "", SWEDISH, "machine"),
    Case("stale", "", "", ENGLISH, "source"),
    Case("fuzzy", "", "", ENGLISH, "source"),
    Case("reviewed", "", "", SWEDISH, None),
    Case("doubtful", "publish_confidence = 0", "", SWEDISH, "machine"),
    Case("machine", "publish_confidence = 0.9", "", ENGLISH, "source"),
    Case("machine", REVIEWED, "", ENGLISH, "source"),
    Case("reviewed", REVIEWED, "", SWEDISH, None),
    Case("stale", ALL, "", SWEDISH, None),
    Case("fuzzy", ALL, "", SWEDISH, None),
    Case("machine", "", "[reviewed]", ENGLISH, "source"),
    Case("reviewed", "", "[reviewed]", SWEDISH, None),
    Case("machine", REVIEWED, "[reviewed, machine]", SWEDISH, "machine"),
    Case("reviewed", "", "[]", ENGLISH, "source"),
    Case("machine", '[tool.ordbro.locale.sv]\npublish = ["reviewed"]', "", ENGLISH, "source"),
]


def _site(folder: Path, case: Case) -> Site:
    own = f"publish: {case.own}\n" if case.own else ""
    text = SWEDISH if case.state in MARKS else ""
    return make_site(
        folder,
        {
            "source/x.md": f"---\ntitle: Hygiene\n{own}---\n\n{ENGLISH}\n\nReviewed.\n",
            "locales/sv/LC_MESSAGES/x.po": po(
                entry("Hygiene", "Hygien"),
                entry("Reviewed.", "Granskat."),
                entry(ENGLISH, text, *MARKS.get(case.state, ())),
            ),
        },
        settings=case.settings,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(filter(None, (case.state, case.settings, case.own))))
def test_residents_see_what_the_table_says(tmp_path: Path, case: Case) -> None:
    """A paragraph shows the translation or the English, with the mark of its state, and the notice tells."""
    page = _site(tmp_path, case).page("sv/x/")
    paragraph = page.query(".content p")[0]
    assert paragraph.to_text() == case.shows
    assert paragraph.attrs.get("data-state") == case.mark
    assert paragraph.attrs.get("lang") == ("en" if case.shows == ENGLISH else None)
    classes = [node.attrs["class"] for node in page.query(".notice")]
    assert classes == {"machine": ["notice"], "source": ["notice calm"], None: []}[case.mark]


def test_english_pages_have_no_marks(tmp_path: Path) -> None:
    """The language the articles are written in needs no notice and no marks."""
    page = _site(tmp_path, CASES[1]).page("en/x/")
    assert page.query("[data-state], .notice") == []


def test_notice_tells_parts_from_all(tmp_path: Path) -> None:
    """A page that is all machine text, or all English, says so once and marks nothing by words."""
    body = "---\ntitle: Hygiene\n---\n\nWash.\n"
    drafts = po(entry("Hygiene", "Hygien", *machine()), entry("Wash.", "Tvätta.", *machine()))
    site = make_site(
        tmp_path,
        {"source/all.md": body, "source/none.md": body, "locales/sv/LC_MESSAGES/all.po": drafts},
    )
    assert "Texten är översatt av en dator." in site.text("sv/all/")
    assert "Sidan är inte översatt ännu." in site.text("sv/none/")
    for path, name in (("sv/all/", "machine"), ("sv/none/", "source")):
        [content] = site.page(path).query(".content")
        assert content.attrs["data-throughout"] == name
        assert "label:" not in str(content.attrs.get("style"))


def test_what_is_not_for_translation_says_so(tmp_path: Path) -> None:
    """An article with `translate: false` is shown in English on Swedish pages, marked as a whole, with a sentence."""
    site = make_site(tmp_path, {"source/x.md": "---\ntitle: Licence\ntranslate: false\n---\n\nAs is.\n"})
    page = site.page("sv/x/")
    assert page.query(".content")[0].attrs["lang"] == "en"
    assert page.query("h1")[0].attrs["lang"] == "en"
    assert "Sidan finns bara på engelska." in site.text("sv/x/")
    assert "lang" not in site.page("en/x/").query(".content")[0].attrs


def test_lists_say_what_a_computer_wrote(tmp_path: Path) -> None:
    """In lists of articles a draft and a left-over are labelled in words, and an English title is marked as English."""
    files = {f"source/n/{name}.md": f"---\ntitle: Title {name}\n---\n" for name in ("draft", "english", "done")}
    files["source/n/index.md"] = "---\ntitle: N\n---\n"
    files["locales/sv/LC_MESSAGES/n/draft.po"] = po(entry("Title draft", "Utkast", *machine()))
    files["locales/sv/LC_MESSAGES/n/done.po"] = po(entry("Title done", "Klar"))
    page = make_site(tmp_path, files).page("sv/n/")
    shown = {
        node.query("h2")[0].to_text(): (
            node.query("h2")[0].attrs.get("lang"),
            [label.to_text() for label in node.query(".label")],
        )
        for node in page.query("article.teaser")
    }
    assert shown == {
        "Utkast": (None, ["Datoröversatt"]),
        "Title english": ("en", ["Inte översatt ännu"]),
        "Klar": (None, []),
    }


def test_a_translation_that_cannot_be_used_is_told_of(tmp_path: Path) -> None:
    """Broken markup never reaches a page: the English stands there and a finding names the line."""
    files = {
        "source/x.md": "---\ntitle: T\n---\n\nRead <b>this</b>.\n",
        "locales/sv/LC_MESSAGES/x.po": po(entry("Read <b>this</b>.", "Läs <i>detta</i>.")),
    }
    site = make_site(tmp_path, files)
    [finding] = site.built.findings
    assert (finding.check, finding.locale, finding.path) == ("markup", "sv", "locales/sv/LC_MESSAGES/x.po")
    assert site.page("sv/x/").query(".content p")[0].attrs["data-state"] == "source"
