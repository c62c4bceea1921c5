"""When a promoter's link or code counts: one rule for the question before the sale and for the deal after it."""

from portal import clock

IN_CATALOG, PUBLISHED, APPROVED = "catalog matches", "catalog published", "promoter approved"
ALLOWED, RUNNING, IN_TIME, LEFT = "codes allowed", "code not ended", "code in time", "uses left"
_STANDINGS = {RUNNING: "Ended", IN_TIME: "Expired", LEFT: "Used up"}
ACTIVE = "Active"


def fulfilled(
    is_in_catalog: bool, is_published: bool, state: str, allows_codes: bool = True, code=None
) -> dict[str, bool]:
    """Whether each condition is met, of a promotion in its catalog, and of its code (a row, its moments in microseconds)."""
    return {
        IN_CATALOG: is_in_catalog,
        PUBLISHED: bool(is_published),
        APPROVED: state == "approved",
        ALLOWED: bool(allows_codes),
        **(runs(code, clock.micros()) if code else {}),
    }


def runs(code, now) -> dict[str, bool]:
    """Whether each condition of a code by itself is met; `now` is of the kind of its moments."""
    return {
        RUNNING: code.ended_at is None,
        IN_TIME: code.ends_at is None or code.ends_at > now,
        LEFT: code.uses_limit is None or code.uses < code.uses_limit,
    }


def standing(code, now) -> str:
    """How a code stands, in one word."""
    return next((_STANDINGS[condition] for condition, is_met in runs(code, now).items() if not is_met), ACTIVE)
