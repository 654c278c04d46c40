"""Documents that hypothesis composes of blocks within blocks, and inline text within inline text."""

from __future__ import annotations

from hypothesis import strategies as st

SOUP = "aé🩺 \t*_`~[]()<>!\\&{}%|#-+=:.\"'^/1\n"
"""Characters that mean something somewhere."""

WORDS = st.sampled_from(
    "Call us today for a second opinion Åsa 𝒩urse 8–17 5&nbsp;kr &amp; a_b 100 % {x} it's (now) \\* 2*3 :- ok".split()
)
PHRASE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
SOFT = st.sampled_from((" ", " ", "\n", "\\\n", "  \n", "\n  "))
ATTRIBUTES = st.sampled_from(("", "", "{.wide}", '{title="Seen"}', "{#own .x}"))
TEMPLATE = st.sampled_from(("{{ name }}", "{% if a < b %}", '{{< key "Ctrl" >}}', "{# note #}", "{{a}}"))
ADDRESS = st.sampled_from(
    ("x.md", "<a b.md>", "https://example.org/a_b?c=d&e", "{{url}}", 'y.md "A title"', "z 'It'", "")
)


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map("*{}*".format),
        inner.map("**{}**".format),
        inner.map("__{}__".format),
        inner.map("~~{}~~".format),
        inner.map("<b>{}</b>".format),
        st.builds('<a href="x.md" title="{1}">{0}</a>'.format, inner, PHRASE.filter(lambda text: "<" not in text)),
        st.builds("[{}]({}){}".format, inner, ADDRESS, ATTRIBUTES),
        st.builds("![{}]({}){}".format, inner, ADDRESS, ATTRIBUTES),
        st.builds("[{}][{}]".format, inner, st.sampled_from(("ref", "Other\nRef", "none"))),
        st.builds("{}{}{}".format, inner, SOFT, inner),
        st.builds("{} {}".format, inner, inner),
    )


INLINE = st.recursive(
    st.one_of(
        PHRASE,
        PHRASE,
        TEMPLATE,
        st.sampled_from(
            ("`code`", "`` a`b ``", "`c\nd`", "<https://example.org>", "[^1]", "[^two]", "<br>", "<!-- c -->")
        ),
        st.sampled_from(("[ref]", "[ref][]", '<img src="a.png" alt="Seen">', "![](b.png)", "[ref]{.x}")),
    ),
    _inline,
    max_leaves=6,
)
LINE = INLINE.map(lambda text: text.replace("\\\n", " ").replace("\n", " "))


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + line if line else line for line in lines[1:])])


def _table(rows: list[list[str]]) -> str:
    cells = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join([f"| {cells[0]} |", "|:--|--:|", *(f"| {row} |" for row in cells[1:])])


def _html(text: str, inner: str) -> str:
    return f'<details><summary title="A hint">{text}</summary>\n\n{inner}\n\n</details>'


TABLE = st.lists(st.lists(LINE, min_size=2, max_size=2), min_size=1, max_size=3).map(_table)
LEAF = st.one_of(
    INLINE,
    INLINE,
    LINE.map("## {}".format),
    st.builds("{} {{#own .x}}".format, LINE.map("# {}".format)),
    INLINE.map("{}\n---".format),
    TABLE,
    st.sampled_from(
        (
            "***",
            "```\ncode *x*\n```",
            "    code",
            "<!-- translators: A hint. -->",
            "<!-- translate: off -->",
            "<!-- translate: on -->",
            "<!-- other -->",
            '{.lead title="Hint"}',
            "{% for x in y %}",
            '<div>\n<p>One <b>two</b>\nthree</p>\n<script>let title="x";</script>\n</div>',
            "</section><p>Four <br> five",
            "<table><tr><td>a</td><td>b &lt; c</td></tr></table>",
            '[ref]: r.md "Of\nref"',
            "[other ref]: <o r.md>",
        )
    ),
    LINE.map("<p>{}</p>".format),
    st.builds("Term\n: {}\n~ {}".format, LINE, LINE),
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("\n\n".join),
        st.lists(inner, min_size=1, max_size=3).map("\n".join),
        inner.map(lambda text: _indented(text, "> ", "> ")),
        inner.map(lambda text: _indented(text, "- ", "  ")),
        inner.map(lambda text: _indented(text, "- [ ] ", "  ")),
        inner.map(lambda text: _indented(text, "10. ", "    ")),
        inner.map(lambda text: _indented(text, "[^1]: ", "    ")),
        inner.map(lambda text: _indented(text, "[^two]: ", "    ")),
        inner.map(lambda text: _indented(text, "Term\n: ", "  ")),
        inner.map(lambda text: _indented(text, '!!! note "A *title*"\n    ', "    ")),
        inner.map("::: tip A title\n{}\n:::".format),
        st.builds(_html, PHRASE, inner),
    )


DOCUMENT = st.recursive(LEAF, _nested, max_leaves=8)
NOISE = st.one_of(
    st.text(alphabet=SOUP, max_size=80),
    st.builds("{}\n\n{}".format, DOCUMENT, st.text(alphabet=SOUP, max_size=40)),
)
