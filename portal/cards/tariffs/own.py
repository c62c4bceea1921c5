"""A company's own tariff: what is used of each limit, and whom to ask for more."""

from flask import g, render_template

from portal import clock
from portal.domain.accounts.people import lists as people_lists
from portal.domain.cards.companies import limits
from portal.domain.cards.companies.tables import Company
from portal.domain.cards.companies.words import OPTIONS


def show():
    """What the tariff allows, what of it is used, and until when it lasts."""
    company = Company.get_or_none(Company.partner == g.partner.home_id, Company.deleted_at.is_null())
    if company is None:
        return render_template("cards/tariffs/own.html", company=None)
    return render_template(
        "cards/tariffs/own.html", company=company, has_ended=clock.has_passed(company.expires_at), options=OPTIONS,
        uses=limits.uses(company.partner_id, company.tariff), owners=people_lists.owners_of(company.partner.parent_id),
    )  # fmt: skip
