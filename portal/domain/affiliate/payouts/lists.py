"""Payouts as both sides read them: the merchant's runs and payouts, and what a promoter got. Newest first."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from portal import clock
from portal.database import Statement
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.errors import NotFound
from portal.domain.identifiers import typed_uuid
from portal.domain.lists import key_pages
from portal.domain.lists.key_pages import Conditions, KeyPage
from portal.domain.sentences import say
from portal.domain.typed import words
from portal.domain.typed.texts import plain

SELECT = """SELECT o.id, o.uuid, o.number, r.uuid AS run_uuid, o.merchant_id, b.name AS merchant, o.promoter_id,
    p.name AS promoter, o.currency, o.amount, o.at, o.reversed_at, o.reason, o.sent_at, o.reference
    FROM payout o JOIN payout_run r ON r.id = o.run_id
    JOIN partner b ON b.id = o.merchant_id JOIN partner p ON p.id = o.promoter_id"""
_RUNS = "SELECT r.id, r.uuid, r.actor, r.at, r.file_taken_at FROM payout_run r"
_AT_ONCE = 500
RECORDED, SENT, TAKEN_BACK = STATES = ("recorded", "sent", "taken back")
IN_STATE = {
    RECORDED: "o.sent_at IS NULL AND o.reversed_at IS NULL",
    SENT: "o.sent_at IS NOT NULL AND o.reversed_at IS NULL",
    TAKEN_BACK: "o.reversed_at IS NOT NULL",
}


class PayoutRow(NamedTuple):
    """A payout in a list: its sum in minor units, times in microseconds."""

    id: int
    uuid: str
    number: int
    run_uuid: str
    merchant_id: int
    merchant: str
    promoter_id: int
    promoter: str
    currency: str
    amount: int
    at: int
    reversed_at: int | None
    reason: str | None
    sent_at: int | None
    reference: str | None

    @property
    def state(self) -> str:
        """How far it is: one of STATES."""
        if self.reversed_at is not None:
            return TAKEN_BACK
        return RECORDED if self.sent_at is None else SENT

    @property
    def sent(self) -> datetime | None:
        """When the money was sent, if it was."""
        return None if self.sent_at is None else clock.from_micros(self.sent_at)

    @property
    def made(self) -> datetime:
        """When it was recorded."""
        return clock.from_micros(self.at)

    @property
    def taken_back(self) -> datetime | None:
        """When it was taken back, if it was."""
        return None if self.reversed_at is None else clock.from_micros(self.reversed_at)


class _Run(NamedTuple):
    id: int
    uuid: str
    actor: str
    at: int
    file_taken_at: int | None


class _RunSum(NamedTuple):
    run_id: int
    currency: str
    payouts: int
    amount: int
    unsent: int
    to_send: int


_RUN = Statement(f"{_RUNS} WHERE r.uuid = :uuid AND r.merchant_id = :merchant", _Run)
_SUMS = Statement(
    f"""SELECT o.run_id, o.currency, COUNT(*) AS payouts, CAST(SUM(o.amount) AS BIGINT) AS amount,
        COUNT(CASE WHEN {IN_STATE[RECORDED]} THEN 1 END) AS unsent,
        CAST(COALESCE(SUM(CASE WHEN {IN_STATE[RECORDED]} THEN o.amount END), 0) AS BIGINT) AS to_send
    FROM payout o WHERE o.run_id IN :runs GROUP BY o.run_id, o.currency ORDER BY o.run_id, o.currency""",
    _RunSum,
)


class RunTotal(NamedTuple):
    """What a run pays in one currency, taken back or not, in minor units; `unsent` of its payouts are to be sent still."""

    currency: str
    payouts: int
    amount: int
    unsent: int
    to_send: int


class RunRow(NamedTuple):
    """A run in a list, with its totals by currency."""

    id: int
    uuid: str
    actor: str
    made: datetime
    file_taken: datetime | None
    totals: list[RunTotal]

    @property
    def unsent(self) -> int:
        """How many of its payouts are to be sent still."""
        return sum(total.unsent for total in self.totals)


def of_merchant(
    merchant_id: int,
    promoter_id: int | None = None,
    *,
    currency: str | None = None,
    state: str | None = None,
    before: int | None = None,
    after: int | None = None,
    text: str = "",
) -> KeyPage:
    """Fifty of the merchant's payouts, each a PayoutRow; perhaps one promoter's, in one currency, in one state, with the words
    of a text."""
    where = Conditions()
    where.add("o.merchant_id = :merchant", merchant=merchant_id)
    if promoter_id is not None:
        where.add("o.promoter_id = :promoter", promoter=promoter_id)
    if currency:
        where.add("o.currency = :currency", currency=currency)
    if state:
        where.add(IN_STATE[state])
    _look_for(where, text, "p.name")
    return _page(where, before, after)


def of_promoter(promoter_id: int, before: int | None = None, after: int | None = None, text: str = "") -> KeyPage:
    """Fifty of the payouts that the promoter got, from whichever merchant, with the words of a text."""
    where = Conditions()
    where.add("o.promoter_id = :promoter", promoter=promoter_id)
    _look_for(where, text, "b.name")
    return _page(where, before, after)


def _look_for(where: Conditions, text: str, other: str) -> None:
    """The payout of this number or uuid, and those whose other side has the words in its name."""
    if not text:
        return
    named, given = words.condition(text, (other,))
    number = plain(text).removeprefix("#").strip()
    is_it = "CAST(o.number AS VARCHAR(20)) = :number OR o.uuid = :uuid"
    where.add(f"({named} OR {is_it})", number=number, uuid=typed_uuid(text) or "", **given)


def of_run(merchant_id: int, run_uuid: str, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the payouts of one of the merchant's runs. Raises NotFound."""
    where = Conditions()
    where.add("o.run_id = :run", run=_found(merchant_id, run_uuid).id)
    return _page(where, before, after)


def run(merchant_id: int, run_uuid: str) -> RunRow:
    """One of the merchant's runs. Raises NotFound."""
    return _with_totals([_found(merchant_id, run_uuid)])[0]


def each_unsent(merchant_id: int, run_uuid: str) -> Iterator[Payout]:
    """All payouts of a run that are to be sent still, with their promoters, oldest first. Raises NotFound at once."""
    return _each(_found(merchant_id, run_uuid).id)


def promoters(merchant_id: int) -> list[Partner]:
    """Everybody whom the merchant ever paid, by name."""
    paid = Payout.select(Payout.promoter).where(Payout.merchant == merchant_id)
    known = Partner.select(Partner.id, Partner.uuid, Partner.name).where(Partner.id.in_(paid))
    return list(known.order_by(Partner.name, Partner.id))


def currencies(merchant_id: int) -> list[str]:
    """The currencies that the merchant ever paid in."""
    found = Payout.select(Payout.currency).where(Payout.merchant == merchant_id).distinct().order_by(Payout.currency)
    return [payout.currency for payout in found]


def runs(merchant_id: int, before: int | None = None, after: int | None = None) -> KeyPage:
    """Fifty of the merchant's runs, each a RunRow."""
    where = Conditions()
    where.add("r.merchant_id = :merchant", merchant=merchant_id)
    page = key_pages.read(_RUNS, "r.id", where, _Run, before, after)
    page.rows = _with_totals(page.rows)
    return page


def _page(where: Conditions, before: int | None, after: int | None) -> KeyPage:
    return key_pages.read(SELECT, "o.id", where, PayoutRow, before, after)


def _found(merchant_id: int, run_uuid: str) -> _Run:
    found = _RUN.row(uuid=run_uuid.lower(), merchant=merchant_id)
    if found is None:
        raise NotFound(say("payout run"))
    return found


def _each(run_id: int) -> Iterator[Payout]:
    unsent = Payout.select(Payout, Partner).join(Partner, on=Payout.promoter)
    unsent = unsent.where(Payout.run == run_id, Payout.sent_at.is_null(), Payout.reversed_at.is_null())
    last = 0
    while some := list(unsent.order_by(Payout.id).limit(_AT_ONCE).where(Payout.id > last)):
        yield from some
        last = some[-1].id


def _with_totals(runs: list[_Run]) -> list[RunRow]:
    totals: dict[int, list[RunTotal]] = {}
    for sum_ in _SUMS.rows(runs=[run.id for run in runs]) if runs else ():
        totals.setdefault(sum_.run_id, []).append(RunTotal(*sum_[1:]))
    return [_run_row(run, totals.get(run.id, [])) for run in runs]


def _run_row(run: _Run, totals: list[RunTotal]) -> RunRow:
    taken = None if run.file_taken_at is None else clock.from_micros(run.file_taken_at)
    return RunRow(run.id, run.uuid, run.actor, clock.from_micros(run.at), taken, totals)
