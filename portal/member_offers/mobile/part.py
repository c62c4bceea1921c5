"""What a club's start page shows of offers: each collection's first ones, in its order."""

from flask import render_template

from portal.domain.accounts.tables import Partner
from portal.domain.member_offers import asking, listing
from portal.domain.member_offers.collections import meta
from portal.domain.member_offers.listing import Wanted
from portal.domain.member_offers.words import STANDARD
from portal.domain.members.sign_ins.sign_ins import OpenSignIn
from portal.member_offers.mobile import drawing, noting
from portal.web.clubs import ClubPart

_MOST, _OF_EACH = 12, 6  # collections, and offers of each: a page for a slow phone


def _part(club: Partner, member: OpenSignIn | None) -> str:
    who = asking.at(club.id, member and member.member_id)
    collections = [one for one in meta.collections(who, STANDARD) if one.offers][:_MOST]
    ids = {offer_id for one in collections for offer_id in one.offers[:_OF_EACH]}
    cases = listing.visible(
        who, Wanted(STANDARD, ids=sorted(ids)) if ids else Wanted(STANDARD, per_page=_OF_EACH)
    ).cases
    noting.seen(cases)
    found = {one.id: one for one in drawing.drawn(cases)}
    shelves = [(one, [found[key] for key in one.offers[:_OF_EACH] if key in found]) for one in collections]
    newest = [] if ids else list(found.values())
    return render_template("member_offers/mobile/_part.html", shelves=shelves, newest=newest)


PART = ClubPart(listing.has_any, _part)
