"""Promoters' questions as the merchant reads them: what waits for an answer, and what was asked about one deal."""

from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement

MOST = 50


class Question(NamedTuple):
    """A question with the deal that it is about, and its answer if there is one; times in microseconds."""

    uuid: str
    deal_uuid: str
    deal_id: str
    offer_name: str
    promoter: str
    text: str
    asked_at: int
    answer: str | None
    answered_by: str | None
    answered_at: int | None

    @property
    def asked(self) -> datetime:
        """When it was asked."""
        return clock.from_micros(self.asked_at)

    @property
    def answered(self) -> datetime | None:
        """When it was answered, if it was."""
        return None if self.answered_at is None else clock.from_micros(self.answered_at)


_SELECT = """SELECT q.uuid, d.uuid AS deal_uuid, d.deal_id, d.offer_name, p.name AS promoter, q.question AS text, q.asked_at,
    q.answer, a.name AS answered_by, q.answered_at
    FROM deal_question q JOIN deal d ON d.id = q.deal_id JOIN partner p ON p.id = q.promoter_id
    LEFT JOIN person a ON a.id = q.answered_by_id WHERE q.merchant_id = :merchant"""
_WAITING = Statement(f"{_SELECT} AND q.answered_at IS NULL ORDER BY q.id LIMIT {MOST}", Question)
_OF_DEAL = Statement(f"{_SELECT} AND q.deal_id = :deal ORDER BY q.id", Question)


def waiting(merchant_id: int) -> list[Question]:
    """The first fifty questions that nobody has answered, oldest first."""
    return _WAITING.rows(merchant=merchant_id)


def of_deal(merchant_id: int, deal_id: int) -> list[Question]:
    """What was asked about one of the merchant's deals, by the deal's own number, oldest first."""
    return _OF_DEAL.rows(deal=deal_id, merchant=merchant_id)
