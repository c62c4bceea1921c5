"""Which offers were seen and opened on a club's pages."""

from collections.abc import Iterable

from flask import current_app

from portal import clock
from portal.database import LOST, Busy
from portal.domain.member_offers.counts import counts
from portal.domain.member_offers.counts.counts import Looked
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.words import SCOPES


def seen(cases: Iterable[Case]) -> None:
    """They stood on a page."""
    _note(counts.SEEN, list(cases))


def opened(case: Case) -> None:
    """Its own page was opened."""
    _note(counts.CLICKED, [case])


def _note(kind: str, cases: list[Case]) -> None:
    """A page is there all the same when it cannot be counted now."""
    if not cases:
        return
    try:
        counts.add(cases[0].asking, list(SCOPES), kind, [Looked(case.row.offer_id, clock.now()) for case in cases])
    except (Busy, *LOST):
        current_app.logger.exception("a look at offers was not counted")
