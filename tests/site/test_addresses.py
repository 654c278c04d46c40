"""Addresses of pages and the relative links between them."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.site.sites import HERE, entry, make_site, po
from workflow.addresses import (
    address_of_file,
    file_of_address,
    is_local,
    make_addresses,
    named_file,
    relative,
    source_slug,
)
from workflow.article import Article, parse_article

PART = st.text("abåß-9 .%", min_size=1, max_size=4).filter(lambda part: part.strip(".") != "")
PATH = st.lists(PART, min_size=1, max_size=4).map("/".join)
PAGE = PATH.map(lambda path: address_of_file(path) + "/")
FILE = PATH.map(address_of_file)


def article(path: str, **meta: object) -> Article:
    """An article of a title and a slug, or whatever its front matter shall say."""
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": "T", **meta}.items())
    return parse_article(f"---\n{lines}---\n", path, f"source/{path}", ("title",))


@given(PAGE, PAGE | FILE | st.just(""))
def test_a_relative_link_leads_where_it_should(origin: str, to: str) -> None:
    """What `relative` gives leads, from the page it is for, to what was asked for."""
    assume(to == "" or not origin.startswith(f"{to}/"))
    assert urljoin(f"{HERE}/{origin}", relative(origin, to)) == f"{HERE}/{to}"


@given(FILE, PAGE | FILE)
def test_a_relative_link_from_a_file_leads_where_it_should(origin: str, to: str) -> None:
    """It does so from a file, which has no slash at the end, as well."""
    assume(not origin.startswith(f"{to}/"))
    assert urljoin(f"{HERE}/{origin}", relative(origin, to)) == f"{HERE}/{to}"


@given(PAGE)
def test_a_link_to_the_page_itself_is_a_dot(page: str) -> None:
    """Templates know the present page in a list by its address."""
    assert relative(page, page) == "./"


@given(st.sampled_from(["/", "/sub/", "/a/b/"]), PAGE | FILE)
def test_a_link_from_anywhere_begins_at_the_server(root: str, to: str) -> None:
    """The page for wrong addresses is shown anywhere: its links begin with a slash."""
    assert relative(root, to) == root + to


@given(PATH)
def test_a_file_and_its_address_belong_together(path: str) -> None:
    """A server that takes the quotes off an address finds the file; the address itself is ASCII without spaces."""
    address = address_of_file(path)
    assert file_of_address(address) == path
    assert address.isascii()
    assert " " not in address
    assert urlsplit(address).path == address


@given(st.lists(st.tuples(PATH, st.sampled_from(["", "a", "b", "..a", "-"])), max_size=8))
def test_each_article_has_an_address_of_its_own(found: list[tuple[str, str]]) -> None:
    """Whatever articles are called, no two lie at one address, and none lies outside of its language."""
    articles = [article(f"{path}.md", **({"slug": f'"{slug}"'} if slug else {})) for path, slug in dict(found).items()]
    addresses = make_addresses("sv", articles, source_slug)
    assert set(addresses.pages) == {each.path for each in articles}
    assert len(set(addresses.pages.values())) == len(articles)
    for address in addresses.pages.values():
        assert posixpath.normpath(file_of_address(address)).startswith("sv/")


def test_folders_have_the_slug_of_their_index() -> None:
    """`news/x.md` lies below the address of `news/index.md`, or below the folder's name."""
    articles = [article("news/index.md", slug="nyheter"), article("news/x.md"), article("more/y.md", slug="z")]
    assert make_addresses("sv", articles, source_slug).pages == {
        "news/index.md": "sv/nyheter/",
        "news/x.md": "sv/nyheter/x/",
        "more/y.md": "sv/more/z/",
    }


@pytest.mark.parametrize(
    ("address", "path", "rest"),
    [
        ("y.md", "news/y.md", ""),
        ("../index.md#top", "index.md", "#top"),
        ("/help/a%20b.md?x=1", "help/a b.md", "?x=1"),
        ("../../etc/passwd", "../etc/passwd", ""),
    ],
)
def test_addresses_in_articles_name_files(address: str, path: str, rest: str) -> None:
    """Addresses are relative to the article; a leading slash means `source/`."""
    assert named_file(article("news/x.md"), address) == (path, rest)


@pytest.mark.parametrize(
    "address", ["https://example.org/x.md", "mailto:a@example.org", "#part", "//host/x", "tel:112"]
)
def test_other_sites_are_not_local(address: str) -> None:
    """Other sites, mail, telephone and parts of the page are left alone."""
    assert not is_local(address)


def test_pages_and_pictures_with_strange_names_are_found(tmp_path: Path) -> None:
    """A page whose address is not ASCII, and a picture with a space in its name, lie where links lead."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    text = "---\ntitle: G\nslug: größe\nimage: my pic.svg\n---\n![x](my%20pic.svg) [home](index.md)\n"
    home = "---\ntitle: H\n---\n[g](g.md)\n"
    site = make_site(
        tmp_path,
        {"source/index.md": home, "source/g.md": text, "source/my pic.svg": svg},
        ["ar"],
        'url = "https://x.y"',
    )
    assert "en/größe/index.html" in site.files()
    assert 'href="gr%C3%B6%C3%9Fe/"' in site.text("en/")
    assert site.text("en/größe/").count('src="../../media/my%20pic.svg"') == 2


def test_two_articles_with_one_address_are_told_of(tmp_path: Path) -> None:
    """The second gets a number, the build goes on, and one finding says so, not one for each language."""
    files = {f"source/{name}.md": f"---\ntitle: {name}\nslug: same\n---\n" for name in ("a", "b")}
    site = make_site(tmp_path, files, ["sv", "fi"])
    assert {"en/same/index.html", "en/same-2/index.html", "sv/same-2/index.html"} <= site.files().keys()
    assert [(each.path, each.check, each.locale) for each in site.built.findings] == [("source/b.md", "address", "")]


def test_two_translations_with_one_address_are_told_of(tmp_path: Path) -> None:
    """Where only the translator gave two pages one address, the finding names the line of the catalogue."""
    files = {f"source/{name}.md": f"---\ntitle: {name}\n---\n" for name in ("a", "b")}
    files |= {f"locales/sv/LC_MESSAGES/{name}.po": po(entry(name, "samma", context="slug")) for name in ("a", "b")}
    site = make_site(tmp_path, files)
    assert {"sv/samma/index.html", "sv/samma-2/index.html", "en/a/index.html"} <= site.files().keys()
    [finding] = site.built.findings
    assert (finding.path, finding.locale, finding.check) == ("locales/sv/LC_MESSAGES/b.po", "sv", "address")
    assert (tmp_path / finding.path).read_text().splitlines()[finding.line - 1] == 'msgid "b"'
