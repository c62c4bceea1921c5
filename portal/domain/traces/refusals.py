"""Traces of refusals: a count per thing, step and day, and the last twenty in full.

They are written after the refused work was rolled back, in a short transaction of their own.
"""

import json

from portal import clock
from portal.database import AWAY, Statement, transaction
from portal.domain.errors import DomainError
from portal.domain.events import log
from portal.domain.steps import first_failed
from portal.domain.traces.tables import Refusal

KEPT = 20

_COUNT = Statement(
    """INSERT INTO refusal_count (partner_id, thing, thing_id, step, day, count) VALUES (?, ?, ?, ?, ?, 1)
    ON CONFLICT (partner_id, thing, thing_id, step, day) DO UPDATE SET count = refusal_count.count + 1"""
)
_KEEP = Statement(
    "INSERT INTO refusal (partner_id, thing, thing_id, sentence, steps, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_TRIM = Statement(
    """DELETE FROM refusal WHERE partner_id = ? AND thing = ? AND thing_id = ? AND id <= (SELECT id FROM refusal
    WHERE partner_id = ? AND thing = ? AND thing_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)"""
)


def note(error: DomainError) -> None:
    """Keep the trace of a refusal that names what it is about. A busy database loses a trace, never an answer."""
    about = error.about
    if about is None:
        return
    step = (first_failed(error.steps) or {"check": "rule"})["check"]
    partner_id, thing, thing_id = about
    try:
        with transaction():
            _COUNT.run(*about, step, clock.now().date().isoformat())
            _KEEP.run(
                partner_id, thing, thing_id, error.sentence[:500], json.dumps(error.steps), log.actor(), clock.micros()
            )
            _TRIM.run(*about, *about, KEPT)
    except AWAY:
        pass


def recent(partner_id: int, thing: str, most: int = KEPT) -> list[Refusal]:
    """The partner's latest refusals of a kind of thing, newest first."""
    return list(
        Refusal.select()
        .where(Refusal.partner == partner_id, Refusal.thing == thing)
        .order_by(Refusal.id.desc())
        .limit(most)
    )
