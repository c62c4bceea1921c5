"""What was found, as the page shows it."""

from typing import NamedTuple

from portal.domain.searched import Hit
from portal.web import thing_pages


class Shown(NamedTuple):
    """A hit with its kind in a word, its icon and its address."""

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
