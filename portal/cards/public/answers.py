"""What pages at addresses that are secrets say of the partner."""

from typing import Any

from flask import render_template

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards.companies import limits
from portal.domain.cards.templates import looks


def page(template: str, partner: Partner, **context: Any) -> str:
    """A page of the partner's."""
    return render_template(template, **whose(partner), **context)


def whose(partner: Partner) -> dict[str, Any]:
    """What such a page says of the partner; the portal's name is not on it where the tariff has that."""
    return {
        "partner": partner,
        "is_white_label": limits.offers(partner.id, "white_label"),
        "look": looks.of(partner),
        "read_at": clock.now(),
    }
