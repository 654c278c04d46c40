"""Projects of unusual shapes all give a sensible site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import Site, addresses, build, make_project, make_site, parse, target, words


def _article(title: str, *lines: str, body: str = "Text.") -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "", body, ""])


def _broken_links(site: Site) -> list[str]:
    files = site.files()
    pages = {path: parse(data.decode()) for path, data in files.items() if path.endswith(".html")}
    found = [(path, address) for path, page in pages.items() for address, _ in addresses(page)]
    return [f"{path}: {address}" for path, address in found if (to := target(path, address)) and to[0] not in files]


def test_empty_project_has_a_front_page(tmp_path: Path) -> None:
    """Without a single article there is a front page with the site's name that says that there is nothing yet."""
    (tmp_path / "source").mkdir()
    site = make_site(tmp_path, {})
    assert words(site.page("sv/").query("h1")[0]) == "Kliniken"
    assert "Här finns inget att läsa ännu." in site.text("sv/")
    assert _broken_links(site) == []


def test_front_page_is_made_where_nobody_wrote_one(tmp_path: Path) -> None:
    """Without `source/index.md` the front page has the site's name for a title and lists the sections."""
    site = make_site(tmp_path, {"source/a/index.md": _article("Section"), "source/a/x.md": _article("Page")})
    page = site.page("en/")
    assert words(page.query("h1")[0]) == "Kliniken"
    assert [words(node) for node in page.query("main h2")] == ["Section"]
    assert page.query(".teaser a")[0].attrs["href"] == "a/x/"
    assert page.query(".notice") == []
    assert [words(node) for node in site.page("en/a/x/").query(".crumbs a")] == ["Kliniken", "Section"]


def test_articles_of_no_section_are_on_the_front_page(tmp_path: Path) -> None:
    """What lies in no folder, or in one without an index, can be reached all the same."""
    files = {
        "source/index.md": _article("Home"),
        "source/contact.md": _article("Contact"),
        "source/loose/deep/page.md": _article("Deep"),
        "source/far/away/index.md": _article("Far"),
        "source/far/away/x.md": _article("X"),
    }
    site = make_site(tmp_path, files)
    assert [words(node) for node in site.page("en/").query(".teaser h3")] == ["Contact", "Far", "Deep"]
    assert [words(node) for node in site.page("en/loose/deep/page/").query(".crumbs a")] == ["Home"]
    assert [words(node) for node in site.page("en/far/away/").query(".teaser h2")] == ["X"]
    assert _broken_links(site) == []


def test_sections_may_lie_in_sections(tmp_path: Path) -> None:
    """A section lists its articles, those of folders below without an index, and the indexes of those with one."""
    files = {
        "source/a/index.md": _article("A"),
        "source/a/own.md": _article("Own"),
        "source/a/plain/x.md": _article("Plain"),
        "source/a/b/index.md": _article("B"),
        "source/a/b/x.md": _article("Inner"),
    }
    site = make_site(tmp_path, files)
    assert [words(node) for node in site.page("en/a/").query(".teaser h2")] == ["B", "Own", "Plain"]
    assert [words(node) for node in site.page("en/a/b/").query(".teaser h2")] == ["Inner"]
    inner = site.page("en/a/b/x/")
    assert [words(node) for node in inner.query(".crumbs a")] == ["Kliniken", "A", "B"]
    assert [words(node) for node in inner.query(".menu a[aria-current]")] == ["A"]


def test_sections_without_articles_say_so(tmp_path: Path) -> None:
    """An index with nothing below it has a sentence and a way on."""
    page = make_site(tmp_path, {"source/a/index.md": _article("A", body="")}).page("sv/a/")
    assert "Här finns inget att läsa ännu." in words(page.query(".empty p")[0])
    assert page.query(".ways a")


def test_news_come_newest_first_and_the_rest_by_weight(tmp_path: Path) -> None:
    """A section with dates is news, whose weight lifts one to the front; others go by weight, then by name."""
    files = {"source/n/index.md": _article("N"), "source/p/index.md": _article("P", "weight: 1")}
    for name, lines in {
        "a": ["date: 2024-01-01"],
        "b": ["date: 2024-03-01"],
        "c": ["date: 2023-01-01", "weight: 0"],
    }.items():
        files[f"source/n/{name}.md"] = _article(name, *lines)
    for name, lines in {"a": [], "b": ["weight: 2"], "c": ["weight: 0"]}.items():
        files[f"source/p/{name}.md"] = _article(name, *lines)
    site = make_site(tmp_path, files)
    assert [words(node) for node in site.page("en/n/").query(".teaser h2")] == ["c", "b", "a"]
    assert [words(node) for node in site.page("en/p/").query(".teaser h2")] == ["c", "b", "a"]
    assert [words(node) for node in site.page("en/").query(".menu a")] == ["P", "N"]


def test_pages_of_lasting_information_name_the_others_of_their_section(tmp_path: Path) -> None:
    """They stand beside it, this one marked; news name other news instead, but not themselves."""
    files = {"source/p/index.md": _article("P"), "source/n/index.md": _article("N")}
    files |= {f"source/p/{name}.md": _article(f"P {name}") for name in "abcdefghijklmn"}
    files |= {
        f"source/n/{name}.md": _article(f"N {name}", f"date: 2024-01-0{day}") for day, name in enumerate("abcdef", 1)
    }
    site = make_site(tmp_path, files)
    side = site.page("en/p/b/").query(".side li a")
    assert [words(node) for node in side] == [f"P {name}" for name in "abcdefghijkl"]
    assert [words(node) for node in side if node.attrs.get("aria-current")] == ["P b"]
    assert words(site.page("en/p/b/").query(".side .more a")[0]) == "More in P"
    assert [words(node) for node in site.page("en/n/e/").query(".side h3")] == ["N f", "N d", "N c", "N b"]


def test_front_matter_that_is_not_for_translation_is_shown(tmp_path: Path) -> None:
    """Titles without letters, tags that are numbers, and keys that the project keeps from translators."""
    article = _article('"???"', "tags: [2024, Old]", "description: Lead", "image: /a.svg", "image_alt: Pic")
    site = make_site(tmp_path, {"source/x.md": article}, settings='translate_keys = ["title"]')
    page = site.page("sv/x/")
    assert (words(page.query("h1")[0]), page.query("h1")[0].attrs.get("lang")) == ("???", None)
    assert (words(page.query(".lead")[0]), page.query(".lead")[0].attrs.get("lang")) == ("Lead", "en")
    assert [words(node) for node in page.query(".subjects [lang], .page-head .tag")] == ["2024", "Old"]
    assert page.query("main img")[0].attrs["alt"] == "Pic"


def test_right_to_left_pages_run_so(tmp_path: Path) -> None:
    """An Arabic page runs from right to left; the English in it says that it does not."""
    page = make_site(tmp_path, {"source/x.md": _article("English")}, ["ar"]).page("ar/x/")
    html, title = page.query("html")[0], page.query("h1")[0]
    assert (html.attrs["lang"], html.attrs["dir"]) == ("ar", "rtl")
    assert (title.attrs["lang"], title.attrs["dir"]) == ("en", "ltr")


def test_regions_and_scripts_have_addresses_of_their_own(tmp_path: Path) -> None:
    """`pt_BR` is a folder of catalogues, `pt-BR` the address and the language of the pages."""
    site = make_site(tmp_path, {"source/x.md": _article("X")}, ["pt_BR", "zh_Hant_TW", "sv"])
    assert site.built.pages == {"en": 2, "pt-BR": 2, "zh-Hant-TW": 2, "sv": 2}
    assert site.page("pt-BR/x/").query("html")[0].attrs["lang"] == "pt-BR"
    assert [node.attrs["lang"] for node in site.page("sv/x/").query(".languages a")] == [
        "en",
        "pt-BR",
        "zh-Hant-TW",
        "sv",
    ]


def test_one_language_needs_no_switch(tmp_path: Path) -> None:
    """A site in the source language alone has no language switch."""
    site = make_site(tmp_path, {"source/x.md": _article("X")}, [])
    assert site.page("en/x/").query(".languages") == []
    assert [node.attrs["href"] for node in site.page("").query(".doors a")] == ["en/"]


def test_templates_without_static_files_build(tmp_path: Path) -> None:
    """A project whose templates bring no static files has no folder for them."""
    root = make_project(tmp_path, {"source/x.md": _article("X"), "templates/article.html": "<h1>{{ page.title }}</h1>"})
    for name in ("home", "missing", "root"):
        (root / "templates" / f"{name}.html").write_text("x", encoding="utf-8")
    site = build(root)
    assert site.text("sv/x/") == "<h1>X</h1>"
    assert not [path for path in site.files() if path.startswith("static/")]


@pytest.mark.parametrize(
    ("locale", "date"),
    [
        ("sv", "20 mars 2024"),
        ("fi", "20. maaliskuuta 2024"),
        ("pt_BR", "20 de março de 2024"),
        ("ar", "20 مارس 2024"),
        ("en_US", "March 20, 2024"),
        ("ja", "2024年3月20日"),
    ],
)
def test_dates_are_written_as_readers_write_them(tmp_path: Path, locale: str, date: str) -> None:
    """A date stands in the form that CLDR has for the language, and in ISO form for programs."""
    site = make_site(tmp_path, {"source/x.md": _article("X", "date: 2024-03-20")}, [locale])
    [time] = site.page(f"{locale.replace('_', '-')}/x/").query(".meta time")
    assert (words(time), time.attrs["datetime"]) == (date, "2024-03-20")
    assert words(site.page("en/x/").query(".meta time")[0]) == "20 March 2024"
