"""A partner dresses its club: name, logo and colours, with two phones beside the form, one light and one dark."""

from typing import NamedTuple

from flask import g, render_template, request, url_for

from portal.club.colours import behind
from portal.club.dress_form import DressForm
from portal.domain.accounts.partners import club_looks
from portal.domain.accounts.tables import Partner
from portal.domain.cards.templates import looks
from portal.domain.cards.templates.looks import Look
from portal.domain.member_offers.collections import scopes
from portal.domain.member_offers.words import SCOPES
from portal.domain.sentences import say
from portal.domain.typed import colours
from portal.domain.values import Wrong
from portal.web import answers, picture_uploads
from portal.web.forms import form_page, tried

_HOUSE = "#8a1a5c"  # what the house is written in, for a club that has chosen nothing
_COLOUR = colours.colour(_HOUSE)


class Mend(NamedTuple):
    """A colour that nobody can read: its field, why, and the nearest one that holds."""

    field: str
    sentence: str
    nearest: str


def edit():
    """Change how the club looks."""
    partner, form = g.partner.row, _form()
    if not _is_being_written(form) and form.validate_on_submit():
        with tried(form):
            club_looks.change(partner, _given(form))
            return answers.done(_here(), say("Your club looks so now, on each of its pages."))
    return form_page(
        "club/dress/edit.html", form, **_shown(form, partner), partner=partner, here=_here(), scopes=_scopes(partner)
    )


def _scopes(partner: Partner) -> list[tuple[str, str, bool]]:
    on = scopes.shown(partner)
    return [(scope, SCOPES[scope], scope in on) for scope in scopes.OTHERS]


def drawn():
    """The phones as the form describes them."""
    return render_template("club/dress/_preview.html", **_shown(_form(), g.partner.row))


def undress():
    """Let the club look as its cards again; its name and logo stay."""
    club_looks.change(g.partner.row, {"club_colour": None, "club_dark": None})
    return answers.done(_here(), say("Your club has the colours of its cards again."))


def _form() -> DressForm:
    partner: Partner = g.partner.row
    colour = partner.club_colour or _HOUSE
    return DressForm(
        data={
            "club_name": partner.club_name or "",
            "club_logo": partner.club_logo and picture_uploads.address(partner.club_logo),
            "club_colour": colour,
            "by_itself": partner.club_dark is None,
            "club_dark": partner.club_dark or club_looks.on_dark(colour),
        }
    )


def _is_being_written(form: DressForm) -> bool:
    """Whether the form was sent to be looked at, or to take a colour that can be read."""
    field, _, colour = request.form.get("mend", "").partition("=")
    if field in club_looks.GROUNDS:
        form[field].data = form[field].raw_data = None
        form[field].process_data(colour)
    return bool({"preview", "mend"} & request.form.keys())


def _given(form: DressForm) -> dict[str, str | None]:
    return {
        "club_name": form.club_name.data,
        "club_logo": picture_uploads.key_of(form.club_logo.data),
        "club_colour": form.club_colour.data,
        "club_dark": None if form.by_itself.data else form.club_dark.data,
    }


def _shown(form: DressForm, partner: Partner) -> dict:
    light = _seen(form.club_colour.data)
    dark = club_looks.on_dark(light) if form.by_itself.data else _seen(form.club_dark.data)
    look: Look = looks.dressed(partner.id, light, dark, picture_uploads.shown(form.club_logo.data))
    return {
        "look": look,
        "name": (form.club_name.data or "").strip()[:120] or partner.name,
        "behind": behind(dark),
        "mends": list(_mends({"club_colour": light, "club_dark": dark})),
    }


def _mends(written: dict[str, str]):
    for field, ground in club_looks.GROUNDS.items():
        colour = written[field]
        if colours.contrast(colour, ground) < colours.LEAST:
            yield Mend(field, colours.unreadable(colour, ground), colours.nearest(colour, ground))


def _seen(typed: str | None) -> str:
    try:
        return _COLOUR(typed)
    except Wrong:
        return _HOUSE


def _here() -> str:
    return url_for("club.dress.edit")
