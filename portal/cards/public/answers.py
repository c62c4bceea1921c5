"""Answers at addresses that are secrets: kept by no browser, told to no other site, listed by no search engine."""

from typing import Any, TypeVar

from flask import render_template
from werkzeug import Response

from portal.domain.accounts.tables import Partner
from portal.domain.cards.companies import limits

Answer = TypeVar("Answer", bound=Response)


def secret(response: Answer) -> Answer:
    """The same answer, which nobody keeps and from which no link leads on with its address."""
    response.headers.update(
        {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
    )
    return response


def page(template: str, partner: Partner, **context: Any) -> str:
    """A page of the partner's."""
    return render_template(template, **whose(partner), **context)


def whose(partner: Partner) -> dict[str, Any]:
    """What such a page says of the partner; the portal's name is not on it where the tariff has that."""
    return {"partner": partner, "is_white_label": limits.offers(partner.id, "white_label")}
