"""An offer as members see it on their phone, drawn by what draws the club's own pages."""

from flask import g, render_template, url_for
from markupsafe import Markup

from portal.domain.accounts.tables import Partner
from portal.domain.cards.templates import looks
from portal.domain.member_offers import asking, listing
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.offers.tables import Offer
from portal.domain.sentences import Sentence, say
from portal.member_offers.mobile import drawing
from portal.web.offer_faces import Face, Step

_PURPOSE = say("Members of your club use it on their phone, as often as you say.")
_STANDINGS = {
    "shown": (say("Shown"), "success", "eye"),
    "hidden": (say("Hidden"), "neutral", "eye-off"),
    "ended": (say("Ended"), "neutral", "circle-pause"),
    "": (say("Not for members"), "neutral", "circle-dashed"),
}


def face(offer: Offer) -> Face:
    """The offer in the club."""
    terms = MemberTerms.get_or_none(MemberTerms.offer == offer.id)
    if terms is None:
        return _face("", None, say("Show it to members"), url_for("member_terms.of_offer", uuid=offer.uuid))
    stands = "hidden" if not (terms.is_shown and offer.is_active) else "ended" if terms.is_over else "shown"
    return _face(stands, _drawn(offer), say("What members get"), url_for("member_terms.show", offer_id=offer.id))


def _face(stands: str, drawn: str | None, label: Sentence, place: str) -> Face:
    step = Step(label, place) if g.partner.may_edit else None
    return Face(say("Members"), "gift", _PURPOSE, _STANDINGS[stands], None if drawn is None else Markup(drawn), step)  # noqa: S704 - a template's


def _drawn(offer: Offer) -> str:
    """As a guest has it in the club's list."""
    club, case = Partner.get_by_id(offer.partner_id), listing.as_it_is(asking.at(offer.partner_id), offer.id)
    return render_template(
        "member_offers/member_terms/_face.html",
        club=club,
        look=looks.of(club),
        offer=drawing.drawn([case])[0],
        limits=list(drawing.limits(case)),
    )
