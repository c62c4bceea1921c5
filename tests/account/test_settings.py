"""A partner's own settings: owners change them, and its test mode follows."""

from io import BytesIO

import pytest
from PIL import Image

from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner
from portal.domain.currency_names import CURRENCY_NAMES
from portal.domain.events.tables import Event
from portal.domain.money import EXPONENTS
from portal.domain.pictures.tables import Picture

PLACE, EDIT, CHOICES = "/account/partner", "/account/partner/edit", "/account/choices"
GOOD = {"name": "Acme Alps", "logo": "", "time_zone": "Europe/Zurich", "currency": "CHF", "country": "CH"}


def upload(visitor) -> str:
    """The address of a picture that somebody uploaded."""
    body = BytesIO()
    Image.new("RGB", (40, 40), "red").save(body, "PNG")
    body.seek(0)
    visitor.post("/pictures", {"picture": (body, "logo.png")}, content_type="multipart/form-data")
    key = Picture.select().order_by(Picture.id.desc()).get().key
    return f"http://127.0.0.1:8000/pictures/{key}"


def present(party) -> Partner:
    return Partner.get_by_id(party.id)


def test_the_settings_show_what_others_know_the_partner_by(world):
    for role in ("owner", "manager", "viewer"):
        page = world.as_("acme", role).get(PLACE).text
        assert "acme" in page and world.acme.partner.uuid in page
        assert (f'href="{EDIT}?only=name"' in page) == (role == "owner")


@pytest.mark.parametrize(("field", "value"), GOOD.items())
def test_one_of_them_is_changed_where_it_stands_and_the_others_stay(world, field, value):
    owner, before = world.as_("acme"), present(world.acme)
    form = owner.get(f"{EDIT}?only={field}").text.partition("<main")[2]
    assert f'action="{EDIT}?only={field}"' in form
    assert [name for name in GOOD if f'name="{name}"' in form] == [field]
    Partner.update(language="ru").where(Partner.id == world.acme.id).execute()  # Somebody else changes another one.
    assert owner.post(f"{EDIT}?only={field}", {field: value}).location == PLACE
    kept = present(world.acme)
    others = [name for name in (*GOOD, "slug") if name != field]
    assert (getattr(kept, field) or "") == value and kept.language == "ru"
    assert [getattr(kept, name) for name in others] == [getattr(before, name) for name in others]


def test_an_owner_changes_them(world):
    assert world.as_("acme").post(EDIT, GOOD).location == PLACE
    partner = present(world.acme)
    assert (partner.name, partner.time_zone, partner.currency, partner.logo) == (
        "Acme Alps", "Europe/Zurich", "CHF", None,
    )  # fmt: skip
    assert partner.country == "CH"
    assert partner.slug == "acme", "Addresses and scripts go on finding it."
    assert Event.select().where(Event.type == "partner.changed").count() == 1
    assert world.as_("acme", "manager").post(EDIT, GOOD).status_code == 403


def test_the_test_mode_follows(world):
    twin = partners.twin_of(world.acme.partner)
    logo = upload(world.as_("acme"))
    world.as_("acme").post(EDIT, GOOD | {"logo": logo, "name": "x" * 120})
    twin = Partner.get_by_id(twin.id)
    assert twin.name == "x" * 113 + " (test)" and twin.currency == "CHF" and logo.endswith(twin.logo)
    fresh = partners.twin_of(world.rival.partner)
    assert fresh.name == "Rival (test)"


def test_a_logo_is_shown_in_the_menu_and_can_be_taken_away(world):
    owner = world.as_("acme")
    logo = upload(owner)
    path = logo.removeprefix("http://127.0.0.1:8000")
    owner.post(EDIT, GOOD | {"logo": logo})
    assert f'<img class="monogram picture" src="{path}"' in owner.get("/account/sign-ins").text
    assert f'value="{logo}"' in owner.get(EDIT).text
    owner.post(EDIT, GOOD)
    assert 'class="monogram picture"' not in owner.get("/account/sign-ins").text


def test_only_a_picture_of_ones_own_is_a_logo(world):
    foreign = upload(world.as_("rival"))
    for logo in (
        foreign,
        "https://elsewhere.example/logo.png",
        "http://127.0.0.1:8000/pictures/nothing",
        "javascript:x",
    ):
        answer = world.as_("acme").post(EDIT, GOOD | {"logo": logo})
        assert answer.status_code == 422 and "give the address of one of your pictures here" in answer.text
    assert present(world.acme).logo is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "This field is required."),
        ("name", "a\nb", "Write it in one line"),
        ("time_zone", "Mars/Olympus", "is not a time zone"),
        ("currency", "XAU", "is not a currency that can be paid in"),
        ("country", "ZZ", "Choose one from the list"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_saved(world, field, value, sentence):
    answer = world.as_("acme").post(EDIT, GOOD | {field: value})
    assert answer.status_code == 422 and sentence in answer.text
    assert present(world.acme).name == "Acme"


def test_in_test_mode_they_are_those_of_the_partner(world):
    owner = world.as_("acme")
    owner.post("/test-mode", {"on": "1"})
    assert "Test mode has the settings of its partner" in owner.get(PLACE).text
    assert owner.post(EDIT, GOOD).location == PLACE
    assert present(world.acme).name == "Acme"


def test_pickers_find_by_name_and_code_and_keep_the_choice(world):
    viewer = world.as_("acme", "viewer")
    found = viewer.get(f"{CHOICES}/currencies?currency=USD&currency_search=euro").text
    assert 'value="USD" checked' in found and 'value="EUR"' in found and 'value="JPY"' not in found
    assert 'value="JPY"' in viewer.get(f"{CHOICES}/currencies?currency_search=jpy").text
    found = viewer.get(f"{CHOICES}/time-zones?time_zone=UTC&time_zone_search=new york").text
    assert 'value="America/New_York"' in found and 'value="UTC" checked' in found
    assert "Nothing is called so" in viewer.get(f"{CHOICES}/time-zones?time_zone_search=olympus").text
    assert viewer.get(f"{CHOICES}/planets").status_code == 404


def test_every_currency_has_a_name():
    assert CURRENCY_NAMES.keys() == EXPONENTS.keys()
