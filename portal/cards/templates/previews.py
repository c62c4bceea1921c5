"""How a card looks while its template is written: whatever is not right yet is drawn as it usually is."""

import re
from decimal import Decimal
from typing import NamedTuple

from flask import g
from flask_wtf import FlaskForm

from portal.cards.drawing import Drawn, Face, drawn, example, face_of
from portal.domain import money
from portal.domain.cards.templates import settings
from portal.domain.cards.templates.kinds import CASHBACK, COUPON, DISCOUNT, MEMBERSHIP, REWARD, STAMP, Kind
from portal.domain.cards.templates.levels import Level
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.sentences import say
from portal.domain.typed import colours
from portal.web import picture_uploads

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST = 120
_USUAL_COLOURS = (settings.COLOURS["background"], settings.COLOURS["foreground"], settings.COLOURS["label_colour"])
# A colour for each type, dark enough for white.
_USUAL = ("#7a3415", "#0b6b53", "#2c4a9a", "#9a1b4e", "#5a2a82", "#8a1a2b", "#1d2733", "#115e75")
_REWARDS = {STAMP: say("The tenth coffee is yours"), COUPON: say("A free dessert")}


class Mend(NamedTuple):
    """A colour that nobody can read: its field, why, and the nearest one that holds."""

    field: str
    sentence: str
    nearest: str


class Preview(NamedTuple):
    """The card as it would look, and which of its colours cannot be read."""

    drawn: Drawn
    mends: list[Mend]


def of(form: FlaskForm, kind: Kind, template: CardTemplate | None = None) -> Preview:
    """The card that the form describes; what the form does not say is the template's."""
    face = face_of(template) if template else _plain(kind)
    face = face._replace(**_look(form, face), **_rules(form), **_tiers(form, kind))
    return Preview(drawn(face, example(face)), _mends(form, face))


def _plain(kind: Kind) -> Face:
    face = Face(
        kind.name, g.partner.row.name, kind.number, next(iter(kind.mechanics)), g.partner.currency, *_USUAL_COLOURS
    )
    return face._replace(percent=500 if kind.number == CASHBACK else 0)


def _look(form: FlaskForm, face: Face) -> dict:
    if "background" not in form:
        return {}
    written = {name: form[name].data for name in settings.COLOURS}
    told: dict = {name: colour.lower() for name, colour in written.items() if colour and _COLOUR.fullmatch(colour)}
    told["name"] = (form["name"].data or "").strip()[:_LONGEST] or face.name
    told["reward"] = (form["text_reward"].data or "").strip()[:_LONGEST]
    told["logo"] = picture_uploads.shown(form["logo"].data)
    if "stamp_icon" in form and form["stamp_icon"].data in settings.STAMP_ICONS:
        told["stamp_icon"] = form["stamp_icon"].data
    return told


def _rules(form: FlaskForm) -> dict:
    told: dict = {}
    if "mechanics" in form and form["mechanics"].data in form.kind.mechanics:
        told["mechanics"] = form["mechanics"].data
    if "currency" in form and form["currency"].data in money.EXPONENTS:
        told["currency"] = form["currency"].data
    if "stamps_total" in form and 1 <= (form["stamps_total"].data or 0) <= settings.MOST_STAMPS:
        told["stamps_total"] = form["stamps_total"].data
    if "percent" in form and (hundredths := _hundredths(form["percent"].data)):
        told["percent"] = hundredths
    return told


def _tiers(form: FlaskForm, kind: Kind) -> dict:
    if "tiers" not in form:
        return {}
    rows = [row.form for row in form["tiers"] if row.form.is_given()]
    shown = {DISCOUNT: _levels, REWARD: _rewards, MEMBERSHIP: _member_tier}.get(kind.number)
    return shown(rows) if shown and rows else {}


def _levels(rows: list) -> dict:
    found = ((_hundredths(row.threshold.data, least=0), _hundredths(row.percent.data)) for row in rows)
    return {"levels": tuple(sorted(Level(at, off) for at, off in found if at is not None and off is not None))}


def _rewards(rows: list) -> dict:
    named = ((row.threshold.data or 0, _name(row)) for row in rows)
    return {"tiers": tuple(sorted((at, name) for at, name in named if name and 0 <= at <= settings.LARGEST))}


def _member_tier(rows: list) -> dict:
    visits = rows[0].visits.data
    is_some = visits and 0 < visits <= settings.LARGEST
    return {"member_tier": _name(rows[0]), "member_visits": visits if is_some else None}


def _name(row) -> str:
    return (row.name.data or "").strip()[:_LONGEST]


def _hundredths(typed: Decimal | None, least: int = 1) -> int | None:
    if typed is None or not typed.is_finite() or not least <= typed * 100 <= settings.LARGEST * 100:
        return None
    return int(typed * 100)


def _mends(form: FlaskForm, face: Face) -> list[Mend]:
    if "background" not in form:
        return []
    return [
        Mend(
            name,
            colours.unreadable(getattr(face, name), face.background),
            colours.nearest(getattr(face, name), face.background),
        )
        for name in ("foreground", "label_colour")
        if colours.contrast(getattr(face, name), face.background) < colours.LEAST
    ]


def usual(kind: Kind) -> Drawn:
    """A card of the type as an example, where nothing was written yet."""
    levels = (Level(0, 300), Level(20_000, 500), Level(50_000, 1000)) if kind.number == DISCOUNT else ()
    tiers = ((50, say("Coffee")), (120, say("Breakfast"))) if kind.number == REWARD else ()
    face = _plain(kind)._replace(
        name=kind.name, background=_USUAL[kind.number], label_colour="#ffffff", percent=500, levels=levels, tiers=tiers,
        reward=_REWARDS.get(kind.number, ""), member_tier=say("Gold"),
    )  # fmt: skip
    return drawn(face, example(face))
