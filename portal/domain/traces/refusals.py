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
    """INSERT INTO refusal_count (partner_id, thing, thing_id, step, day, count) VALUES (:partner, :thing, :id, :step, :day, 1)
    ON CONFLICT (partner_id, thing, thing_id, step, day) DO UPDATE SET count = refusal_count.count + 1"""
)
_KEEP = Statement(
    """INSERT INTO refusal (partner_id, thing, thing_id, sentence, steps, asked, actor, at)
    VALUES (:partner, :thing, :id, :sentence, :steps, :asked, :actor, :now)"""
)
_TRIM = Statement(
    """DELETE FROM refusal WHERE partner_id = :partner AND thing = :thing AND thing_id = :id AND id <= (SELECT id
    FROM refusal WHERE partner_id = :partner AND thing = :thing AND thing_id = :id ORDER BY id DESC LIMIT 1 OFFSET :kept)"""
)


def note(error: DomainError) -> None:
    """Keep the trace of a refusal that names what it is about. A busy database loses a trace, never an answer."""
    if error.about is None:
        return
    about = dict(zip(("partner", "thing", "id"), error.about, strict=True))
    step = (first_failed(error.steps) or {"check": "rule"})["check"]
    try:
        with transaction():
            _COUNT.run(**about, step=step, day=clock.now().date().isoformat())
            said = {
                "sentence": error.sentence[:500],
                "steps": json.dumps(error.steps),
                "asked": error.asked and json.dumps(error.asked),
            }
            _KEEP.run(**about, **said, actor=log.actor(), now=clock.micros())
            _TRIM.run(**about, kept=KEPT)
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
