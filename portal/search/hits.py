"""What was found, as the page shows it."""

from typing import NamedTuple
from urllib.parse import urlencode

from portal.domain.search.sources import Hit
from portal.domain.sentences import say
from portal.web import thing_pages
from portal.web.drawing import address
from portal.web.shortcuts import Look


class Shown(NamedTuple):
    """A hit with its kind in a word, its icon and its address; or a list that looks for the text itself."""

    name: str
    note: str
    word: str
    icon: str
    url: str


def shown(hits: list[Hit]) -> list[Shown]:
    """The hits with their words and addresses, in their order."""
    return [
        Shown(hit.name, hit.note, page.word, page.icon, page.url(hit))
        for hit in hits
        for page in (thing_pages.of_hit(hit.kind),)
    ]


def offered(text: str, looks: list[Look]) -> list[Shown]:
    """The lists that look for the text, each called with it."""
    asked = urlencode({"q": text})
    return [Shown(say(look.label, text=text), "", "", look.icon, f"{address(look.endpoint)}?{asked}") for look in looks]
