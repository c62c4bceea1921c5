"""Customers that a new card may be for, as somebody types who it is."""

from functools import cache
from typing import NamedTuple

from portal.database import Statement
from portal.domain.identifiers import typed_uuid
from portal.domain.members import names, words

MOST = 6


class Holder(NamedTuple):
    """A customer to be chosen."""

    id: int
    uuid: str
    first_name: str
    surname: str | None
    phone_typed: str | None
    mail: str | None

    @property
    def name(self) -> str:
        """What they are called."""
        return names.full(self.first_name, self.surname)

    @property
    def told_by(self) -> str:
        """What tells them from others of the name."""
        return " · ".join(filter(None, (self.phone_typed, self.mail)))


_SELECT = """SELECT m.id, m.uuid, m.first_name, m.surname, m.phone_typed, m.mail FROM member m
    WHERE m.partner_id = :partner AND m.erased_at IS NULL AND m.merged_into_id IS NULL"""
_ONE = Statement(f"{_SELECT} AND m.uuid = :uuid", Holder)
_LATEST = Statement(f"{_SELECT} ORDER BY m.id DESC LIMIT :most", Holder)


@cache
def _with_words(fitting: str) -> Statement[Holder]:
    return Statement(f"{_SELECT} AND {fitting} ORDER BY m.id DESC LIMIT :most", Holder)


def find(partner_id: int, uuid: str | None) -> Holder | None:
    """The partner's customer of this id."""
    return _ONE.row(uuid=typed_uuid(uuid or "") or "", partner=partner_id)


def like(partner_id: int, text: str, most: int = MOST) -> list[Holder]:
    """Customers whose name, phone or mail address begin so, whose phone ends so, or whose UUID it is, newest first; the latest ones
    where nothing was typed."""
    if typed_uuid(text):
        return [holder] if (holder := find(partner_id, text)) else []
    asked = words.asked(partner_id, text)
    if asked is None:
        return [] if text.strip() else _LATEST.rows(partner=partner_id, most=most)
    return _with_words(asked.fitting("m.id")).rows(most=most, **asked.given)
