"""The pages of member offers and collections that the search finds."""

from flask import url_for

from portal.domain.member_offers.searches import APP, COLLECTION, MEMBER_OFFER
from portal.domain.member_offers.words import CLUB
from portal.domain.sentences import say
from portal.web.thing_pages import HitPage

HITS = {
    MEMBER_OFFER: HitPage(
        say("Member offer"), "gift", lambda hit: url_for("member_terms.show", offer_id=int(hit.key)), CLUB
    ),
    COLLECTION: HitPage(
        say("Collection"), "library", lambda hit: url_for("collections.show", collection_id=int(hit.key)), CLUB
    ),
    APP: HitPage(say("App"), "smartphone", lambda hit: url_for("apps.edit", app_id=int(hit.key)), CLUB),
}
