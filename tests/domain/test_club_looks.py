"""How a club looks: colours that can be read, on light and on dark, or are refused with the nearest that can."""

import re
from pathlib import Path

import pytest

from portal.club import colours as club_colours
from portal.domain.accounts.partners import club_looks
from portal.domain.accounts.tables import Partner
from portal.domain.cards.templates import looks
from portal.domain.errors import Invalid
from portal.domain.pictures import album
from portal.domain.typed import colours
from tests.support import loyalty

HARD = {"club_colour": "#ffd000", "club_dark": "#22252b"}


@pytest.fixture
def acme(world):
    return Partner.get_by_id(world.acme.id)


@pytest.mark.parametrize("field", HARD)
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(acme, field):
    with pytest.raises(Invalid) as refused:
        club_looks.change(acme, {"club_colour": "#0b6b53", field: HARD[field]})
    ((name, sentence),) = refused.value.errors
    nearest = re.search(r"(#[0-9a-f]{6})\.$", str(sentence))[1]
    assert name == field and colours.contrast(nearest, club_looks.GROUNDS[field]) >= colours.LEAST
    club_looks.change(acme, {"club_colour": "#0b6b53", field: nearest})
    assert getattr(Partner.get_by_id(acme.id), field) == nearest


@pytest.mark.parametrize("colour", ["#0b6b53", "#000000", "#8a1a5c", "#0000ff", "#5c4f00"])
def test_what_is_written_in_and_on_the_colours_can_be_read_on_light_and_on_dark(acme, colour):
    club_looks.change(acme, {"club_colour": colour})
    look = looks.of(Partner.get_by_id(acme.id))
    told = dict(re.findall(r"--([a-z-]+): light-dark\(([^)]+)\)", club_colours.written(look.light, look.dark)))
    pairs = {name: both.split(", ") for name, both in told.items()}
    for written, grounds in {"on-accent": ("accent-fill", "accent-fill-hover"), "on-aubergine": ("aubergine",)}.items():
        for ground in grounds:
            for one, other in zip(pairs[written], pairs[ground], strict=True):
                assert colours.contrast(one, other) >= colours.LEAST, (written, ground)
    for one, other in zip(pairs["accent"], (club_looks.LIGHT, club_looks.DARK), strict=True):
        assert colours.contrast(one, other) >= colours.LEAST


@pytest.mark.engine("sqlite")
def test_the_grounds_that_colours_are_held_to_are_those_of_the_pages():
    tokens = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
    grounds = [
        re.search(rf"--{name}: light-dark\((\S+), (\S+)\)", tokens).groups() for name in ("surface", "paper", "sunken")
    ]
    for light, dark in grounds:
        assert colours.contrast(light, "#000000") >= colours.contrast(club_looks.LIGHT, "#000000")
        assert colours.contrast(dark, "#000000") <= colours.contrast(club_looks.DARK, "#000000")


def test_without_a_look_of_its_own_a_club_looks_as_its_cards(acme):
    loyalty.card(acme, background="#204060")
    assert looks.of(acme)[:2] == ("#204060", "#ffffff") and looks.of(acme).light is None
    club_looks.change(acme, {"club_colour": "#0b6b53"})
    own = looks.of(Partner.get_by_id(acme.id))
    assert (own.background, own.dark) == ("#0b6b53", club_looks.on_dark("#0b6b53"))
    club_looks.change(acme, {"club_colour": None, "club_dark": None})
    assert looks.of(Partner.get_by_id(acme.id)).background == "#204060"


def logo_of(party) -> str:
    return album.keep_upload(
        party.id, b"x", "image/png", 1, 1, lambda key: f"https://portal.example/pictures/{key}"
    ).key


def test_a_logo_is_one_of_the_partners_own_pictures_and_a_colour_on_dark_needs_one_on_light(world, acme):
    for given in ({"club_logo": logo_of(world.rival)}, {"club_dark": "#ffffff"}, {"club_colour": "red"}):
        with pytest.raises(Invalid):
            club_looks.change(acme, given)
    club_looks.change(acme, {"club_logo": logo_of(acme), "club_name": "  Tea Club "})
    assert looks.of(Partner.get_by_id(acme.id)).logo and Partner.get_by_id(acme.id).club_called == "Tea Club"
