"""PINs on the page of the team: who has one, one's own, and taking somebody else's away. Nobody ever reads one."""

from flask import g, render_template, request, url_for

from portal.cards.counter.cashiers import OwnPinForm
from portal.domain.accounts.partners import areas
from portal.domain.accounts.roles import MAY_EDIT, MAY_SERVE
from portal.domain.cards.counter import pins
from portal.domain.cards.words import LOYALTY
from portal.domain.identifiers import typed_id
from portal.domain.sentences import say
from portal.routing import page, roles
from portal.web import answers
from portal.web.forms import form_page, tried
from portal.web.teams import Act, Cell, Column


def column() -> Column | None:
    """Who can take over at the counter; None where the partner has no cards."""
    if LOYALTY not in areas.switched_on(g.partner.areas):
        return None
    serving = pins.serving(g.partner.home_id)
    return Column(say("PIN"), {one.membership_id: _cell(one) for one in serving})


def own():
    """Choose one's own; the password is asked for."""
    form = OwnPinForm()
    if form.validate_on_submit():
        with tried(form):
            pins.choose(g.partner.home_id, g.person.user_id, form.pin.data, form.password.data)
            return answers.done(_team(), say("Your PIN is set."))
    mine = next(
        (one for one in pins.serving(g.partner.home_id) if one.user_id == g.person.user_id and one.set_at), None
    )
    goes = _place_of(mine.membership_id) if mine and g.partner.may_edit else None
    return form_page("cards/counter/own_pin.html", form, goes=goes)


def removal(membership_id: str):
    """Ask, and take somebody's PIN away."""
    found = pins.one(g.partner.home_id, typed_id(membership_id) or 0)
    if request.method == "GET":
        return render_template("cards/counter/pin_removal.html", cashier=found)
    pins.remove(g.partner.home_id, found.membership_id, g.person.user_id)
    return answers.done(_team(), say("{name} has no PIN any more.", name=found.name))


ROUTES = [
    page("GET POST", "/account/team/pin", own, roles(MAY_SERVE)),
    page("GET POST", "/account/team/<membership_id>/pin", removal, roles(MAY_EDIT)),
]


def _cell(one: pins.Serving) -> Cell:
    return Cell(say("Set") if one.set_at else say("Not set"), _act(one))


def _act(one: pins.Serving) -> Act | None:
    if one.user_id == g.person.user_id:
        label = say("Change") if one.set_at else say("Set one")
        return Act(label, say("your PIN"), url_for("counter.team_pins.own"), "key-round")
    if one.set_at is None or not g.partner.may_edit:
        return None
    of = say("the PIN of {name}", name=one.name)
    return Act(say("Remove"), of, _place_of(one.membership_id), "trash-2", is_danger=True)


def _place_of(membership_id: int) -> str:
    return url_for("counter.team_pins.removal", membership_id=membership_id)


def _team() -> str:
    return url_for("account.team.index")
