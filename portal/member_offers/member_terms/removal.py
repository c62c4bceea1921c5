"""Taking an offer from the members: the question, which names what is lost, and the act."""

from flask import g, render_template, request, url_for

from portal.domain.member_offers.terms import removing, terms
from portal.domain.member_offers.terms.tables import MemberTerms
from portal.domain.sentences import counted, forms, say
from portal.web import answers

_LOST = {
    "uses": forms("1 use, and what was counted of it.", "{number} uses, and what was counted of them."),
    "likes": forms("The like of 1 member.", "The likes of {number} members."),
    "grants": forms("The grant to 1 member.", "The grants to {number} members."),
    "collections": forms("Its place in 1 collection.", "Its places in {number} collections."),
}


def ask(offer_id: int):
    """Ask; then take it away."""
    found = terms.find(g.partner.id, offer_id)
    offer = found.offer
    if request.method == "GET":
        return render_template(
            "member_offers/member_terms/remove.html", terms=found, offer=offer, lost=_lost(found), stays=_stays(found)
        )
    is_gone = removing.remove(found)
    gone = say("“{name}” is gone.", name=offer.name)
    stays = say("“{name}” is for members no more. The offer itself stays.", name=offer.name)
    return answers.done(url_for("member_terms.index"), gone if is_gone else stays)


def _lost(found: MemberTerms) -> list[str]:
    lost = removing.lost(found)._asdict()
    return [counted(number, *_LOST[name]) for name, number in lost.items() if number]


def _stays(found: MemberTerms) -> str:
    if found.offer.catalog_id:
        return say(
            "In your catalog and in the feed the offer stays as it is. To keep it out of sight for a while, hide it instead."
        )
    return say(
        "If it is in the feed, it stays there; else the offer is gone for good. To keep it out of sight for a while, hide it instead."
    )
