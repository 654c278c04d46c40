"""Atom feeds, the site map and the page that leads to the languages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from tests.site.sites import HERE, Site, entry, machine, make_site, po, words
from workflow.site.feeds import ATOM
from workflow.site.sitemap import SITEMAP, XHTML

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
URL = "https://kliniken.example"
FILES = {
    "source/index.md": "---\ntitle: Home\ndescription: All about us.\n---\n",
    "source/old.md": "---\ntitle: Old\ndate: 2023-05-06\nupdated: 2024-02-03\n---\n",
    "source/new.md": '---\ntitle: New & <b>\ndate: 2024-01-02\nauthors: [A]\ntags: [X]\ndescription: "D\\x0b."\n---\n',
    "source/undated.md": "---\ntitle: Undated\n---\n",
    "locales/sv/LC_MESSAGES/new.po": po(entry("New & <b>", "Nytt & <b>", *machine()), entry("X", "Y")),
    "locales/sv/LC_MESSAGES/index.po": po(entry("All about us.", "Allt om oss.")),
}


def _feed(site: Site, path: str) -> ElementTree.Element:
    return ElementTree.fromstring(site.text(path))


def _texts(element: ElementTree.Element, name: str) -> list[str | None]:
    return [each.text for each in element.iterfind(f"{{{ATOM}}}{name}")]


@pytest.mark.parametrize("settings", ["", f'url = "{URL}"'], ids=["unknown address", "known address"])
def test_feed_has_what_atom_demands(tmp_path: Path, settings: str) -> None:
    """Feed and entries have one id (an IRI), title and time of change, links that lead to pages, and an author."""
    site = make_site(tmp_path, FILES, settings=settings)
    for path in ("en/feed.xml", "sv/feed.xml"):
        feed = _feed(site, path)
        assert feed.tag == f"{{{ATOM}}}feed"
        assert feed.get(LANG) == path[:2]
        entries = feed.findall(f"{{{ATOM}}}entry")
        identities = [_texts(each, "id") for each in (feed, *entries)]
        assert all(len(found) == 1 and urlsplit(str(found[0])).scheme for found in identities)
        assert len({str(found) for found in identities}) == len(identities)
        for each in (feed, *entries):
            assert len(_texts(each, "title")) == 1
            [moment] = _texts(each, "updated")
            assert datetime.fromisoformat(str(moment)).utcoffset() is not None
        assert feed.find(f"{{{ATOM}}}author/{{{ATOM}}}name") is not None
        for link in feed.iter(f"{{{ATOM}}}link"):
            address = urljoin(f"{HERE}/{path}", str(link.get("href")))
            site.text(address.removeprefix(f"{HERE}/").removeprefix(f"{URL}/"))


def test_feed_tells_news_newest_first(tmp_path: Path) -> None:
    """Dated articles only, the newest first, and the feed changed when the last of them did."""
    feed = _feed(make_site(tmp_path, FILES), "en/feed.xml")
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert [_texts(each, "title") for each in entries] == [["New & <b>"], ["Old"]]
    assert _texts(entries[1], "published") == ["2023-05-06T00:00:00Z"]
    assert _texts(entries[1], "updated") == _texts(feed, "updated") == ["2024-02-03T00:00:00Z"]
    assert _texts(feed, "subtitle") == ["All about us."]


def test_feed_says_what_a_computer_wrote_and_what_is_english(tmp_path: Path) -> None:
    """In the reader's language: a draft in a category and in front of its lead; an English text marked as English."""
    feed = _feed(make_site(tmp_path, FILES), "sv/feed.xml")
    new, old = feed.findall(f"{{{ATOM}}}entry")
    assert [(each.get("term"), each.get("label")) for each in new.iter(f"{{{ATOM}}}category")] == [
        ("Y", None),
        ("machine-translated", "Datoröversatt"),
    ]
    assert _texts(new, "summary") == ["Datoröversatt. D."]
    title = old.find(f"{{{ATOM}}}title")
    assert title is not None
    assert title.get(LANG) == "en"
    assert [each.get("label") for each in old.iter(f"{{{ATOM}}}category")] == ["Inte översatt ännu"]
    assert _texts(old, "summary") == ["Inte översatt ännu."]


def test_pages_lead_to_the_feed(tmp_path: Path) -> None:
    """Each page names the feed of its language for programs, and at its foot for people."""
    site = make_site(tmp_path, FILES)
    page = site.page("sv/old/")
    assert [node.attrs["href"] for node in page.query('link[type="application/atom+xml"]')] == ["../feed.xml"]
    [link] = page.query('footer a[type="application/atom+xml"]')
    assert (link.attrs["href"], words(link)) == ("../feed.xml", "Följ nyheterna (Atom-flöde)")


def test_without_news_there_is_no_feed(tmp_path: Path) -> None:
    """Where no article has a date nothing leads to a feed."""
    site = make_site(tmp_path, {"source/a.md": "---\ntitle: A\n---\n"})
    assert "sv/feed.xml" not in site.files()
    assert "atom" not in site.text("sv/a/").lower()


def test_site_map_names_every_page_in_every_language(tmp_path: Path) -> None:
    """Each page with its own languages, `x-default` and the day of its last change; all of them exist."""
    site = make_site(tmp_path, FILES, ["sv", "pt_BR"], f'url = "{URL}"')
    root = ElementTree.fromstring(site.text("sitemap.xml"))
    found = {}
    for each in root.iterfind(f"{{{SITEMAP}}}url"):
        address = str(each.findtext(f"{{{SITEMAP}}}loc"))
        links = {link.get("hreflang"): str(link.get("href")) for link in each.iterfind(f"{{{XHTML}}}link")}
        found[address] = links, each.findtext(f"{{{SITEMAP}}}lastmod")
    pages = {path for path in site.files() if path.endswith("index.html")}
    assert {address.removeprefix(f"{URL}/") + "index.html" for address in found} == pages
    for address, (links, _) in found.items():
        assert links.keys() == {"en", "sv", "pt-BR", "x-default"}
        assert address in links.values()
        assert all(found[other][0] == links for other in links.values())
    assert found[f"{URL}/sv/old/"][1] == "2024-02-03"
    assert found[f"{URL}/sv/undated/"][1] is None


def test_site_map_needs_the_address_of_the_site(tmp_path: Path) -> None:
    """Without it there is none, for its addresses must be absolute."""
    assert "sitemap.xml" not in make_site(tmp_path, FILES).files()


def test_root_leads_to_each_language_in_its_own_words(tmp_path: Path) -> None:
    """A visitor of the bare address chooses a language and is not sent anywhere."""
    site = make_site(tmp_path, FILES, ["sv", "ar"], f'url = "{URL}"')
    page = site.page("")
    doors = page.query(".doors li")
    assert [(door.attrs["lang"], door.query("a")[0].attrs["href"]) for door in doors] == [
        ("en", "en/"),
        ("sv", "sv/"),
        ("ar", "ar/"),
    ]
    assert [words(door.query("a")[0]) for door in doors] == ["English", "Svenska", "العربية"]
    assert [(words(door.query("p")[0]), door.query("p")[0].attrs.get("lang")) for door in doors] == [
        ("All about us.", None),
        ("Allt om oss.", None),
        ("All about us.", "en"),
    ]
    assert "refresh" not in site.text("")
    assert [node.attrs["href"] for node in page.query('link[hreflang="x-default"], link[rel="canonical"]')] == [
        f"{URL}/",
        f"{URL}/",
    ]


def test_wrong_addresses_get_a_page_that_works_anywhere(tmp_path: Path) -> None:
    """The 404 pages, one for each language and one for the site, point at everything from the server's root."""
    site = make_site(tmp_path, FILES, settings=f'url = "{URL}/sub"')
    for path, lang in (("404.html", "en"), ("sv/404.html", "sv")):
        page = site.page(path)
        assert page.query("html")[0].attrs["lang"] == lang
        assert page.query('link[rel="stylesheet"]')[0].attrs["href"] == "/sub/static/style.css"
        assert page.query(".ways a")[0].attrs["href"] == f"/sub/{lang}/"
        assert page.query('meta[name="robots"]')[0].attrs["content"] == "noindex"
