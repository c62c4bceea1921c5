"""Using an offer: a page asks once more, then it is shown at the counter for as long as it is active."""

from zoneinfo import ZoneInfo

from flask import g, redirect, url_for
from flask_wtf import FlaskForm
from werkzeug import Response
from wtforms import HiddenField, StringField
from wtforms.validators import Length, Optional

from portal import clock
from portal.api.errors import ApiError
from portal.domain.identifiers import new_uuid, typed_uuid
from portal.domain.member_offers.collections import scopes
from portal.domain.member_offers.uses import checks, uses
from portal.domain.member_offers.uses.cases import Case
from portal.domain.member_offers.uses.uses import Unusable
from portal.domain.members import names
from portal.domain.members.oauth.bans import Banned
from portal.domain.members.tables import Member
from portal.domain.sentences import say
from portal.member_offers import guessing
from portal.member_offers.mobile import drawing
from portal.member_offers.mobile.pages import found, page, whose
from portal.web import answers, formats
from portal.web.forms import form_page

_CODE = {
    checks.TOKEN_MISSING: say("Type the six digits that you get at the counter."),
    checks.TOKEN_INVALID: say("This code is wrong, used or too old. Ask for another one at the counter."),
}


class UseForm(FlaskForm):
    """The key of the page, which is one use however often it is sent; and a code of the counter."""

    once = HiddenField(default=new_uuid)
    code = StringField(say("Code of the counter"), [Optional(), Length(max=100)])


def use(club_slug: str, offer_id: str):
    """Ask once more, and use it; while it is active, show it."""
    case, form = found(offer_id), UseForm()
    if form.validate_on_submit() and (done := _used(case, form)):
        return done
    offer = drawing.drawn([case])[0]
    if offer.active_until and not form.errors and not form.form_errors:
        return _active(offer)
    if offer.obstacle:
        return redirect(_place("show", case), 303)
    return form_page(
        "member_offers/mobile/use.html", form, offer=offer, texts=drawing.texts(case.row.activation_texts), **whose()
    )


def _used(case: Case, form: UseForm) -> Response | None:
    """What follows the use; None where the page asks for a code again."""
    if case.asking.is_banned:
        return redirect(_place("show", case), 303)
    try:
        after = _make(case, form)
    except Unusable as error:
        if error.sentence not in _CODE:
            return redirect(_place("show", case), 303)
        form.code.errors = [_CODE[error.sentence]]
        return None
    except Banned:
        return redirect(_place("show", case), 303)
    except ApiError:
        form.code.errors = [
            say("You have tried too many codes. Wait ten minutes, then ask for another one at the counter.")
        ]
        return None
    if drawing.drawn([after])[0].active_until:
        return redirect(_place("use", case), 303)
    return answers.done(_place("show", case), say("It is used."))


def _make(case: Case, form: UseForm) -> Case:
    once, code = typed_uuid(form.once.data or "") or new_uuid(), form.code.data or None
    if code is None:
        return uses.use(case.asking, case.row.offer_id, scopes.shown(g.club), once=once)
    with guessing.counting(case.asking.member_id or 0, case.row.offer_id, code):
        return uses.use(case.asking, case.row.offer_id, scopes.shown(g.club), code, once)


def _active(offer: drawing.Drawn) -> str:
    row = offer.case.row
    left = max(0, (row.active_until or 0) - offer.case.asking.now) // 1000
    member = Member.get_by_id(offer.case.asking.member_id)
    return page(
        "member_offers/mobile/active.html", offer=offer, left=left, texts=drawing.texts(row.activation_texts),
        whose_use=names.short(member.first_name, member.surname), ends=_to_the_second(offer),
    )  # fmt: skip


def _to_the_second(offer: drawing.Drawn) -> str:
    """When the use ends: its time where that is today by the club's clocks."""
    zone = ZoneInfo(offer.case.asking.time_zone)
    ends, now = offer.active_until.astimezone(zone), clock.from_micros(offer.case.asking.now).astimezone(zone)
    return f"{ends:%H:%M:%S}" if ends.date() == now.date() else formats.date_time(ends, zone.key)


def _place(view: str, case: Case) -> str:
    return url_for(
        "mobile.using.use" if view == "use" else "mobile.show", club_slug=g.club.slug, offer_id=case.row.offer_id
    )
