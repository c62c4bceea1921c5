"""Pictures of a thing in their order, in its form: added from files or by address, moved, described and taken out.

Each act is a button of the form, which is then shown again with what else was typed; nothing is changed until it is saved.
"""

from typing import NamedTuple

from flask import g, request
from wtforms import Field

from portal.domain.errors import Refused
from portal.domain.pictures import album
from portal.domain.sentences import Sentence, say
from portal.web import picture_uploads

_WAYS = {"up": -1, "down": 1}


class Row(NamedTuple):
    """A picture of the list: its address, its key where it is here, and what is on it."""

    url: str
    key: str | None
    alt: str

    @property
    def mark(self) -> str:
        """What its handle is known by, wherever it stands."""
        return album.digest_of(self.url)[:12]


class PicturesField(Field):
    """Its data are addresses. Rows and acts are drawn by `templates/pictures/_list.html`."""

    data: list[str]
    alts: dict[str, str] = {}
    news: Sentence | str | None = None  # what an act has done, for who cannot see it
    focus: int | None = None  # the row that was moved

    def __init__(self, label, *, most: int = 20, by_address: bool = True, **options):
        super().__init__(label, **options)
        self.most, self.by_address = most, by_address

    def process_formdata(self, valuelist):
        """The addresses that the rows hold, and what was written beside each. A form that has no such rows changes nothing."""
        if not valuelist:
            return
        self.data = [url for url in valuelist if url]
        self.alts = dict(zip(self.data, request.form.getlist(f"{self.name}-alt"), strict=False))

    def acted(self) -> bool:
        """Do what a button of the list asks, and take what was added; whether the form is to be shown again therefore."""
        if request.method != "POST":
            return False
        act, _, url = request.form.get(f"{self.name}-act", "").partition(" ")
        self._add()
        if url in self.data:
            self._move(act, self.data.index(url))
        return bool(act or self.errors)

    def rows(self) -> list[Row]:
        """The pictures as they are drawn."""
        keys = {one.url: one.key for one in album.shown(g.partner.id, self.data or [])}
        alts = album.alts_of(g.partner.id, self.data or []) | self.alts
        return [Row(url, keys.get(url), alts.get(url, "")) for url in self.data or []]

    def describe(self) -> None:
        """Keep what is on each picture. Raises Invalid."""
        album.describe(g.partner.id, self.name, self.alts)

    def _add(self) -> None:
        self.data = self.data or []
        added = [request.form.get(f"{self.name}-address", "").strip()] if self.by_address else []
        try:
            added += [
                picture_uploads.address(picture_uploads.keep(file).key)
                for file in request.files.getlist(f"{self.name}-files")
                if file.filename
            ]
        except Refused as refused:
            self.errors = [refused.sentence]
        self.data = list(dict.fromkeys([*self.data, *filter(None, added)]))[-self.most :]

    def _move(self, act: str, place: int) -> None:
        url, there = self.data.pop(place), place + _WAYS.get(act, 0)
        if act == "out":
            self.news = say("The picture is taken out.")
            return
        self.focus = min(max(there, 0), len(self.data))
        self.data.insert(self.focus, url)
        self.news = say("The picture is now {place} of {all}.", place=self.focus + 1, all=len(self.data))
