"""The areas that a partner has switched on: what each is for, and what is hidden without it."""

from flask import current_app, g, render_template, request, url_for

from portal.account.places import local_path
from portal.domain.accounts.partners import areas
from portal.domain.errors import Refused
from portal.domain.sentences import say
from portal.web import answers
from portal.web.places import Group


def index():
    """All of them."""
    return render_template("account/areas/index.html", areas=_offered())


def choose():
    """What a new partner came for, asked on its start page."""
    try:
        areas.choose(g.partner.row, areas.OFFERED if "all" in request.form else request.form.getlist("area"))
    except Refused as error:
        return answers.done("/", error.sentence, "warning")
    return answers.done("/", say("Your areas are switched on. You can add others in the settings."))


def switch(name: str):
    """Switch one on or off; on to where it was asked."""
    is_on, place = (
        request.form.get("on") == "1",
        local_path(request.form.get("next")) if "next" in request.form else _place(),
    )
    try:
        areas.switch(g.partner.row, name, is_on)
    except Refused as error:
        return answers.done(place, error.sentence, "warning")
    area = next(area for area in _offered() if area.area == name)
    said = say("{area} is switched on.", area=area.label) if is_on else say("{area} is switched off.", area=area.label)
    return answers.done(place, said)


def _offered() -> list[Group]:
    return current_app.extensions["areas"]


def _place() -> str:
    return url_for("account.areas.index")
