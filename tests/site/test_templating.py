"""Templates: their mistakes are told with file and line; texts are escaped; strings come from the catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.site.sites import REPOSITORY, build, entry, make_project, make_site, po
from workflow.errors import TemplateError
from workflow.message import Message
from workflow.site.pictures import size
from workflow.site.templating import make_environment, words

ARTICLE = {"source/x.md": "---\ntitle: X\n---\n\nText.\n"}


def _with_template(root: Path, name: str, text: str) -> Path:
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    (root / "templates" / name).write_text(text, encoding="utf-8")
    return make_project(root, ARTICLE)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("article.html", "\n\n{% if %}\n", "templates/article.html:3"),
        ("parts/notice.html", "x\n{{ page.title }", "templates/parts/notice.html:2"),
        ("article.html", "\n{{ page.nothing }}", "templates/article.html:2"),
        ("parts/title.html", "\n\n{{ nothing.at_all }}", "templates/parts/title.html:3"),
        ("article.html", "{{ 1 / 0 }}", "templates/article.html:1"),
        ("article.html", "\n{{ 1 + page.title }}", "templates/article.html:2"),
        ("article.html", "\n{{ page.date|long_date }}", "templates/article.html:2"),
        ("article.html", '{% include "parts/none.html" %}', "templates/parts/none.html is missing"),
        ("article.html", "{{ x|nofilter }}", "templates/article.html:1"),
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_mistakes_in_templates_name_file_and_line(tmp_path: Path, name: str, text: str, place: str, times: int) -> None:
    """Whatever is wrong in a template, the error says where; also when the compiled template comes from the cache."""
    root = _with_template(tmp_path, name, text)
    for _ in range(times):
        with pytest.raises(TemplateError) as caught:
            build(root)
        assert place in str(caught.value)
        assert caught.value.advice


def test_a_missing_template_says_how_to_get_it(tmp_path: Path) -> None:
    """A project that lost a template learns where one is to be had."""
    root = make_project(tmp_path, {**ARTICLE, "templates/home.html": "x"})
    with pytest.raises(TemplateError, match=r"templates/article\.html is missing; .*ordbro init"):
        build(root)


def test_texts_are_escaped(tmp_path: Path) -> None:
    """Neither an article's front matter, the site's name nor a translation brings HTML into a page."""
    evil = '<script>alert(1)</script>"'
    files = {
        "source/x.md": f"---\ntitle: '{evil}'\ndescription: '{evil}'\nauthors: ['{evil}']\ntags: ['{evil}', b]\n---\n",
        "locales/sv/LC_MESSAGES/ui.po": po(
            entry("Main menu", "<b>Meny</b>"), entry("Not translated yet", '\\\\</style>\\"')
        ),
        "source/s/index.md": "---\ntitle: S\n---\n",
    }
    site = make_site(tmp_path, files, settings='url = "https://x.y"')
    for path, data in site.files().items():
        if path.endswith((".html", ".xml")):
            assert b"<script>alert" not in data, path
    assert 'aria-label="&lt;b&gt;Meny&lt;/b&gt;"' in site.text("sv/x/")


def test_strings_follow_plural_forms() -> None:
    """`ngettext` takes the form that the language has for the number; what is unknown or unusable stays English."""
    forms = ("%(count)s minuta", "%(count)s minuty", "%(count)s minut")
    plural = Message("%(count)s minute", msgid_plural="%(count)s minutes", plural=forms)
    broken = Message("Read %(x)s", "Čti %(y)s")
    messages = {each.key: each for each in (plural, broken, Message("Open", "Otevřeno", msgctxt="day"))}
    environment = make_environment(REPOSITORY / "templates", "cs", messages)
    text = "{{ ngettext('%(count)s minute', '%(count)s minutes', n, count=n) }}"
    shown = [environment.from_string(text).render(n=n) for n in (1, 3, 5)]
    assert shown == ["1 minuta", "3 minuty", "5 minut"]
    assert environment.from_string("{{ ngettext('a', 'b', 2) }}{{ _('Read %(x)s', x=1) }}").render() == "bRead 1"
    assert environment.from_string("{{ pgettext('day', 'Open') }} {{ _('Open') }}").render() == "Otevřeno Open"
    assert environment.from_string("{{ npgettext('day', 'x', 'y', 1) }}").render() == "x"


def test_a_string_of_the_templates_is_plain_text_elsewhere() -> None:
    """Feeds get it without HTML's escapes."""
    environment = make_environment(REPOSITORY / "templates", "sv", {(None, "A"): Message("A", "Å & <b>")})
    assert words(environment, "A") == "Å & <b>"


@pytest.mark.parametrize(
    ("head", "pixels"),
    [
        (b'<svg xmlns="x" viewBox="0 0 1600 800.4">', (1600, 800)),
        (b"<svg width='5'\nviewBox='-1,-2,30,40'>", (30, 40)),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03", (2, 3)),
        (b"GIF89a\x02\x00\x03\x00", (2, 3)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x02\x00\x00", (2, 3)),
        (b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc2\x00\x11\x08\x00\x03\x00\x02", (2, 3)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x02\x00\x03\x00", (2, 3)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\x01\x80\x00\x00", (2, 3)),
        (b"\xff\xd8\xff\xe0\x00\x04xx", None),
        (b"\xff\xd8\xff", None),
        (b"RIFF\x00\x00\x00\x00WEBPnone", None),
        (b"<svg>", None),
        (b"", None),
        (b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_pictures_know_their_size(tmp_path: Path, head: bytes, pixels: tuple[int, int] | None) -> None:
    """A page leaves room for a picture whose size can be read, and does without for others."""
    (tmp_path / "x").write_bytes(head)
    assert size(tmp_path / "x") == pixels
    assert size(tmp_path / "none") is None
