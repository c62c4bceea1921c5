"""What waits for a partner's owners besides their business: terms of use to accept, invitations that nobody followed."""

from flask import g, url_for

from portal import clock
from portal.domain.accounts.team import invitations
from portal.domain.accounts.team.tables import Invitation
from portal.domain.sentences import say
from portal.web.waits import Act, Item, Wait


def of_owner() -> list[Wait]:
    """Neither is counted: one has a line on every page, the other can stay."""
    if not g.partner.may_own or g.partner.is_test:
        return []
    terms, team = url_for("account.terms.present"), url_for("account.team.index")
    return [
        Wait("scroll-text", say("New terms of use are to be accepted"), terms, _terms, is_quiet=True),
        Wait("mail", say("Invitations have run out"), team, _run_out, is_quiet=True),
    ]


def _terms() -> list[Item]:
    if not g.partner.must_accept_terms:
        return []
    place = url_for("account.terms.present")
    name = say("Version {number} of the terms of use", number=g.partner.present_terms)
    return [Item(name, None, None, place, (Act(say("Read and accept"), place, "scroll-text"),))]


def _run_out() -> list[Item]:
    now = clock.now()
    return [_invited(one) for one in invitations.open_of(g.partner.id) if one.expires_at < now]


def _invited(one: Invitation) -> Item:
    again = url_for("account.invitations.send_again", invitation_id=one.id)
    acts = (Act(say("Send again"), again, "send", is_form=True),)
    return Item(one.mail, None, one.expires_at, url_for("account.team.index"), acts)
