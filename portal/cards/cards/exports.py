"""The cards that are filtered, as CSV."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import g

from portal import clock
from portal.cards import reports
from portal.cards.cards import filters
from portal.domain.cards.cards import found
from portal.domain.cards.cards.found import CardLine
from portal.domain.cards.operations.rows import main_of
from portal.domain.cards.operations.words import places
from portal.domain.cards.words import WIRE_WORDS
from portal.web import spreadsheets
from portal.web.spreadsheets import Cell

_COUNTS = ("uses", "rewards", "balance", "bonus", "visits", "owed")
HEAD = [
    "card", "template", "type", "customer", "first_name", "surname", "phone", "email", "stamps", "rewards", "balance", "bonus",
    "visits", "owed", "currency", "level", "coupon_redeemed", "issued_at", "installed_at", "expires_at", "deleted_at",
    "last_operation_at",
]  # fmt: skip


def csv():
    """All that is filtered, newest first. Times are the partner's, with their distance from UTC; sums are decimals."""
    reports.refuse_without()
    chosen, _, _ = filters.read()
    zone = ZoneInfo(g.partner.time_zone)
    name = spreadsheets.file_name("cards", clock.now(), g.partner.time_zone)
    return spreadsheets.download(name, HEAD, (_cells(card, zone) for card in found.each(g.partner.id, chosen)))


def _cells(card: CardLine, zone: ZoneInfo) -> list[Cell]:
    moments = (card.created_at, card.installed_at, card.expires_at, card.deleted_at, card.operated_at)
    times = [
        None if at is None else clock.from_micros(at).astimezone(zone).isoformat(timespec="seconds") for at in moments
    ]
    return [
        card.serial, card.template, WIRE_WORDS[card.kind], card.customer, card.first_name, card.surname, card.phone_typed,
        card.mail, *(_count(card, name) for name in _COUNTS), card.currency, card.tier_name, "true" if card.coupon else "false",
        *times,
    ]  # fmt: skip


def _count(card: CardLine, name: str) -> Cell:
    field = main_of(card.kind, card.mechanics) if name == "owed" else name
    return Decimal(getattr(card, name)).scaleb(-places(card.kind, card.currency, field))
