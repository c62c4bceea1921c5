"""The operator's list of partners, of which some wait to be confirmed, and each of them. By the wall's clock."""

from flask import render_template, request, url_for

from portal import clock
from portal.domain.accounts.partners import disabling as partner_disabling
from portal.domain.accounts.partners import lists as partner_queries
from portal.domain.accounts.sign_ins import second_factor
from portal.domain.affiliate.promotions import promotions
from portal.domain.sentences import say
from portal.operator import listing, sentences
from portal.operator.listing import Listing
from portal.web import answers
from portal.web.addresses import place_asked

_STATES = {"waiting": say("Waiting"), "confirmed": say("Confirmed"), "disabled": say("Disabled")}
_PARTNERS = Listing(say("Partners"), _STATES, say("Search by name, short name or mail"))


def partners():
    """Every partner, searched by name, slug or mail."""
    clock.use(0)
    search, state = _PARTNERS.asked()
    page = partner_queries.page(search, state, *place_asked())
    return listing.shown(
        "operator/list.html",
        "operator/_partners.html",
        _PARTNERS,
        page,
        partner_queries.count(),
        waiting=partner_queries.count_waiting(),
        nothing=sentences.no_partners(search, state),
        owners=partner_queries.owners_of(page.rows),
    )


def partner(partner_id: int):
    """One partner, and who works for it."""
    clock.use(0)
    found = partner_queries.find(partner_id)
    people = partner_queries.people_of(found)
    holders = second_factor.holders([row.user_id for row in people])
    return render_template("operator/partner.html", partner=found, people=people, holders=holders)


def confirm(partner_id: int):
    """Let a partner's tokens work and its promoters be admitted."""
    clock.use(0)
    found = partner_queries.find(partner_id)
    words = (
        say("{name} is confirmed.", name=found.name)
        if promotions.confirm(found)
        else say("{name} was confirmed already.", name=found.name)
    )
    return answers.done(_back(_place(partner_id)), words)


def disable(partner_id: int):
    """Ask, naming what stops; then keep the partner out."""
    clock.use(0)
    found = partner_queries.find(partner_id)
    if request.method == "GET":
        lost = sentences.lost_by_a_partner(partner_disabling.at_stake(found))
        return render_template("operator/partner_disabling.html", partner=found, lost=lost)
    partner_disabling.disable(found)
    return answers.done(_place(partner_id), say("{name} is disabled.", name=found.name))


def enable(partner_id: int):
    """Let it in again."""
    clock.use(0)
    found = partner_queries.find(partner_id)
    partner_disabling.enable(found)
    return answers.done(_place(partner_id), say("{name} works again, as it was before.", name=found.name))


def _place(partner_id: int) -> str:
    return url_for("operator.partner", partner_id=partner_id)


def _back(otherwise: str) -> str:
    """The list that the button stood in, if it stood in one."""
    show = request.form.get("list")
    return otherwise if show is None else url_for("operator.partners", show=show or None)
