"""An offer as promoters see it in its catalog."""

from flask import current_app, g, render_template, url_for
from markupsafe import Markup

from portal.affiliate import catalog_terms
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs import terms
from portal.domain.offers.tables import Catalog, Offer
from portal.domain.pictures import album
from portal.domain.sentences import Sentence, say
from portal.web.offer_faces import Face, Step

_PURPOSE = say("Promoters sell it, and earn a reward from each sale that they bring.")
_SOLD = (say("On sale"), "success", "circle-check")
_NOT_NOW = (say("Not now"), "neutral", "hourglass")
_NOT_SOLD = (say("Not sold"), "neutral", "circle-dashed")


def face(offer: Offer) -> Face:
    """The offer in the catalog that it is sold in."""
    if offer.catalog is None or not terms.is_sold(offer):
        place = url_for("offers.placing.place", uuid=offer.uuid)
        return _face(_NOT_SOLD, None, say("Put it into a catalog"), place)
    return _face(
        _SOLD if _is_on_sale(offer, offer.catalog) else _NOT_NOW,
        _drawn(offer, offer.catalog),
        say("Price and reward"),
        url_for("offers.show", uuid=offer.uuid),
    )


def _face(standing: tuple[Sentence, str, str], drawn: str | None, label: Sentence, place: str) -> Face:
    step = Step(label, place) if g.partner.may_edit else None
    return Face(say("Promoters"), "users", _PURPOSE, standing, None if drawn is None else Markup(drawn), step)  # noqa: S704 - a template's


def _is_on_sale(offer: Offer, catalog: Catalog) -> bool:
    is_open = catalog.is_published and catalog.archived_at is None
    return bool(offer.is_active and is_open and catalog_lists.landings_of(catalog))


def _drawn(offer: Offer, catalog: Catalog) -> str:
    line = catalog_lists.offer_line(catalog, offer)
    pictures = album.shown(offer.partner_id, [image["url"] for image in offer.images][:1])
    earned, _ = catalog_terms.earned(line, catalog, [])
    address = current_app.config["SETTINGS"].public_url + url_for("links.catalog", uid="-")[:-1]
    return render_template(
        "affiliate/offers/_face.html",
        offer=line,
        catalog=catalog,
        picture=next(iter(pictures), None),
        earned=earned,
        link=address,
    )
