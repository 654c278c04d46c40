"""The sample site of this repository: every link leads somewhere, every word is marked with its language."""

from __future__ import annotations

import itertools
import json
from functools import cache

import pytest
from justhtml import Element, JustHTML

from tests.site.sites import Site, addresses, parse, target, words

URL = "https://cancercentrumnorr.example"
BLOCKS = ", ".join(f".content {tag}" for tag in "p li h2 h3 h4 td th dt dd figcaption summary address".split())


@pytest.fixture(scope="session")
def pages(sample: Site) -> dict[str, JustHTML]:
    """All pages by their path."""
    return {path: parse(data.decode()) for path, data in sample.files().items() if path.endswith(".html")}


def _ids(page: JustHTML) -> set[str]:
    return {str(node.attrs["id"]) for node in page.query("[id]")}


def test_sample_builds_without_a_finding(sample: Site) -> None:
    """The sample is what a newcomer sees first: nothing in it is to be mended."""
    assert sample.built.findings == []
    assert sample.built.pages == {"en": 20, "sv": 20}


def test_pages_are_valid_html(pages: dict[str, JustHTML]) -> None:
    """A browser has nothing to mend on any page."""
    assert {path: [str(error) for error in page.errors] for path, page in pages.items() if page.errors} == {}


def test_every_link_and_picture_leads_to_a_file(sample: Site, pages: dict[str, JustHTML]) -> None:
    """Each address of this site, on any page, is that of a file of it, and each part of a page is there."""
    files, broken, ids = sample.files(), list[str](), cache(lambda path: _ids(pages[path]))
    for path, page in pages.items():
        for address, _ in addresses(page):
            found = target(path, address)
            if found and (found[0] not in files or (found[1] and found[1] not in ids(found[0]))):
                broken.append(f"{path}: {address}")
    assert broken == []


def test_every_page_can_be_reached(pages: dict[str, JustHTML]) -> None:
    """From the site's own address one gets to every page by links alone."""
    todo, seen = ["index.html"], set[str]()
    while todo:
        path = todo.pop()
        seen.add(path)
        found = {target(path, address) for address, node in addresses(pages[path]) if node.name == "a"}
        todo += [file for file, _ in filter(None, found) if file in pages and file not in seen]
    assert pages.keys() - seen == {"404.html", "en/404.html", "sv/404.html"}


def test_ids_are_there_once(pages: dict[str, JustHTML]) -> None:
    """No page has an id twice."""
    for path, page in pages.items():
        ids = [node.attrs["id"] for node in page.query("[id]")]
        assert len(ids) == len(set(ids)), path


def _links(page: JustHTML, rel: str) -> dict[str, str]:
    found = page.query(f'link[rel="{rel}"]')
    return {str(node.attrs.get("hreflang", "")): str(node.attrs["href"]) for node in found if "type" not in node.attrs}


def test_languages_of_a_page_know_each_other(sample: Site, pages: dict[str, JustHTML]) -> None:
    """Each page's `canonical` is itself; it names all its languages, and they name it and each other alike."""
    files = sample.files()
    for path, page in pages.items():
        if path.endswith("404.html"):
            assert _links(page, "canonical") == {}
            continue
        [own] = _links(page, "canonical").values()
        assert own == f"{URL}/{path.removesuffix('index.html')}"
        alternates = _links(page, "alternate")
        assert alternates.keys() == {"en", "sv", "x-default"}
        assert own in alternates.values()
        for address in alternates.values():
            other = address.removeprefix(f"{URL}/") + "index.html"
            assert other in files
            assert _links(pages[other], "alternate") == alternates
        home = len(path.split("/")) <= 2
        assert alternates["x-default"] == (f"{URL}/" if home else alternates["en"])


def test_switch_leads_to_the_same_article(pages: dict[str, JustHTML]) -> None:
    """The language switch and the links for search engines name the same pages, in the language's own name."""
    for path, page in pages.items():
        for node in page.query(".languages a"):
            found = target(path, str(node.attrs["href"]))
            assert found
            assert node.attrs["lang"] == node.attrs["hreflang"] == found[0].partition("/")[0]
            assert node.to_text() == {"en": "English", "sv": "Svenska"}[str(node.attrs["lang"])]
            if not path.endswith("404.html"):
                address = f"{URL}/{found[0].removesuffix('index.html')}"
                assert _links(page, "alternate")[str(node.attrs["lang"])] == address


def _language(node: Element) -> str:
    """The language that a part of a page is said to be in."""
    place: Element | None = node
    while place is not None:
        attributes = getattr(place, "attrs", None) or {}
        if attributes.get("lang"):
            return str(attributes["lang"])
        place = place.parent
    return ""


def _partners(pages: dict[str, JustHTML]) -> list[tuple[JustHTML, JustHTML]]:
    """The Swedish pages with their English ones."""
    found = list[tuple[JustHTML, JustHTML]]()
    for path, page in pages.items():
        if path.startswith("sv/") and not path.endswith("404.html"):
            english = _links(page, "alternate")["en"].removeprefix(f"{URL}/") + "index.html"
            found.append((page, pages[english]))
    return found


def test_text_is_in_the_language_it_is_marked_with(pages: dict[str, JustHTML]) -> None:
    """On a Swedish page what is marked as English is the English page's text, and nothing else is."""
    kept = 0
    for swedish, english in _partners(pages):
        originals = {str(node.attrs["id"]): words(node) for node in english.query(".content [id]")}
        for node in swedish.query(".content [id]"):
            identity = str(node.attrs["id"])
            if identity.startswith("s-"):
                is_source = node.attrs.get("data-state") == "source"
                assert (_language(node) == "en") == is_source
                assert not is_source or words(node) == originals[identity]
                kept += is_source
    assert kept > 0


def test_no_block_of_text_is_left_out(pages: dict[str, JustHTML]) -> None:
    """A block of an article that went through no catalogue is not English all the same."""
    for swedish, english in _partners(pages):
        originals = {words(node) for node in english.query(BLOCKS)}
        for node in swedish.query(BLOCKS):
            ids = [str(each.attrs.get("id", "")) for each in (node, *node.query("[id]"))]
            if not any(each.startswith("s-") for each in ids) and _language(node) == "sv":
                assert words(node) not in originals - {""}


def test_reviewed_articles_hold_no_english(pages: dict[str, JustHTML]) -> None:
    """All articles but the two newest are Swedish throughout and carry no notice."""
    marked = {path for path, page in pages.items() if page.query(".notice, [data-state]")}
    assert {path.split("/")[-2] for path in marked} == {
        "en-ny-mammografibuss-startar-i-maj",
        "patientradet-traffas-for-forsta-gangen",
    }


def test_what_machines_read_is_right(pages: dict[str, JustHTML]) -> None:
    """JSON-LD and Open Graph name the page, its dates, its picture and the original of a translation."""
    page = pages["sv/nyheter/sverige-och-usa-fordjupar-sitt-samarbete/index.html"]
    data = json.loads(page.query('script[type="application/ld+json"]')[0].to_text())
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Sverige och USA fördjupar sitt samarbete om cancervård"
    assert data["datePublished"] == "2024-03-20"
    assert data["inLanguage"] == "sv"
    assert data["image"] == [f"{URL}/media/images/bridge.svg"]
    assert [author["name"] for author in data["author"]] == ["Elin Sandberg", "Per Nordlund"]
    assert data["translationOfWork"]["@id"] == f"{URL}/en/news/sweden-usa-agreement/"
    graph = {str(node.attrs["property"]): str(node.attrs["content"]) for node in page.query("meta[property]")}
    assert graph["og:image"] == f"{URL}/media/images/bridge.svg"
    assert graph["og:url"] == data["url"]


def test_pages_need_no_script_and_no_other_site(pages: dict[str, JustHTML]) -> None:
    """Nothing runs on a reader's computer and nothing is fetched from elsewhere."""
    for path, page in pages.items():
        assert [node for node in page.query("script") if node.attrs.get("type") != "application/ld+json"] == []
        fetched = [
            *page.query("img[src]"),
            *page.query('link[rel="stylesheet"], link[rel="icon"], link[rel="preload"]'),
        ]
        for node in fetched:
            assert target(path, str(node.attrs.get("src") or node.attrs["href"])), path


def test_every_page_has_one_title_and_a_way_past_the_head(pages: dict[str, JustHTML]) -> None:
    """One h1, one `main`, a title, and on all but the choice of language a link to the content as the first thing."""
    for path, page in pages.items():
        assert len(page.query("h1")) == len(page.query("main")) == 1, path
        assert words(page.query("title")[0])
        if path != "index.html":
            assert page.query("a")[0].attrs["href"] == "#main"


def test_headings_leave_no_level_out(pages: dict[str, JustHTML]) -> None:
    """Readers who go from heading to heading find each below the one it belongs to."""
    for path, page in pages.items():
        levels = [int(node.name[1]) for node in page.query("h1, h2, h3, h4, h5, h6")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path


def test_pictures_have_words(pages: dict[str, JustHTML]) -> None:
    """Every picture of an article says what it shows."""
    for path, page in pages.items():
        for node in page.query("main img"):
            assert "alt" in node.attrs, path
            assert node.attrs["alt"] or "favicon" in str(node.attrs["src"])
