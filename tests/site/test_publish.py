"""What a build writes, leaves alone and removes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.sites import REPOSITORY, Site, build, copy_project, entry, make_project, make_site, po
from workflow.errors import OutputError
from workflow.site.output import ADDRESSES, MANIFEST, write_files

FILES = {
    "source/index.md": "---\ntitle: Home\n---\n",
    "source/a.md": "---\ntitle: A\n---\n\nText.\n",
    "source/b.md": "---\ntitle: B\ndate: 2024-01-02\n---\n",
    "source/pic.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
}


def _times(site: Site) -> dict[str, int]:
    return {path: (site.output / path).stat().st_mtime_ns for path in site.files()}


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    """Where nothing changed, no file is written, not even the list of files."""
    first = make_site(tmp_path, FILES)
    before = _times(first)
    second = build(tmp_path)
    assert second.built.written == 0
    assert _times(second) == before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    """A new word in an article writes its pages in each language, and no other."""
    before = _times(make_site(tmp_path, FILES))
    (tmp_path / "source/a.md").write_text("---\ntitle: A\n---\n\nOther text.\n", encoding="utf-8")
    second = build(tmp_path)
    assert {path for path, time in _times(second).items() if time != before[path]} == {
        "en/a/index.html",
        "sv/a/index.html",
    }
    assert second.built.written == 2


def test_pages_that_are_gone_go(tmp_path: Path) -> None:
    """An article that is no more leaves no page, no picture and no empty folder behind; what others put there stays."""
    site = make_site(tmp_path, FILES)
    own = site.output / "sv" / "a" / "own.txt"
    own.write_text("mine", encoding="utf-8")
    (site.output / "robots.txt").write_text("mine", encoding="utf-8")
    for name in ("a.md", "b.md", "pic.svg"):
        (tmp_path / "source" / name).unlink()
    left = build(tmp_path).files()
    assert {path for path in left if "/a/" in path or "/b/" in path} == {"sv/a/own.txt"}
    assert "robots.txt" in left
    assert not {"en/feed.xml", "media/pic.svg"} & left.keys()
    assert not (site.output / "en" / "b").exists()
    assert not (site.output / "media").exists()


def test_a_language_that_is_gone_goes(tmp_path: Path) -> None:
    """A locale that was taken out of the configuration disappears with the next build of all languages."""
    make_site(tmp_path, FILES, ["sv", "fi"])
    make_project(tmp_path, {}, ["sv"])
    assert [path for path in build(tmp_path, ["sv"]).files() if path.startswith("fi/")]
    assert not [path for path in build(tmp_path).files() if path.startswith("fi/")]


def test_building_one_language_leaves_the_others(tmp_path: Path) -> None:
    """`build sv` removes the Swedish page of an article that is gone and leaves the English one for its own build."""
    make_site(tmp_path, FILES)
    (tmp_path / "source/a.md").unlink()
    left = build(tmp_path, ["sv"]).files()
    assert "sv/a/index.html" not in left
    assert "en/a/index.html" in left


def test_an_article_that_cannot_be_read_keeps_its_page(tmp_path: Path) -> None:
    """A slip in the front matter costs residents no page: the old one stays until the article can be read again."""
    make_site(tmp_path, FILES)
    (tmp_path / "source/a.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert "sv/a/index.html" in build(tmp_path).files()


def test_a_list_of_files_that_leads_outside_is_not_followed(tmp_path: Path) -> None:
    """Nothing outside of the output folder is removed, whatever the list of files says."""
    outside = tmp_path / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    output = tmp_path / "site"
    output.mkdir()
    (output / MANIFEST).write_text(f"../outside.txt\n{outside}\n\nsv/../../outside.txt\nsv/gone\n", encoding="utf-8")
    write_files(output, {"index.html": b"x"}, None)
    assert outside.read_text(encoding="utf-8") == "mine"
    assert (output / MANIFEST).read_text(encoding="utf-8") == "index.html\n"


def test_a_page_whose_folder_became_a_file_is_gone_already(tmp_path: Path) -> None:
    """What is no longer there need not be removed."""
    write_files(tmp_path, {"sv/a/index.html": b"x", "sv/b/index.html": b"x"}, None)
    (tmp_path / "sv/a/index.html").unlink()
    (tmp_path / "sv/a").rmdir()
    (tmp_path / "sv/a").write_text("mine", encoding="utf-8")
    assert write_files(tmp_path, {}, None) == 0
    assert (tmp_path / "sv/a").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "sv/b").exists()


def test_a_folder_in_the_place_of_a_page_is_an_error_that_names_it(tmp_path: Path) -> None:
    """A page that cannot be removed is named."""
    write_files(tmp_path, {"sv/index.html": b"x"}, None)
    (tmp_path / "sv/index.html").unlink()
    (tmp_path / "sv/index.html").mkdir()
    with pytest.raises(OutputError, match=r"sv/index\.html: cannot be removed"):
        write_files(tmp_path, {}, None)


def test_an_unreadable_list_of_files_removes_nothing(tmp_path: Path) -> None:
    """A list of files that is no text is as good as none."""
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe\n")
    (tmp_path / "old.html").write_text("x", encoding="utf-8")
    write_files(tmp_path, {"index.html": b"x"}, None)
    assert (tmp_path / "old.html").exists()


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Neither the environment's language, time zone, hash seed nor folder shows in any file."""
    made = list[dict[str, bytes]]()
    for number, own in enumerate(({"LC_ALL": "C", "TZ": "UTC"}, {"LC_ALL": "sv_SE.UTF-8", "TZ": "Asia/Tokyo"})):
        root = copy_project(REPOSITORY, tmp_path / f"project {number}")
        environment = {**os.environ, **own, "PYTHONHASHSEED": str(number + 1), "PYTHONPATH": str(REPOSITORY)}
        command = [sys.executable, "-m", "workflow", "--project", str(root), "build"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
        made.append(Site(root, root / "build" / "site", build(root).built).files())
    assert made[0] == made[1]


def test_drafts_of_articles_are_not_published(tmp_path: Path) -> None:
    """An article with `draft: true` has no page and stands in no list, feed or site map."""
    files = {**FILES, "source/c.md": "---\ntitle: Secret\ndraft: true\ndate: 2024-01-01\n---\n"}
    site = make_site(tmp_path, files, settings='url = "https://x.y"')
    assert not [path for path, data in site.files().items() if b"Secret" in data or "/c/" in path]


def test_a_broken_catalogue_costs_its_own_article_only(tmp_path: Path) -> None:
    """Where a catalogue cannot be read the page is in English; the others are as they should."""
    catalogues = {"locales/sv/LC_MESSAGES/a.po": "msgid oops", "locales/sv/LC_MESSAGES/b.po": po(entry("B", "Bra"))}
    site = make_site(tmp_path, {**FILES, **catalogues})
    assert [(each.check, each.path) for each in site.built.findings] == [("syntax", "locales/sv/LC_MESSAGES/a.po")]
    assert site.page("sv/a/").query("h1")[0].attrs["lang"] == "en"
    assert site.page("sv/b/").query("h1")[0].to_text() == "Bra"


BROKEN = 'msgid "x"\nmsgid "y"\n'


def _translated(root: Path) -> Path:
    """A project with a folder whose index and article are translated, addresses and all; gives its catalogues."""
    files = {
        "source/index.md": "---\ntitle: Home\n---\n\n[x](news/x.md)\n",
        "source/news/index.md": "---\ntitle: News\n---\n",
        "source/news/x.md": "---\ntitle: X\n---\n\nThe ward is open.\n",
        "locales/sv/LC_MESSAGES/news/index.po": po(entry("news", "nyheter", context="slug")),
        "locales/sv/LC_MESSAGES/news/x.po": po(
            entry("The ward is open.", "Avdelningen är öppen."), entry("x", "iks", context="slug")
        ),
    }
    make_site(root, files)
    return root / "locales" / "sv" / "LC_MESSAGES"


@pytest.mark.parametrize("name", ["news/x", "news/index", "ui"])
def test_a_page_whose_catalogue_cannot_be_read_stays(tmp_path: Path, name: str) -> None:
    """While a catalogue has a syntax error, its page and address stay as they were; when it is mended all goes on."""
    catalogue = _translated(tmp_path) / f"{name}.po"
    good = catalogue.read_bytes()
    page = tmp_path / "build/site/sv/nyheter/iks/index.html"
    before = page.read_bytes()
    assert "Avdelningen är öppen." in before.decode()
    catalogue.write_text(BROKEN, encoding="utf-8")
    site = build(tmp_path)
    assert 'href="nyheter/iks/"' in site.text("sv/")
    assert not (site.output / "sv/news").exists()
    assert not (site.output / "sv/nyheter/x").exists()
    assert page.read_bytes() == before
    (told,) = site.built.findings
    assert "its page stays as it was last built" in told.message
    catalogue.write_bytes(good)
    assert build(tmp_path).built.findings == []
    assert page.read_bytes() == before


def test_without_a_former_page_a_broken_catalogue_gives_the_source_text(tmp_path: Path) -> None:
    """Where nothing was built before there is the page in the source language."""
    catalogue = _translated(tmp_path) / "news/x.po"
    catalogue.write_text(BROKEN, encoding="utf-8")
    site = build(tmp_path, output=tmp_path / "elsewhere")
    assert "The ward is open." in site.text("sv/nyheter/x/")


@pytest.mark.parametrize("noted", ["[]", '{"sv": 3}', '{"sv": {"a.md": 3, "b.md": "../../x/"}}', "{", "[" * 9999])
def test_odd_notes_of_addresses_are_ignored(tmp_path: Path, noted: str) -> None:
    """Whatever stands in the file of addresses, a build works, and writes it anew."""
    site = make_site(tmp_path, FILES)
    (site.output / ADDRESSES).write_text(noted, encoding="utf-8")
    assert build(tmp_path).files() == site.files()
    assert '"a.md": "sv/a/"' in site.text(ADDRESSES)
