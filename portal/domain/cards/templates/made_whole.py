"""A template with all that belongs to it, made at once, as it is drawn in the designer: all of it is there, or nothing."""

from collections.abc import Callable

from portal.database import transaction
from portal.domain.cards.templates import fields, kinds, levels, membership_tiers, reward_tiers, templates
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid, Refused

Rows = list[dict]


def create(partner_id: int, kind: int, given: dict, asked: Rows, tiers: Rows) -> CardTemplate:
    """A new template with the fields that it asks for, and its tiers or levels, whatever its type has of them.

    Raises as the verbs of each; what is wrong in a row is told by its place, such as `tiers.0.name`.
    """
    with transaction():
        template = templates.create(partner_id, kind, given)
        _each("fields", asked, lambda row: fields.insert(template, row))
        if kind == kinds.DISCOUNT:
            _levels(template, tiers)
        elif kind in (kinds.REWARD, kinds.MEMBERSHIP):
            room = reward_tiers if kind == kinds.REWARD else membership_tiers
            _each("tiers", tiers, lambda row: room.insert(template, row))
    return templates.find(partner_id, template.id)


def _each(name: str, rows: Rows, verb: Callable[[dict], object]) -> None:
    for place, row in enumerate(rows):
        try:
            verb(row)
        except Invalid as error:
            errors = [(f"{name}.{place}.{field}", sentence) for field, sentence in error.errors]
            raise Invalid(*errors[0], errors, code=error.code) from None
        except Refused as error:
            raise Refused(error.sentence, field=f"{name}.{place}", code=error.code) from None


def _levels(template: CardTemplate, rows: Rows) -> None:
    try:
        levels.insert(template, rows)
    except Invalid as error:
        errors = [(field.replace("levels", "tiers"), sentence) for field, sentence in error.errors]
        raise Invalid(*errors[0], errors, code=error.code) from None
