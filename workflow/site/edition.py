"""The site in one language: what all its pages share, and the texts of an article as this language shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from workflow.addresses import Addresses, address_of_file, is_address, is_local, named_file, relative
from workflow.article import Article
from workflow.filling import MACHINE, SOURCE, Target, choose
from workflow.segmentation import Document, Segment, front_segments
from workflow.site.order import Order
from workflow.site.views import LanguageLink, Picture, Text

MEDIA, STATIC, FEED = "media/", "static/", "feed.xml"
"""Below the site's root: files from `source/`, files from `templates/static/`; in each language: its feed."""

HOME = "index.md"
"""The article that is the front page."""

Lookup = Callable[[Segment], Target]

_SHOWN = ("title", "description", "image_alt", "image_caption")


@dataclass(frozen=True, slots=True)
class Edition:
    """The site in one language: everything that its pages share."""

    name: str
    """The site's name."""
    url: str
    """The site's own address, without a slash at the end; empty if unknown."""
    locale: str
    """POSIX name of the language."""
    source: bool
    """Whether it is the language that articles are written in."""
    source_tag: str
    """BCP 47 tag of that language."""
    documents: Mapping[str, Document]
    """Article's path → its document; drafts are left out, the front page is always there."""
    order: Order
    """Which article belongs where."""
    lookups: Mapping[str, Lookup]
    """Article's path → what to show for its segments."""
    texts: Mapping[str, Mapping[str, Text]]
    """Article's path → the texts of its front matter as they are shown."""
    addresses: Addresses
    """Where the pages of this language lie."""
    others: tuple[tuple[str, Addresses], ...] = ()
    """All languages of the site with their own names, the source language first, this one included."""
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Path below `source/` → natural size of a picture."""

    @property
    def feed(self) -> str:
        """The address of the feed below the site's root; empty where no article has a date."""
        dated = any(document.article.published for document in self.documents.values())
        return self.addresses.home + FEED if dated else ""


def front_texts(article: Article, lookup: Lookup, source_tag: str | None) -> dict[str, Text]:
    """The texts of the front matter as they are shown, by key (`title`, `tags.0`).

    `source_tag` is the BCP 47 tag of the language the article is written in, or None on its own pages.
    """
    shown = {
        segment.text: _text(article, segment, lookup, source_tag)
        for segment in front_segments(article)
        if segment.context is None
    }
    texts = {each.key: shown[each.value] for each in article.texts}
    for key, value in _plain_values(article):
        has_words = any(char.isalpha() for char in value)
        texts.setdefault(key, Text(value, lang=source_tag if has_words else None))
    return texts


def _text(article: Article, segment: Segment, lookup: Lookup, source_tag: str | None) -> Text:
    if source_tag is None:
        return Text(segment.text)
    target, _ = choose(segment, lookup(segment)) if article.translatable else (Target("", SOURCE), "")
    if not target.text.strip():
        return Text(segment.text, lang=source_tag)
    return Text(target.text, machine=target.state == MACHINE)


def _plain_values(article: Article) -> list[tuple[str, str]]:
    """What pages show of the front matter, also where it is not for translators."""
    values = [(key, article.meta.get(key)) for key in _SHOWN]
    values += [(f"tags.{place}", tag) for place, tag in enumerate(article.meta.get("tags") or ())]
    return [(key, str(value).strip()) for key, value in values if value is not None and str(value).strip()]


def tags(texts: Mapping[str, Text]) -> tuple[Text, ...]:
    """The subject words among the texts of a front matter, in order."""
    keys = [key for key in texts if key.startswith("tags.")]
    return tuple(texts[key] for key in sorted(keys, key=lambda key: int(key[5:])))


def picture(edition: Edition, article: Article, here: str) -> Picture | None:
    """An article's lead picture for the page at `here`."""
    image = article.meta.get("image")
    if not image or not is_address(str(image)):
        return None
    texts = edition.texts[article.path]
    path, _ = named_file(article, str(image))
    url = str(image) if not is_local(str(image)) else relative(here, address_of_file(MEDIA + path))
    width, height = edition.sizes.get(path, (None, None))
    return Picture(url, texts.get("image_alt", Text("")), texts.get("image_caption", Text("")), width, height)


def language_links(edition: Edition, path: str, here: str) -> tuple[LanguageLink, ...]:
    """The language switch of an article's page: to the same article, or the front page where there is none."""
    links = list[LanguageLink]()
    for name, addresses in edition.others:
        address = addresses.pages.get(path)
        links.append(
            LanguageLink(
                addresses.lang,
                name,
                relative(here, address or addresses.home),
                f"{edition.url}/{address}" if edition.url and address else "",
                addresses.lang == edition.addresses.lang,
            )
        )
    return tuple(links)


def resolve(edition: Edition, article: Article, address: str) -> str:
    """The address that a link or picture of an article gets on its page."""
    if not is_local(address):
        return address
    path, rest = named_file(article, address)
    here = edition.addresses.pages[article.path]
    if path in edition.addresses.pages:
        return relative(here, edition.addresses.pages[path]) + rest
    if path.startswith("..") or path.endswith(".md"):
        return address
    return relative(here, address_of_file(MEDIA + path)) + rest
