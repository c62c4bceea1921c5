"""From how many points a discount card gives how much (contract: cards, "Types")."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from portal.database import transaction
from portal.domain import codes as domain_codes
from portal.domain import values
from portal.domain.cards.templates import kinds, templates
from portal.domain.cards.templates.settings import over_zero
from portal.domain.cards.templates.tables import CardTemplate, DiscountLevel
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say
from portal.domain.values import Check, Wrong, checked

MOST = 20
# What `card c` of `card_template t` gives by its points, in hundredths of a percent; NULL where it has no levels.
OF_CARD = f"""CASE WHEN t.kind = {kinds.DISCOUNT} THEN (SELECT l.percent FROM discount_level l
    WHERE l.template_id = t.id AND l.threshold <= c.bonus ORDER BY l.threshold DESC LIMIT 1) END"""
_SHARE = values.percent("0", "100")


def _threshold(value: Decimal | None) -> int | None:
    if value is None:
        raise Wrong(say("This field is required."), domain_codes.REQUIRED)
    return 0 if value == 0 else over_zero(2)(value)


def _percent(value: Decimal | None) -> object:
    if value is None:
        raise Wrong(say("This field is required."), domain_codes.REQUIRED)
    return _SHARE(value)


_FIELDS: dict[str, Check] = {"threshold": _threshold, "percent": _percent}


class Level(NamedTuple):
    """From `threshold` points on `percent` off, both in hundredths."""

    threshold: int
    percent: int


def put(template: CardTemplate, given: list[dict]) -> list[Level]:
    """These levels in the place of those that were there. Raises Invalid with the row that is wrong (`levels.0.percent`), for none,
    and for a higher level that gives less than a lower one; Refused for a template of another type."""
    with transaction():
        template = templates.locked(template.id)
        before, taken = of(template), insert(template, given)
        if taken != before:
            templates.touched(template, "levels")
    return taken


def insert(template: CardTemplate, given: list[dict]) -> list[Level]:
    """As `put`, in the transaction that makes or has locked the template, and tells of it."""
    taken = taken_of(given)
    if template.kind != kinds.DISCOUNT:
        raise Refused(say("Only discount cards have levels."))
    DiscountLevel.delete().where(DiscountLevel.template == template).execute()
    DiscountLevel.insert_many([{"template": template.id, **level._asdict()} for level in taken]).execute()
    return taken


def of(template: CardTemplate) -> list[Level]:
    """Its levels, the lowest first."""
    return of_each([template.id])[template.id]


def of_each(template_ids: Sequence[int]) -> dict[int, list[Level]]:
    """The same of some templates, by their ids."""
    found: dict[int, list[Level]] = {one: [] for one in template_ids}
    for row in DiscountLevel.select().where(DiscountLevel.template.in_(template_ids)).order_by(DiscountLevel.threshold):
        found[row.template_id].append(Level(row.threshold, row.percent))
    return found


def taken_of(given: list[dict]) -> list[Level]:
    """The given levels as they are stored, the lowest first. Raises Invalid as `put`."""
    if not 1 <= len(given) <= MOST:
        sentence = say("Give at least one level, and at most {most}.", most=MOST)
        raise Invalid("levels", sentence, code=domain_codes.REQUIRED if not given else domain_codes.TOO_MANY)
    found: list[Level] = []
    for row, level in enumerate(given):
        try:
            found.append(Level(**checked({"threshold": None, "percent": None, **level}, _FIELDS)))
        except Invalid as error:
            raise Invalid(f"levels.{row}.{error.field}", error.sentence, code=error.code_of(error.field)) from None
    found.sort()
    for lower, higher in pairwise(found):
        if lower.threshold == higher.threshold:
            raise Invalid("levels", say("Two levels begin at the same number of points. Leave one out."))
        if higher.percent < lower.percent:
            raise Invalid("levels", say("A level with more points gives less than one with fewer. Order them."))
    return found
