"""Promoters over all the merchant's catalogs, and one promoter with all of its catalogs: who it is and what it brings."""

from functools import partial

from flask import g, make_response, redirect, render_template, request

from portal.affiliate import promoter_places as places
from portal.affiliate import promoter_section
from portal.affiliate.promoters import filters, sentences, tabs
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.promotions import promoters as promoter_lists
from portal.domain.affiliate.promotions import promotions
from portal.domain.identifiers import is_uuid
from portal.domain.offers import choices as catalog_choices
from portal.web import answers
from portal.web.addresses import place_asked
from portal.web.forms import status


def index():
    """The promoters of all catalogs: who waits for a decision first, then the latest joined."""
    chosen, asked, catalog = filters.read()
    before, after = place_asked()
    return render_template(
        answers.page_or_part("affiliate/promoters/index.html", "affiliate/promoters/_promoters.html"),
        **promoter_section.of(chosen, before, after),
        asked=asked,
        catalog=catalog,
        catalogs=catalog_choices.catalogs(g.partner.id),
        states=filters.states(asked),
        chips=filters.chips(asked, catalog),
        page_url=partial(filters.address, asked),
    )


def show(promoter: str):
    """One promoter, by our id of it. What marks its links in one catalog leads to that catalog, there."""
    if not is_uuid(promoter):
        return redirect(places.catalog(promotions.of_merchant(g.partner.id, promoter)))
    tab = request.args.get("tab", places.OVERVIEW)
    return promoter_page(promoter_lists.find(g.partner.id, promoter), tab if tab in tabs.SHOWN else places.OVERVIEW)


def promoter_page(promoter: Partner, tab: str, form=None):
    """The page at one of its tabs, perhaps with a form to be corrected."""
    its = promoter_lists.promotions_of(g.partner.id, promoter)
    shown = tabs.SHOWN[tab](promoter, its, **({"form": form} if form else {}))
    page = render_template(
        "affiliate/promoters/show.html",
        promoter=promoter,
        its=its,
        waiting=[one for one in its if one.state == promotions.WAITING],
        tab=tab,
        tabs=[
            {"label": label, "url": places.tab(promoter.uuid, name), "current": name == tab}
            for name, label in tabs.LABELS.items()
        ],
        part=f"affiliate/promoters/tabs/_{tab}.html",
        sentences=sentences,
        **shown,
    )
    return make_response(page, status(form) if form else 200)
