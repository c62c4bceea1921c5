"""The merchant decides about promoters: one, several at once, with a reason. Inside a list its section is shown anew."""

from collections.abc import Callable
from functools import partial

from flask import g, render_template, request, url_for

from portal.affiliate import promoter_places as places
from portal.affiliate import promoter_section
from portal.affiliate.promoters import filters, sentences
from portal.affiliate.promoters.forms import ReasonForm
from portal.domain.affiliate.links import fallback
from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.promoters import Filter
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import DomainError, Refused
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import few, joined, say
from portal.web import answers
from portal.web.forms import form_page, take_errors

_MOST, _TOLD = 50, 5


def approvals():
    """Approve the chosen applicants, or all that were shown, each by itself."""
    return _of_several(promotions.approve, sentences.approved)


def refusals():
    """Refuse the chosen applicants with one reason, each by itself."""
    form = ReasonForm()
    return _of_several(lambda promotion: promotions.refuse(promotion, form.reason.data), sentences.refused)


def _of_several(decide: Callable, done: Callable[[int], str]):
    uids = request.form.getlist("shown" if "all" in request.form else "uid")[:_MOST]
    decided, others = 0, []
    for uid in dict.fromkeys(uids):
        try:
            decide(_waiting(uid))
            decided += 1
        except DomainError as error:
            others.append(error.sentence)
    if not uids:
        return _decided(say("Choose at least one applicant."), "warning")
    said = [done(decided)] if decided else []
    return _decided(joined([*said, *few(others, _TOLD)]), "warning" if others else "success")


def approval(uid: str):
    """Approve who waits, or admit again whom the merchant has turned away."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    try:
        promotions.approve(promotion)
    except Refused as error:
        return _decided(error.sentence, "warning", promotion)
    return _decided(
        say("{promoter} is approved: its links and codes work.", promoter=promotion.promoter.name), "success", promotion
    )


def refusal(uid: str):
    """Ask for a reason, and refuse who waits."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    return _with_reason(
        promotion, promotions.refuse, "refusal", say("{promoter} is refused.", promoter=promotion.promoter.name)
    )


def ending(uid: str):
    """Ask, by naming what ends, and take an approved promoter out."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    said = say(
        "{promoter} no longer promotes “{catalog}”.", promoter=promotion.promoter.name, catalog=promotion.catalog.title
    )
    return _with_reason(
        promotion, lambda *given: promotions.end(given[0], promotions.BY_MERCHANT, given[1]), "ending", said
    )


def _with_reason(promotion: Promotion, decide, question: str, said: str):
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            decide(promotion, form.reason.data)
            return _decided(said, "success", promotion)
        except DomainError as error:
            if "here" in request.args:
                return _decided(error.sentence, "warning", promotion)
            take_errors(form, error)
    lost = _lost(promotion) if question == "ending" else []
    place = places.catalog(promotion)
    return form_page(f"affiliate/promoters/{question}.html", form, promotion=promotion, lost=lost, place=place)


def _lost(promotion: Promotion) -> list[str]:
    return sentences.lost(promoter_lists.running_codes(promotion), fallback.of(g.partner.id))


def _waiting(uid: str) -> Promotion:
    """Who was chosen in a list of applicants is approved only while it waits: a refusal meanwhile is not overruled."""
    promotion = promotions.of_merchant(g.partner.id, uid)
    if promotion.state not in (promotions.WAITING, promotions.APPROVED):
        raise Refused(say("{promoter} no longer waits.", promoter=promotion.promoter.name))
    return promotion


def _decided(said: str, tone: str, promotion: Promotion | None = None):
    """Back to where it was decided: a list with its filters, a catalog's page, or the promoter's."""
    chosen, asked, catalog = filters.read()
    here = request.args.get("here")
    if here == "inbox":
        return answers.done(url_for("inbox.index"), said, tone)
    if here == "catalog" and catalog:
        place = url_for("catalogs.tabs.promoters", short_code=catalog.short_code) + "#promoters"
    elif here == "list" or promotion is None:
        place = filters.address(asked)
    else:
        return answers.done(places.catalog(promotion), said, tone)
    return answers.saved_in_place(place, said, partial(_section, chosen, asked, catalog), tone=tone)


def _section(chosen: Filter, asked: dict, catalog: Catalog | None) -> str:
    """The part of the list or of the catalog's page in which it was decided."""
    here = request.args.get("here")
    section = promoter_section.few(catalog.id) if here == "catalog" and catalog else promoter_section.of(chosen)
    return render_template(
        "affiliate/promoters/_promoters.html",
        **section,
        asked=asked,
        catalog=catalog,
        is_of_catalog=here == "catalog" and catalog,
        states=filters.states(asked),
        chips=filters.chips(asked, catalog),
        is_answer=True,
        page_url=partial(filters.address, asked),
    )
