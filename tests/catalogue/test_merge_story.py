"""Months of random work on a few articles: no word of a translator is lost, none is shown where it does not belong."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from workflow.catalogue.matching import Pool
from workflow.catalogue.merge import leaving, merge
from workflow.catalogue.po import Catalogue, new_catalogue, parse
from workflow.message import Message, State

ARTICLES = 3
WORDS = "visit ward nurse doctor hand clean open close morning evening floor door never always please child".split()
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)
PLACES = st.integers(0, 1_000)
ARTICLE = st.integers(0, ARTICLES - 1)


class Newsroom(RuleBasedStateMachine):
    """Editors change the English, translators the catalogues; after each edit everything is merged."""

    def __init__(self) -> None:
        super().__init__()
        self.articles: list[list[str]] = [[] for _ in range(ARTICLES)]
        self.catalogues: list[Catalogue] = [new_catalogue("x", "sv") for _ in range(ARTICLES)]
        self.graveyard: list[str] = ["Never always please child."]
        self.words: set[str] = set()
        self.approved_for: dict[str, set[str]] = {}
        self.numbers = count(1)

    @rule(article=ARTICLE, place=PLACES, text=SENTENCES)
    def add(self, article: int, place: int, text: str) -> None:
        """An editor writes a paragraph."""
        texts = self.articles[article]
        texts.insert(place % (len(texts) + 1), text)
        self.extract()

    @rule(article=ARTICLE, place=PLACES, other=st.integers(0, 1_000))
    def bring_back(self, article: int, place: int, other: int) -> None:
        """An editor takes a text back that stood somewhere before."""
        texts = self.articles[article]
        texts.insert(place % (len(texts) + 1), self.graveyard[other % len(self.graveyard)])
        self.extract()

    @rule(article=ARTICLE, place=PLACES, word=st.sampled_from(WORDS))
    def mend(self, article: int, place: int, word: str) -> None:
        """An editor replaces a word."""
        self.rewrite(article, place, lambda text: [f"{word.capitalize()} {text.partition(' ')[2]}"])

    @rule(article=ARTICLE, place=PLACES, text=SENTENCES)
    def lengthen(self, article: int, place: int, text: str) -> None:
        """An editor adds a sentence to a paragraph."""
        self.rewrite(article, place, lambda old: [f"{old} {text}"])

    @rule(article=ARTICLE, place=PLACES)
    def split(self, article: int, place: int) -> None:
        """An editor makes two paragraphs of one."""
        self.rewrite(
            article, place, lambda old: [part.strip(". ") + "." for part in old.split(".", 1) if part.strip(". ")]
        )

    @rule(article=ARTICLE, place=PLACES)
    def delete(self, article: int, place: int) -> None:
        """An editor deletes a paragraph."""
        self.rewrite(article, place, lambda _: [])

    @rule(article=ARTICLE, place=PLACES)
    def duplicate(self, article: int, place: int) -> None:
        """An editor says a thing twice."""
        self.rewrite(article, place, lambda old: [old, old])

    @rule(article=ARTICLE)
    def join(self, article: int) -> None:
        """An editor makes one paragraph of the first two."""
        texts = self.articles[article]
        self.graveyard += texts[:2]
        texts[:2] = [" ".join(texts[:2])] if texts else []
        self.extract()

    @rule(article=ARTICLE, place=PLACES, other=ARTICLE)
    def move(self, article: int, place: int, other: int) -> None:
        """An editor moves a paragraph to another article, or to the end of its own."""
        texts = self.articles[article]
        if texts:
            self.articles[other].append(texts.pop(place % len(texts)))
        self.extract()

    @rule(article=ARTICLE, other=ARTICLE)
    def swap(self, article: int, other: int) -> None:
        """Two articles get each other's names."""
        self.articles[article], self.articles[other] = self.articles[other], self.articles[article]
        self.extract()

    @precondition(lambda self: any(self.articles))
    @rule(article=ARTICLE, place=PLACES, sure=st.booleans())
    def translate(self, article: int, place: int, sure: bool) -> None:
        """A translator writes a text, approved or with a doubt."""
        word = f"svenska {next(self.numbers)}"

        def write(message: Message) -> Message:
            self.words -= set(message.texts)
            self.words.add(word)
            self.approved_for[word] = {message.msgid} if sure else set()
            done = replace(message.approved(), msgstr=word)
            return done if sure else replace(done, flags=("fuzzy", *done.flags))

        self.work(article, place, write)

    @rule(article=ARTICLE, place=PLACES)
    def begin(self, article: int, place: int) -> None:
        """A translator changes a text without a word about its state, as one who goes home in the middle of it."""

        def write(message: Message) -> Message:
            if message.state is not State.STALE:
                return message
            word = f"svenska {next(self.numbers)}"
            self.words -= set(message.texts)
            self.words.add(word)
            self.approved_for[word] = set()
            return replace(message, msgstr=word)

        self.work(article, place, write)

    @rule(article=ARTICLE, place=PLACES)
    def approve(self, article: int, place: int) -> None:
        """A translator approves what stands there."""

        def write(message: Message) -> Message:
            if message.translated:
                self.words.add(message.msgstr)
                self.approved_for.setdefault(message.msgstr, set()).add(message.msgid)
            return message.approved()

        self.work(article, place, write)

    @rule(article=ARTICLE, place=PLACES)
    def draft(self, article: int, place: int) -> None:
        """The machine fills an empty message."""

        def write(message: Message) -> Message:
            return message if message.translated else message.drafted((f"maskin {message.msgid}",), "machine argos 1.9")

        self.work(article, place, write)

    @invariant()
    def every_word_is_kept(self) -> None:
        """Each text of a translator that no translator replaced is in some catalogue."""
        kept = {message.msgstr for catalogue in self.catalogues for message in catalogue.messages}
        assert self.words <= kept

    @invariant()
    def reviewed_means_reviewed(self) -> None:
        """A live message is reviewed only for English that a translator approved it for."""
        for catalogue in self.catalogues:
            for message in catalogue.live:
                if message.state is State.REVIEWED:
                    assert message.msgid in self.approved_for[message.msgstr]

    @invariant()
    def catalogues_hold_their_articles(self) -> None:
        """The live messages of a catalogue are the texts of its article."""
        for texts, catalogue in zip(self.articles, self.catalogues, strict=True):
            assert sorted(message.msgid for message in catalogue.live) == sorted(set(texts))

    def teardown(self) -> None:
        """GNU's own check accepts what has become of the catalogues."""
        for catalogue in self.catalogues:
            data = catalogue.to_bytes()
            subprocess.run(["msgfmt", "-c", "-o", "/dev/null", "-"], input=data, capture_output=True, check=True)

    def rewrite(self, article: int, place: int, change: Callable[[str], list[str]]) -> None:
        """Put other paragraphs in the place of one."""
        texts = self.articles[article]
        if texts:
            at = place % len(texts)
            self.graveyard.append(texts[at])
            texts[at : at + 1] = change(texts[at])
        self.extract()

    def extract(self) -> None:
        """Merge all articles; a second time changes nothing."""
        templates = [self.template(texts) for texts in self.articles]
        pool = self.pool(templates)
        for number, template in enumerate(templates):
            merged = merge(self.catalogues[number], template, pool).catalogue
            self.catalogues[number] = parse(merged.to_bytes(), "x.po")
        pool = self.pool(templates)
        for catalogue, template in zip(self.catalogues, templates, strict=True):
            assert merge(catalogue, template, pool).catalogue is catalogue

    def pool(self, templates: list[list[Message]]) -> Pool:
        """What has left the articles."""
        pairs = zip(self.catalogues, templates, strict=True)
        return Pool.of([message for catalogue, template in pairs for message in leaving(catalogue, template)])

    def template(self, texts: list[str]) -> list[Message]:
        """The messages of an article."""
        return [Message(text, extracted=("paragraph",), references=("x.md:1",)) for text in dict.fromkeys(texts)]

    def work(self, article: int, place: int, write: Callable[[Message], Message]) -> None:
        """Let a translator, or the machine, change a live message."""
        catalogue = self.catalogues[article]
        numbers = [number for number, message in enumerate(catalogue.messages) if not message.obsolete]
        if numbers:
            number = numbers[place % len(numbers)]
            changed = catalogue.replace({number: write(catalogue.messages[number])})
            self.catalogues[article] = parse(changed.to_bytes(), "x.po")


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
