"""What comes in of a template, as it is stored, and what of all that it says does not fit together."""

from typing import Any

from portal.domain import codes
from portal.domain.cards.templates import settings
from portal.domain.cards.templates.kinds import Kind
from portal.domain.errors import Invalid
from portal.domain.identifiers import typed_uuid
from portal.domain.offers.tables import Catalog
from portal.domain.pictures import shelf
from portal.domain.sentences import say
from portal.domain.typed import colours
from portal.domain.values import Check, Wrong, checked

MOST_CATALOGS = 100


def taken_of(partner_id: int, kind: Kind, given: dict, currency: str | None) -> dict[str, Any]:
    """The given settings as they are stored; catalogs become their ids. Raises Invalid with every wrong one."""
    of_partner = {"logo": lambda key: shelf.own(partner_id, key), "catalogs": _catalogs_of(partner_id)}
    return checked(given, settings.checks(kind, currency) | of_partner)


def refuse_wrong(kind: Kind, told: dict[str, Any]) -> None:
    """Raise Invalid for what does not fit together of all that a template says."""
    settings.refuse_strange(kind, told["mechanics"], told)
    _refuse_unreadable(told)
    _refuse_deals_without_rule(kind, told)


def _refuse_unreadable(told: dict[str, Any]) -> None:
    errors = [
        (name, colours.unreadable(told[name], told["background"]))
        for name in ("foreground", "label_colour")
        if colours.contrast(told[name], told["background"]) < colours.LEAST
    ]
    if errors:
        raise Invalid(*errors[0], errors)


def _refuse_deals_without_rule(kind: Kind, told: dict[str, Any]) -> None:
    catalogs, gives = told["catalogs"], told.get("deal_gives")
    if catalogs and not kind.credited_in:
        sentence = say("A card of the type “{kind}” cannot be credited by deals.", kind=kind.name)
        raise Invalid("catalogs", sentence)
    if gives is not None and not catalogs:
        raise Invalid("catalogs", say("Choose the catalogs whose deals give this."), code=codes.REQUIRED)
    if catalogs and gives is None and not kind.earns_by_purchase(told["mechanics"]):
        raise Invalid("deal_gives", say("Say how much each deal gives."), code=codes.REQUIRED)


def _catalogs_of(partner_id: int) -> Check:
    def check(references):
        wanted = {typed_uuid(reference) for reference in references or ()}
        if len(wanted) > MOST_CATALOGS:
            raise Wrong(say("Give at most {most}.", most=MOST_CATALOGS), codes.TOO_MANY)
        its = (Catalog.partner == partner_id, Catalog.uuid.in_(wanted))
        found = [row.id for row in Catalog.select(Catalog.id).where(*its).order_by(Catalog.id)]
        if len(found) < len(wanted):
            raise Wrong(say("Choose catalogs of yours."))
        return found

    return check
