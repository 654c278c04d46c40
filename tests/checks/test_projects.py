"""Checks of whole projects: links between articles, addresses, and the sample site itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.checks import check_project
from workflow.config import load_project
from workflow.finding import Finding, Severity
from workflow.library import load_library
from workflow.new_project import create


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A new project."""
    create(tmp_path / "demo", "demo", ["sv"])
    return tmp_path / "demo"


def findings(project: Path) -> list[Finding]:
    """What there is to say of a project."""
    loaded = load_project(project)
    return check_project(loaded, load_library(loaded), [each.name for each in loaded.locales])


def article(project: Path, name: str, body: str, front: str = "") -> None:
    """Write an article."""
    path = project / "source" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: X\n{front}---\n\n{body}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "line", "part"),
    [
        ("[x](nowhere.md)", 5, "nowhere.md leads to no file in source/"),
        ("Text.\n\n- one\n- [x](../gone.md)", 8, "../gone.md leads to no file"),
        ("![A bus](bus.svg)", 5, "bus.svg leads to no file"),
        ("[x](../../pyproject.toml)", 5, "leads to no file in source/"),
        ("[x][ref]\n\n[ref]: nowhere.md", 5, "nowhere.md leads to no file"),
        ("| a |\n|---|\n| [x](no.md) |", 7, "no.md leads to no file"),
        ("[x](secret.md)", 5, "secret.md is a draft and not on the site"),
        ("<a href='http://[bad'>x</a> text", 5, "http://[bad is no address"),
        (f"[x]({'a' * 300})", 5, "leads to no file"),
        ('<a href="nowhere.md">x</a> text', 5, "nowhere.md leads to no file"),
    ],
)
def test_a_link_to_nowhere_is_an_error(demo: Path, body: str, line: int, part: str) -> None:
    """A link or picture that readers could not follow is told with its line."""
    article(demo, "news/secret", "Nobody sees this.", "draft: true\n")
    article(demo, "news/x", body)
    (found,) = findings(demo)
    assert (found.path, found.line, found.severity, found.check) == ("source/news/x.md", line, Severity.ERROR, "link")
    assert part in found.message


@pytest.mark.parametrize(
    "body",
    [
        "[x](index.md) [y](../index.md#main) [z](/news/first-article.md?x=1)",
        "[x](https://example.org/no.md) [y](mailto:a@example.org) [z](#top) [w](tel:+46812345)",
        "![A bus](my%20bus.svg)",
        "[x](broken.md)",
        "`[x](nowhere.md)`",
        "<!-- [x](nowhere.md) -->",
    ],
)
def test_a_link_that_works_is_not_told(demo: Path, body: str) -> None:
    """Links to articles, files, other sites and parts of a page are fine; a broken article is told for itself only."""
    (demo / "source" / "news" / "my bus.svg").write_text("<svg/>", encoding="utf-8")
    (demo / "source" / "news" / "broken.md").write_text("no title", encoding="utf-8")
    article(demo, "news/x", body)
    assert [found.check for found in findings(demo)] == ["article"]


@pytest.mark.parametrize(
    ("body", "line", "check", "part"),
    [
        ("Text.[^9]", 5, "reference", "no footnote for [^9]"),
        ("One\ntwo.[^9]", 6, "reference", "add a line [^9]: …"),
        ("See [the *map*][plan].", 5, "reference", "no address for [plan]"),
        ("[x](#part)", 5, "link", "#part leads to no part of source/news/x.md; write {#part} behind"),
        (
            "[x](#opening-hours)\n\n## Opening hours",
            5,
            "link",
            "that id: ## Opening hours {#opening-hours}",
        ),
        ("[x](#Opening_hours)\n\n## Opening hours {#hours}", 5, "link", "write #hours"),
        ("Text.\n\n[y](../index.md#part)", 7, "link", "../index.md#part leads to no part of source/index.md"),
        ("<div>\n\nText.", 5, "html", "<div> is opened and not closed; write </div>"),
        ("<div>\n<p>Text.\n</section>\n</div>", 7, "html", "</section> closes an element that is not open"),
        ("One\ntwo <b>bold text.\n\nMore.", 6, "html", "<b> is opened and not closed"),
        ("Text</i>.", 5, "html", "</i> closes an element that is not open here"),
        ("![](/a.svg)", 5, "picture", "/a.svg has no description"),
    ],
)
def test_marks_that_do_nothing_are_told(demo: Path, body: str, line: int, check: str, part: str) -> None:
    """A footnote, reference, part of a page or HTML element that is not there is a warning with its line."""
    (demo / "source" / "a.svg").write_text("<svg/>", encoding="utf-8")
    article(demo, "news/x", body)
    (found,) = findings(demo)
    assert (found.path, found.line, found.severity, found.check) == ("source/news/x.md", line, Severity.WARNING, check)
    assert part in found.message


@pytest.mark.parametrize(
    "body",
    [
        "Text.[^1] and [x][ref]\n\n[^1]: Note.\n\n[ref]: https://example.org",
        "`[^9]` and \\[^9] and a[1][2] and `[x][y]`",
        "[x](#hours) [w](index.md#fn1)\n\n## Hours {#hours}",
        "[y](#a) [z](#b)\n\n<span id='a'>x</span>\n\n<div id=b></div>",
        "<details>\n<summary>x</summary>\n\nText.\n\n</details>",
        "<ul>\n<li>one\n<li>two\n</ul>",
        "A<br>b <img src='/a.svg' alt='x'> <b>c <i>d</i></b>\n\n<hr>",
        "<script>\nif (a < b) { '<b>' }\n</script>",
        "<svg viewBox='0 0 9 9'><path d='M0 0'/></svg>",
        "Less than <5 and `<b>` <!-- <b> -->",
        "Text ![](/a.svg) with a picture",
        "[x](https://example.org/#part) [y](#:~:text=x) [z]({{ x }}#y)",
    ],
)
def test_marks_that_work_are_not_told(demo: Path, body: str) -> None:
    """What leads somewhere, is closed, or is no mark at all raises no warning."""
    (demo / "source" / "a.svg").write_text("<svg/>", encoding="utf-8")
    article(demo, "news/index", "Text.[^1]\n\n[^1]: Note.")
    article(demo, "news/x", body)
    assert [str(each) for each in findings(demo)] == []


@pytest.mark.parametrize(
    ("front", "meant"),
    [("imagealt: x\n", "image_alt"), ("descripton: x\n", "description"), ("tag: [a]\n", "tags"), ("hero: x\n", "")],
)
def test_a_misspelt_key_is_told(demo: Path, front: str, meant: str) -> None:
    """A key of the front matter that is nearly a known one is a warning; any other is the templates' own."""
    article(demo, "news/x", "Text.", front)
    found = findings(demo)
    assert [(each.line, each.severity) for each in found] == ([(3, Severity.WARNING)] if meant else [])
    assert not meant or f"did you mean {meant}:?" in found[0].message


def test_drafts_may_link_to_drafts(demo: Path) -> None:
    """Two articles that are both in the making may point at each other."""
    article(demo, "news/one", "[x](two.md)", "draft: true\n")
    article(demo, "news/two", "[x](one.md)", "draft: true\n")
    assert findings(demo) == []


def test_the_lead_picture_is_looked_for(demo: Path) -> None:
    """A picture named in the front matter must be there as well."""
    article(demo, "news/x", "Text.", "image: /images/no.svg\n")
    (found,) = findings(demo)
    assert "/images/no.svg leads to no file" in found.message
    assert found.line == 3


def test_a_new_project_has_no_finding(demo: Path) -> None:
    """What `ordbro init` makes is without fault."""
    assert findings(demo) == []


def test_reviewed_texts_of_the_sample_site_raise_no_warning(project: Path) -> None:
    """The checks know good Swedish when they see it: on the sample site there is nothing but notes."""
    assert [str(each) for each in findings(project) if each.severity is not Severity.INFO] == []
