"""Choosing an offer or a promoter of the merchant's by words of its name, and finding again what was chosen."""

from typing import NamedTuple

from portal.database import Statement
from portal.domain.identifiers import normal_code, typed_uuid
from portal.domain.typed import words
from portal.domain.typed.texts import compared, tidy

MOST = 20
BETWEEN = " · "


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


_OFFER = """SELECT o.id, o.name, c.short_code AS code, c.title AS catalog_title, o.uuid AS key, c.id AS catalog_id
    FROM offer o JOIN catalog c ON c.id = o.catalog_id WHERE o.partner_id = :partner"""
_OFFERS = words.statements(
    lambda named: f"{_OFFER} AND {named} ORDER BY LOWER(o.name), o.id LIMIT {MOST}", ("o.name",), ("c.title",), Choice
)
_OFFER_BY_UUID = Statement(f"{_OFFER} AND o.uuid = :uuid", Choice)
_OFFER_BY_NAME = Statement(f"{_OFFER} AND o.name = :name AND c.short_code = :code", Choice)
_PROMOTER = """SELECT m.id, p.name, m.uid AS code, c.title AS catalog_title, m.uid AS key, c.id AS catalog_id
    FROM promotion m JOIN catalog c ON c.id = m.catalog_id JOIN partner p ON p.id = m.promoter_id
    WHERE c.partner_id = :partner"""
_PROMOTERS = words.statements(
    lambda named: f"{_PROMOTER} AND ({named} OR m.uid = :uid) ORDER BY LOWER(p.name), m.id LIMIT {MOST}",
    ("p.name", "m.uid"), ("c.title",), Choice,
)  # fmt: skip
_PROMOTER_BY_UID = Statement(f"{_PROMOTER} AND m.uid = :uid", Choice)


def offers(partner_id: int, text: str) -> list[Choice]:
    """The merchant's offers whose names have the words, by name."""
    typed = words.patterns(_named(text))
    return _OFFERS[len(typed)].rows(partner=partner_id, **typed)


def offer(partner_id: int, text: str) -> Choice | None:
    """The merchant's offer by its uuid, its label, or its name where only one is called so."""
    if uuid := typed_uuid(text):
        return _OFFER_BY_UUID.row(partner=partner_id, uuid=uuid)
    name, _, code = tidy(text).rpartition(BETWEEN)
    return _OFFER_BY_NAME.row(partner=partner_id, name=name, code=code) or _only(offers(partner_id, text), text)


def promoters(partner_id: int, text: str) -> list[Choice]:
    """The promoters of the merchant's catalogs, once for each catalog, whose names have the words."""
    typed = words.patterns(_named(text))
    return _PROMOTERS[len(typed)].rows(partner=partner_id, uid=normal_code(text) or "", **typed)


def promoter(partner_id: int, text: str) -> Choice | None:
    """A promoter in one of the merchant's catalogs, by its uid, its label, or its name where only one is called so."""
    code = normal_code(text.rpartition(BETWEEN)[2])
    chosen = _PROMOTER_BY_UID.row(partner=partner_id, uid=code) if code else None
    return chosen or _only(promoters(partner_id, text), text)


def _named(text: str) -> str:
    """What is searched for: of a label that was chosen before, the name."""
    return (text.rpartition(BETWEEN)[0] or text).strip()


def _only(choices: list[Choice], text: str) -> Choice | None:
    named = [choice for choice in choices if compared(choice.name) == compared(text)]
    return named[0] if len(named) == 1 else None
