"""The pages of people, invitations, the partner itself and its terms."""

from flask import g, url_for

from portal.domain.accounts.searches import PERSON
from portal.domain.search.sources import Hit
from portal.domain.sentences import say
from portal.web.thing_pages import HitPage, ThingPage


def _person(hit: Hit) -> str:
    """The role, for those who may change it, or the team."""
    return url_for("account.team.role", membership_id=hit.key) if g.partner.may_own else url_for("account.team.index")


HITS = {PERSON: HitPage(say("Team"), "user", _person)}
THINGS = {
    "user": ThingPage(lambda key, named: url_for("account.team.index")),
    "invitation": ThingPage(lambda key, named: url_for("account.team.index")),
    "partner": ThingPage(lambda key, named: url_for("account.profile.show")),
    "terms": ThingPage(lambda key, named: url_for("account.terms.version", number=int(key))),
}
