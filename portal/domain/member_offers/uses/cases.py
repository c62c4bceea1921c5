"""An offer and whoever asks for it: what is left of its limits."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.database import Statement
from portal.domain.member_offers.asking import Asking
from portal.domain.member_offers.rows import OfferRow
from portal.domain.member_offers.uses import spans


class _Made(NamedTuple):
    terms_id: int
    used_at: int


_MADE = Statement(
    """SELECT terms_id, used_at FROM offer_use WHERE member_id = :member AND terms_id IN :terms AND used_at >= :since
    AND undone_at IS NULL""",
    row=_Made,
)


class Case(NamedTuple):
    """An offer, who asks, and how often the member used it in its present period. `code_fits` is None while no code was given."""

    asking: Asking
    row: OfferRow
    period_uses: int = 0
    code_fits: bool | None = None

    @property
    def uses_left(self) -> int | None:
        """How often the member may use it still: the least remainder of the member's limit and of all members'. None where
        neither is limited, and for a guest."""
        row = self.row
        if self.asking.member_id is None or (row.member_limit is None and row.global_limit is None):
            return None
        own = None if row.member_limit is None else row.member_limit - (row.uses or 0)
        every = None if row.global_limit is None else row.global_limit - row.global_uses
        return max(0, min(left for left in (own, every) if left is not None))

    @property
    def period_left(self) -> int | None:
        """How often within the present period; None for a guest, and where no period is limited."""
        if self.asking.member_id is None or self.row.period_limit is None:
            return None
        return max(0, self.row.period_limit - self.period_uses)

    @property
    def is_granted(self) -> bool:
        """Whether the offer was granted to the member, and still is."""
        until = self.row.granted_until
        return self.row.granted_at is not None and (until is None or until > self.asking.now)

    @property
    def active_seconds(self) -> int:
        """How long a use is active."""
        own = self.row.active_seconds
        return self.asking.active_seconds if own is None else own


def of(asking: Asking, rows: Sequence[OfferRow]) -> list[Case]:
    """The cases of these offers. What was used in present periods is counted in one query, where there is anything to count."""
    since: dict[str, int] = {}  # Many offers have one kind of period.
    begun: dict[int, int] = {}
    for row in rows:
        if row.period is None or row.last_used_at is None:
            continue
        if row.period not in since:
            since[row.period] = spans.begins(row.period, asking.now, asking.time_zone)
        if row.last_used_at >= since[row.period]:
            begun[row.terms_id] = since[row.period]
    if not begun:
        return [Case(asking, row) for row in rows]
    counted = dict.fromkeys(begun, 0)
    made = _MADE.rows(member=asking.member_id, terms=list(begun), since=min(begun.values()))
    for use in made:
        counted[use.terms_id] += use.used_at >= begun[use.terms_id]
    return [Case(asking, row, counted.get(row.terms_id, 0)) for row in rows]
