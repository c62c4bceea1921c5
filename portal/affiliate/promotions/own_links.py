"""A promoter's links under names of its own: made from the link that was put together, and removed."""

from flask import g, render_template, request, url_for

from portal.affiliate.promotions import links, sentences
from portal.affiliate.promotions.forms import OwnLinkForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.links import fallback, own_links
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.errors import Invalid, Refused
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import form_page, tried


def create(uid: str):
    """Name the link."""
    promotion, form = promotions.of_promoter(g.partner.id, uid), OwnLinkForm()
    if form.validate_on_submit():
        with tried(form, Invalid, Refused):
            link = own_links.create(promotion, own_links.Wanted(**form.given()))
            return answers.done(_place(promotion), say("The link {link} works.", link=links.of_slug(link.written)))
    landings = catalog_lists.landings_of(promotion.catalog)
    return form_page(
        "affiliate/promotions/link.html",
        form,
        fragment="affiliate/promotions/_link.html",
        promotion=promotion,
        landings=landings,
        made=links.made(promotion, landings, form.given()),
        naming=form,
    )


def removal(uid: str, slug: str):
    """Ask, and remove a link with a name."""
    promotion = promotions.of_promoter(g.partner.id, uid)
    link = own_links.find(promotion, slug)
    if request.method == "GET":
        text = sentences.removing_link(fallback.of(promotion.catalog.partner_id))
        return render_template("affiliate/promotions/link_removal.html", promotion=promotion, link=link, text=text)
    own_links.remove(promotion, slug)
    return answers.done(_place(promotion), say("The link {link} is removed.", link=links.of_slug(link.written)))


def _place(promotion: Promotion) -> str:
    return url_for("promotions.show", uid=promotion.uid) + "#own-links"
