"""What a person does with the sample site, in Debian's Chromium, without any script of ours."""

from __future__ import annotations

import functools
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.site.sites import Site

ARTICLE = "sv/nyheter/sverige-och-usa-fordjupar-sitt-samarbete/"
DRAFT = "sv/nyheter/en-ny-mammografibuss-startar-i-maj/"
CONTRAST = """(selector) => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const part = (value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = (colour) => {
        const [r, g, b] = numbers(colour).map((value) => part(value / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (node) => {
        for (; node; node = node.parentElement) {
            const colour = getComputedStyle(node).backgroundColor;
            if (numbers(colour)[3] !== 0) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    return [...document.querySelectorAll(selector)].map((node) => {
        const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
    });
}"""

Open = Callable[..., Page]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(sample: Site) -> Iterator[str]:
    """The address of a server on this machine that shows the sample site."""
    handler = functools.partial(_Quiet, directory=str(sample.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for each worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the sample in a window of its own; `options` are those of the window."""
    contexts = []

    def open_page(path: str, **options: Any) -> Page:
        contexts.append(browser.new_context(**{"java_script_enabled": True, "locale": "de-DE", **options}))
        page = contexts[-1].new_page()
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_switching_the_language_keeps_the_article(open_page: Open) -> None:
    """Somebody reads an article in Swedish, changes to English and back, and is at the same article each time."""
    page = open_page(ARTICLE, java_script_enabled=False)
    page.get_by_role("navigation", name="Språk").get_by_role("link", name="English").click()
    assert page.url.endswith("/en/news/sweden-usa-agreement/")
    assert page.get_by_role("heading", level=1).inner_text() == "Sweden and the USA deepen their work on cancer care"
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Svenska").click()
    assert page.url.endswith(f"/{ARTICLE}")


def test_a_visitor_of_the_bare_address_chooses_a_language(open_page: Open) -> None:
    """Nobody is sent to a language by a machine: one chooses, and reads on from the front page."""
    page = open_page("", java_script_enabled=False)
    assert page.get_by_role("link").all_inner_texts() == ["English", "Svenska"]
    page.get_by_role("link", name="Svenska").click()
    page.get_by_role("heading", name="Sverige och USA fördjupar sitt samarbete om cancervård").click()
    assert page.url.endswith(f"/{ARTICLE}")


def test_keyboard_users_skip_the_head(open_page: Open) -> None:
    """The first stop is a visible link to the content; from there the next stop lies in the content."""
    page = open_page(ARTICLE)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Hoppa till innehållet"
    box = skip.bounding_box()
    assert box
    assert box["width"] > 100
    assert box["height"] > 24
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


def test_focus_can_be_seen(open_page: Open) -> None:
    """Each stop of the keyboard, from the head to the foot, has an outline of three pixels and is on the screen."""
    page = open_page(ARTICLE)
    for _ in range(page.locator("a, [tabindex='0']").count()):
        page.keyboard.press("Tab")
        focus = page.locator(":focus")
        style = focus.evaluate("node => [getComputedStyle(node).outlineStyle, getComputedStyle(node).outlineWidth]")
        assert style == ["solid", "3px"]
        assert focus.evaluate("node => { const box = node.getBoundingClientRect(); return box.bottom > 0; }")
    assert focus.inner_text() == "Svenska"


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(sample: Site, open_page: Open, address: str, lang: str, width: int) -> None:
    """Neither on the narrowest phone nor on a desk has any page more width than the screen."""
    page = open_page("", viewport={"width": width, "height": 800})
    wide = []
    for path in sorted(sample.files()):
        if path.endswith(".html") and path.startswith((f"{lang}/", "index")):
            page.goto(address + path, wait_until="load")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(path)
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_page: Open, scheme: str) -> None:
    """Text has a contrast of 7 to 1, and small print of 4.5 to 1, in daylight and in the dark."""
    for path in (ARTICLE, DRAFT, "sv/", "sv/for-patienter/nar-du-ska-ringa-oss/"):
        page = open_page(path, color_scheme=scheme)
        strong = page.evaluate(CONTRAST, "main p:not(.tag, .meta), main li, main td, main th, h1, h2, h3, footer a")
        weak = page.evaluate(CONTRAST, ".tag, .meta, .meta li, figcaption, header a, .label, .lead")
        assert min(strong) >= 7
        assert min(weak) >= 4.5


def test_what_one_taps_is_large_enough(open_page: Open) -> None:
    """Links of head, crumbs, lists and foot are at least 24 pixels high, as WCAG 2.2 demands."""
    page = open_page(ARTICLE, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    small = page.evaluate("""() => [...document.querySelectorAll("header a, .crumbs a, .side a, footer a")]
        .filter((node) => node.getBoundingClientRect().height < 24 && !node.closest("h3"))
        .map((node) => node.textContent)""")
    assert small == []


def test_screen_readers_hear_what_a_computer_wrote(open_page: Open) -> None:
    """Before each draft stand words for screen readers; below an English paragraph they can be seen."""
    page = open_page(DRAFT)
    label = "node => getComputedStyle(node, '::before').content"
    assert page.locator(".content > p[data-state=machine]").first.evaluate(label) == '"Datoröversatt:"'
    page = open_page("sv/nyheter/patientradet-traffas-for-forsta-gangen/")
    left = page.locator(".content p[data-state=source]").first
    assert left.evaluate("node => getComputedStyle(node, '::after').content") == '"Inte översatt ännu"'
    assert left.get_attribute("lang") == "en"


def test_paper_has_the_text_and_the_notice(open_page: Open) -> None:
    """Printed, a page has no navigation, keeps the notice, and tells where its links lead."""
    page = open_page(DRAFT)
    page.emulate_media(media="print")
    for name in (".menu", ".languages", ".crumbs", ".side", ".skip"):
        assert not page.locator(name).first.is_visible(), name
    assert page.locator(".notice").is_visible()
    assert page.get_by_text("https://cancercentrumnorr.example/en/news/").first.is_visible()
    after = page.locator('.content a[href="https://www.1177.se/"]').evaluate(
        "n => getComputedStyle(n, '::after').content"
    )
    assert re.sub(r"[\s\"]", "", after) == "(https://www.1177.se/)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    )


def test_the_page_for_wrong_addresses_leads_on(open_page: Open, address: str) -> None:
    """It looks like every page and its links work, at whatever address a server shows it."""
    page = open_page("sv/404.html")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Source Serif 4"')
    page.get_by_role("link", name="Till startsidan").click()
    assert page.url == f"{address}sv/"


def test_fonts_come_from_the_site_itself(open_page: Open, address: str) -> None:
    """The reader's browser asks no other site for anything."""
    page = open_page("sv/")
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + ARTICLE, wait_until="networkidle")
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []
    assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"') && document.fonts.size") == 2
