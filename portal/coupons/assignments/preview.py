"""What a form would assign as far as it is filled in: what is missing or refused, what is covered, and what changes."""

from collections.abc import Sequence
from typing import Any

from flask import g

from portal.coupons.local_times import local, span
from portal.domain.coupons.assignments import assigning, foreseen, scope
from portal.domain.coupons.assignments.assigning import CHECKS, Terms
from portal.domain.coupons.coupons.kinds import KINDS
from portal.domain.coupons.coupons.tables import Coupon
from portal.domain.errors import DomainError, Invalid
from portal.domain.sentences import say
from portal.domain.values import checked

FIELDS = {
    "start": say("From"), "end": say("To"), "limit": say("Uses"), "is_shared": say("How uses are counted"),
    "timezone": say("Time zone"), "ticket_limit": say("Tickets for one use"), "is_everywhere": say("What they are for"),
    "event_ids": say("Events"), "price_level_ids": say("Price levels"), "bundle_ids": say("Bundles"), "blackout": say("Blackout days"),
}  # fmt: skip
_PARTLY = CHECKS | {"start": str.strip, "end": str.strip}  # Without dates, or with half of one, the rest is shown.
_PLAIN = ("start", "end", "limit", "timezone", "ticket_limit")


def of(terms: Terms, coupons: Sequence[Coupon], before: dict[str, Any] | None = None) -> dict[str, Any]:
    """What a page shows of terms, `before` them those that stand."""
    found: dict[str, Any] = {
        "missing": [],
        "covered": [],
        "days": None,
        "changed": [],
        "kinds": foreseen.kinds(coupons),
        "opens": any(KINDS[one.kind].opens for one in coupons),
    }
    if not coupons:
        found["missing"].append(say("Name the coupons."))
    try:
        taken = checked(terms._asdict(), _PARTLY)
    except Invalid as error:
        found["missing"] += [sentence for _, sentence in error.errors]
        return found
    found["changed"] = _changed(before, taken)
    try:
        found |= _days(taken)
    except DomainError as error:
        found["missing"].append(error.sentence if terms.start and terms.end else say("Say from when to when."))
    try:
        scope.refuse_wrong(g.partner.id, taken, coupons)
        found["covered"] = foreseen.events(g.partner.id, taken, coupons)
    except DomainError as error:
        found["missing"].append(error.sentence)
    return found | {"is_everywhere": taken["is_everywhere"] and not taken["price_level_ids"], "local": local}


def _days(taken: dict[str, Any]) -> dict[str, Any]:
    when, timezone = assigning.when_of(taken), taken["timezone"]
    first, last = span(when.starts_at, when.ends_at, timezone)
    return {"days": foreseen.days(when, taken["blackout"], timezone), "first": first, "last": last}


def _changed(before: dict[str, Any] | None, taken: dict[str, Any]) -> list[tuple[str, str]]:
    """The fields that change, with what they were and will be where that is short."""
    if before is None:
        return []
    names = [name for name in FIELDS if taken[name] != before[name]]
    return [
        (FIELDS[name], say("{old} → {new}", old=_said(before[name]), new=_said(taken[name])) if name in _PLAIN else "")
        for name in names
    ]


def _said(value: Any) -> str:
    return "–" if value is None else str(value)
