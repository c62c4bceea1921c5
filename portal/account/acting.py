"""The partner one acts for: another of one's partners, or the present one's test mode. Either way the same page stays."""

from flask import abort, g, redirect, render_template, request
from flask_login import current_user

from portal.account.places import local_path
from portal.account.same_place import same_place
from portal.domain.accounts.partners import partners
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.tables import Partner
from portal.domain.accounts.team import memberships
from portal.domain.sentences import say
from portal.web import answers

_BIGGEST = 2**63 - 1


def act_for():
    """Choose one of one's partners."""
    partner_id = request.form.get("partner_id", type=int)
    if partner_id is None or not 0 < partner_id <= _BIGGEST:
        abort(404)
    return _go_on_as(partner_id)


def test_mode():
    """Step into the acting partner's test mode, or back."""
    if request.form.get("on") == "1":
        return _go_on_as(partners.twin_of(g.partner.row).id)
    return _go_on_as(g.partner.home_id)


def follow(slug: str, place: str):
    """The link of a mail, which is about one partner: on to its page, or ask first whoever acts for another one.

    Following it changes nothing by itself: forms that are open in other windows would go to the wrong partner.
    """
    partner = memberships.reached(current_user.user_id, slug)
    question = request.query_string.decode(errors="replace")
    target = local_path(f"/{place}{'?' if question else ''}{question}")
    if g.partner.id == partner.id:
        return redirect(target)
    return render_template("account/acting/other_partner.html", partner=partner, target=target)


def _go_on_as(partner_id: int):
    sign_ins.act_for(current_user.sign_in_id, current_user.user_id, partner_id)
    asked, shown = request.form.get("next"), request.form.get("shown")
    place = local_path(asked) if asked else same_place(shown)
    return answers.done(place, _said(Partner.get_by_id(partner_id)), "info")


def _said(partner: Partner) -> str:
    if partner.is_test:
        return say("This is the test mode of {name}.", name=partner.live_partner.name)
    return say("You now work for {name}.", name=partner.name)
