"""Choosing an offer or a promoter of the merchant's by a part of its name, and finding again what was chosen."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.identifiers import is_uuid, normal_code
from portal.domain.patterns import ESCAPE, containing

MOST = 20
BETWEEN = " · "

_OFFER = """SELECT o.id, o.name, c.short_code, c.title, o.uuid, c.id FROM offer o JOIN catalog c ON c.id = o.catalog_id
    WHERE o.partner_id = ?"""
_OFFERS = Statement(f"{_OFFER} AND LOWER(o.name) LIKE ? {ESCAPE} ORDER BY LOWER(o.name), o.id LIMIT ?")
_OFFER_BY_UUID = Statement(f"{_OFFER} AND o.uuid = ?")
_OFFER_BY_NAME = Statement(f"{_OFFER} AND o.name = ? AND c.short_code = ?")
_PROMOTER = """SELECT m.id, p.name, m.uid, c.title, m.uid, c.id FROM promotion m JOIN catalog c ON c.id = m.catalog_id
    JOIN partner p ON p.id = m.promoter_id WHERE c.partner_id = ?"""
_PROMOTERS = Statement(
    f"{_PROMOTER} AND (LOWER(p.name) LIKE ? {ESCAPE} OR m.uid = ?) ORDER BY LOWER(p.name), m.id LIMIT ?"
)
_PROMOTER_BY_UID = Statement(f"{_PROMOTER} AND m.uid = ?")


class Choice(NamedTuple):
    """An offer, or a promoter in a catalog. `code` tells it from others of its name, `key` names it in addresses."""

    id: int
    name: str
    code: str
    catalog_title: str
    key: str
    catalog_id: int

    @property
    def label(self) -> str:
        """What a person chooses and what is typed into the field; it is found again by it."""
        return f"{self.name}{BETWEEN}{self.code}"


def offers(partner_id: int, text: str) -> list[Choice]:
    """The merchant's offers whose names hold the text, by name."""
    return [Choice._make(row) for row in _OFFERS.rows(partner_id, containing(_named(text)), MOST)]


def offer(partner_id: int, text: str) -> Choice | None:
    """The merchant's offer by its uuid, its label, or its name where only one is called so."""
    if is_uuid(text):
        row = _OFFER_BY_UUID.row(partner_id, text.lower())
        return row and Choice._make(row)
    name, _, code = text.rpartition(BETWEEN)
    row = _OFFER_BY_NAME.row(partner_id, name, code)
    return Choice._make(row) if row else _only(offers(partner_id, text), text)


def promoters(partner_id: int, text: str) -> list[Choice]:
    """The promoters of the merchant's catalogs, once for each catalog, whose names hold the text."""
    rows = _PROMOTERS.rows(partner_id, containing(_named(text)), normal_code(text) or "", MOST)
    return [Choice._make(row) for row in rows]


def promoter(partner_id: int, text: str) -> Choice | None:
    """A promoter in one of the merchant's catalogs, by its uid, its label, or its name where only one is called so."""
    code = normal_code(text.rpartition(BETWEEN)[2])
    row = _PROMOTER_BY_UID.row(partner_id, code) if code else None
    return Choice._make(row) if row else _only(promoters(partner_id, text), text)


def _named(text: str) -> str:
    """What is searched for: of a label that was chosen before, the name."""
    return (text.rpartition(BETWEEN)[0] or text).strip()


def _only(choices: list[Choice], text: str) -> Choice | None:
    named = [choice for choice in choices if choice.name.casefold() == text.strip().casefold()]
    return named[0] if len(named) == 1 else None
