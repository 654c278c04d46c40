"""How translations, and their absence, are shown."""

from __future__ import annotations

from tests.segmentation import documents
from tests.segmentation.documents import LANGUAGES
from workflow.filling import KEPT, MACHINE, SOURCE, Filled, Target, fill
from workflow.links import addresses_in
from workflow.markdown import parse_blocks, parse_inline
from workflow.segmentation import Segment


def filled(text: str, translations: dict[str, Target]) -> Filled:
    """A page with these translations."""
    return fill(documents.document(text), lambda each: translations.get(each.text, Target("", SOURCE)), LANGUAGES)


def test_each_state_is_marked_on_its_element() -> None:
    """English left-overs have their language, machine text its state, reviewed text nothing."""
    page = filled("One\n\nTwo\n\nThree", {"Two": Target("Två", MACHINE), "Three": Target("Tre")}).html
    assert 'lang="en" data-state="source">One</p>' in page
    assert '" data-state="machine">Två</p>' in page
    assert '">Tre</p>' in page
    assert "lang" not in page.split("Tre")[0].rsplit("<p", 1)[1]


def test_a_translation_inside_a_left_over_has_the_language_of_the_page() -> None:
    """A translated item below an untranslated one says that it is Swedish."""
    page = filled("- One\n  - Two\n  - Three\n", {"Two": Target("Två")}).html
    assert 'lang="en" data-state="source">One' in page
    assert 'lang="sv">Två</li>' in page
    assert 'data-state="source">Three</li>' in page


def test_raw_html_is_marked_where_it_can_be() -> None:
    """An element that holds just the text gets the mark; text beside other elements gets a span; a drawing none."""
    page = filled("<div>One <ul><li>Two</li></ul> Three <br> Four</div>", {"Three": Target("Tre", MACHINE)}).html
    assert '<div><span lang="en" data-state="source">One</span> <ul>' in page
    assert '<li lang="en" data-state="source">Two</li>' in page
    assert '<span data-state="machine">Tre</span> <br> <span lang="en"' in page
    drawing = filled('<svg viewBox="0">\n<text>One <tspan>two</tspan> three</text></svg>', {}).html
    assert "<span" not in drawing


def test_an_editors_language_stays_with_the_editors_text() -> None:
    """What is marked as French stays so while it is that text; a translation of it is Swedish."""
    text = '<p lang="fr">Bonjour</p>\n\n{lang=fr}\nMerci'
    for translations in ({}, {"Bonjour": Target("Bonjour"), "Merci": Target("Merci")}):
        assert filled(text, translations).html.count('lang="fr"') == 2
        assert filled(text, translations).html.count("lang=") == 2
    page = filled(text, {"Bonjour": Target("Hej"), "Merci": Target("Tack", MACHINE)}).html
    assert page.count('lang="sv"') == 2
    assert page.count("lang=") == 2


def test_what_is_kept_says_its_language_and_no_state() -> None:
    """Blocks between off and on, and articles that are not for translation, are in the source language."""
    page = filled("<!-- translate: off -->\n\nOne\n\n<p>Two</p>\n\n<!-- translate: on -->", {"One": Target("Ett")})
    assert 'lang="en">One</p>' in page.html
    assert '<p lang="en">Two</p>' in page.html
    assert "data-state" not in page.html
    assert page.states == {}
    assert KEPT not in page.states
    whole = fill(documents.document("---\ntitle: T\ntranslate: false\n---\nOne"), lambda _: Target("Ett"), LANGUAGES)
    assert 'lang="en">One</p>' in whole.html


def test_hard_breaks_are_as_many_as_in_the_source() -> None:
    """A translator may write a break as a bare line end; more breaks than the source has are spaces."""
    source = "One\\\nTwo\\\nThree"
    for written in ("Ett\\\nTvå\\\nTre", "Ett\nTvå\nTre", "Ett\\\nTvå\\\nTre\\\nFyra", "Ett\nTvå\nTre\nFyra"):
        assert filled(source, {source: Target(written)}).html.count("<br />") == 2
    assert "<br />" not in filled("One two", {"One two": Target("Ett\\\ntvå")}).html


def test_footnotes_keep_their_numbers_when_their_marks_change_places() -> None:
    """The translation may name them in another order: each mark still leads to its own note."""
    text = "See[^a] and[^b].\n\n[^a]: First\n\n[^b]: Second"
    page = filled(text, {"See[^a] and[^b].": Target("Och[^b] se[^a].")}).html
    assert page.index('href="#fn2"') < page.index('href="#fn1"')
    assert page.index('id="fn1"') < page.index('id="fn2"')


def test_footnotes_within_footnotes_stand_behind_each_other() -> None:
    """A note that is defined inside another note, a list or a quotation leaves no tag open."""
    page = documents.source_page("Text[^a].\n\n[^a]: > Note\n    >\n    > [^b]: - inner[^a]\n\nMore[^b].")
    assert documents.skeleton(page) == documents.skeleton(
        documents.empty_page("Text[^a].\n\n[^a]: > Note\n    >\n    > [^b]: - inner[^a]\n\nMore[^b].")
    )
    assert page.count("<li") == page.count("</li>")
    assert page.count("<blockquote") == page.count("</blockquote>")


def test_every_address_is_resolved_and_nothing_else() -> None:
    """Links, pictures and HTML go through one function; scripts, comments, code and template tags do not."""
    text = (
        "[a](1.md) ![b](2.png) <a href=3.md>c</a> [t]({{url}}/x)\n\n"
        "<div data-src='no'><img src=\"4.png\" alt=\"href='no'\"> <video poster='5.png'></video></div>\n\n"
        '<script>x = \'<a href="no">\'</script>\n\n<!-- <a href="no"> -->\n\n'
        '<pre><a href="no">x</a></pre>'
    )
    met = list[str]()

    def note(address: str) -> str:
        met.append(address)
        return f"/r/{address}"

    page = fill(documents.document(text), lambda _segment: Target(""), resolve=note).html
    assert met == ["1.md", "2.png", "3.md", "4.png", "5.png"]
    assert '<a href="/r/3.md">' in page
    assert "poster='/r/5.png'" in page
    assert '"{{url}}/x"' in page
    env: dict[str, object] = {}
    tokens = parse_blocks(text, env)
    for token in tokens:
        if token.type == "inline":
            token.children = parse_inline(token.content, env)
    assert list(addresses_in(tokens)) == met


def test_a_translated_attribute_is_quoted_as_it_was() -> None:
    """A description keeps the quotation marks of its attribute, and cannot leave them."""
    page = filled("<img alt='One' src=x> <i title=Two>x</i>", {"One": Target("'a\"<b>&"), "Two": Target("å 'ä' \"ö\"")})
    assert "alt='&#x27;a\"&lt;b&gt;&amp;'" in page.html
    assert "title=\"å 'ä' &quot;ö&quot;\"" in page.html


def test_a_message_is_found_wherever_its_text_stands() -> None:
    """Segments with the same text are filled with the same translation."""

    def twice(segment: Segment) -> Target:
        return Target("Ring oss") if segment.text == "Call us" else Target("")

    page = fill(documents.document("Call us\n\n- Call us\n\n| Call us |\n|---|"), twice, LANGUAGES).html
    assert page.count("Ring oss") == 3
