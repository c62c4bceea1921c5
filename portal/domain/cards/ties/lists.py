"""Deals and cards as they are shown to each other: the operations of a deal, the deal of an operation, the deals of a customer."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.cards.operations import events, words
from portal.domain.cards.ties import customers
from portal.domain.cards.ties.giving import KNOWN
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.members.tables import Member
from portal.domain.sentences import Sentence, kept, say


class Booked(NamedTuple):
    """What a deal booked on a card, or somebody to that: amounts in the smallest unit, `owed` is what it changed of the debt."""

    id: int
    of_id: int
    event: int
    field: str
    amount: int
    owed: int
    created_at: int
    serial: str
    kind: int
    mechanics: str
    currency: str

    @property
    def at(self) -> datetime:
        """When it happened."""
        return clock.from_micros(self.created_at)

    @property
    def sentence(self) -> str:
        """What was done."""
        if self.event == events.DEAL_TAKEN_BACK:
            return self._taken_back()
        if self.event != events.DEAL_CREDITED:
            return say("Undone by hand: {sum}", sum=self.said(abs(self.amount)))
        given = self.said(self.amount - self.owed)
        if not self.owed:
            return say("Credited: {sum}", sum=given)
        return say(
            "Credited: {sum}, of which {settled} settled what was owed", sum=given, settled=self.said(-self.owed)
        )

    def _taken_back(self) -> str:
        taken = self.said(-self.amount)
        if not self.owed:
            return say("Taken back: {sum}", sum=taken)
        return say("Taken back: {sum}. No longer there, and owed: {owed}", sum=taken, owed=self.said(self.owed))

    def said(self, amount: int) -> str:
        """So much of what it changed."""
        return words.said(self.kind, self.mechanics, self.currency, self.field, amount)


class DealOf(NamedTuple):
    """The deal that an operation belongs to."""

    operation_id: int
    uuid: str
    deal_id: str
    steps: str

    @property
    def found(self) -> Sentence | str:
        """How the customer was found, where the order did not say who they are."""
        return next((kept(step["detail"]) for step in json.loads(self.steps) if step["check"] == KNOWN), "")


class DealRow(NamedTuple):
    """A deal of a customer's; the cost in minor units, the moment in microseconds."""

    id: int
    uuid: str
    deal_id: str
    offer_name: str
    cost: int
    currency: str
    standing: str
    is_returned: bool
    conversion_time: int

    @property
    def reported(self) -> datetime:
        """When it was first reported."""
        return clock.from_micros(self.conversion_time)


_BOOKED = Statement(
    """SELECT o.id, a.of_id, o.event, o.field, o.amount, COALESCE(e.amount, 0) AS owed, o.created_at, c.serial, t.kind, t.mechanics,
        t.currency
    FROM (SELECT id, id AS of_id FROM card_operation WHERE id IN :ids
        UNION ALL SELECT id, takes_back_id FROM card_operation WHERE takes_back_id IN :ids
        UNION ALL SELECT id, reverses_id FROM card_operation WHERE reverses_id IN :ids) a
    JOIN card_operation o ON o.id = a.id JOIN card c ON c.id = o.card_id JOIN card_template t ON t.id = o.template_id
    LEFT JOIN card_entry e ON e.operation_id = o.id AND e.field = 'owed' ORDER BY o.id""",
    Booked,
)
_DEALS = Statement(
    """SELECT o.id AS operation_id, d.uuid, d.deal_id, t.steps FROM card_operation o
    JOIN card_deal t ON t.operation_id = COALESCE(o.takes_back_id, o.reverses_id, o.id) JOIN deal d ON d.id = t.deal_id
    WHERE o.id IN :ids""",
    DealOf,
)
_CREDITS = Statement("SELECT deal_id, operation_id FROM card_deal WHERE deal_id IN :deals AND operation_id IS NOT NULL")
_OF_MEMBER = """SELECT d.id, d.uuid, d.deal_id, d.offer_name, d.cost, d.currency,
    CASE WHEN d.status = 'Paid' AND d.approved_at IS NOT NULL THEN 'Approved' ELSE d.status END AS standing, d.is_returned,
    d.conversion_time FROM deal d"""
# Those that name the customer as it is known, and those by which it was found. Who was here twice is one.
_WHOSE = """d.id IN (SELECT n.id FROM deal n WHERE n.partner_id = :partner AND n.customer IN :names UNION SELECT t.deal_id
    FROM card_deal t WHERE t.member_id IN (SELECT m.id FROM member m WHERE m.id = :member OR m.merged_into_id = :member))"""


def booked(operation_ids: Iterable[int]) -> dict[int, list[Booked]]:
    """What deals booked by these operations, and what was taken back or undone of each since, by the first."""
    ids = list(operation_ids)
    found: dict[int, list[Booked]] = defaultdict(list)
    for one in _BOOKED.rows(ids=ids) if ids else ():
        found[one.of_id].append(one)
    return found


def deals_of(operation_ids: Iterable[int]) -> dict[int, DealOf]:
    """The deal of each of these operations that credits for one, takes back for one or undoes either."""
    ids = list(operation_ids)
    return {one.operation_id: one for one in _DEALS.rows(ids=ids)} if ids else {}


def of_member(member: Member, before: int | None = None, after: int | None = None) -> KeyPage:
    """A page of the deals that a customer made, newest first."""
    where = Conditions()
    where.add(
        f"d.partner_id = :partner AND {_WHOSE}",
        partner=member.partner_id, names=customers.names(member), member=member.id,
    )  # fmt: skip
    return key_pages.read(_OF_MEMBER, "d.id", where, DealRow, before, after)


def by_deal(deal_ids: Iterable[int]) -> dict[int, list[Booked]]:
    """What each of these deals did to cards, in the order in which it happened."""
    ids = list(deal_ids)
    credits_ = _CREDITS.rows(deals=ids) if ids else []
    every = booked(operation for _, operation in credits_)
    found: dict[int, list[Booked]] = defaultdict(list)
    for deal, operation in credits_:
        found[deal] += every[operation]
    return found
