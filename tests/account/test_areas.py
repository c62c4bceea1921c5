"""A partner sees the areas that it has switched on; what is off is hidden, and nothing of it is lost."""

import pytest

from portal.domain.accounts.partners import areas, partners
from portal.domain.accounts.tables import Partner
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.events.tables import Event
from portal.domain.waiting import waiting
from tests.affiliate import things

AREAS = "/account/areas"


def menu(visitor, path="/account/details") -> str:
    return visitor.get(path).text.split('aria-label="Portal"')[1].split("</nav>")[0]


def shown(visitor, *labels) -> list[str]:
    drawn = menu(visitor)
    return [label for label in labels if f">{label}<" in drawn or f"{label}</a>" in drawn]


def test_who_has_chosen_nothing_sees_everything(world):
    every = ["Catalogs", "Affiliate", "Earn", "Coupons", "Loyalty", "Developers"]
    assert shown(world.as_("acme"), *every, "Add an area") == every


def test_an_area_that_is_off_leaves_the_menu_and_comes_back(world):
    owner = world.as_("acme")
    assert owner.post(f"{AREAS}/affiliate", {"on": "0"}).location == AREAS
    assert shown(owner, "Catalogs", "Affiliate", "Earn", "Add an area") == ["Earn", "Add an area"]
    assert shown(world.as_("acme", "viewer"), "Earn", "Add an area") == ["Earn"], "Owners add."
    owner.post(f"{AREAS}/affiliate", {"on": "1"})
    assert shown(owner, "Catalogs", "Affiliate", "Earn", "Add an area") == ["Catalogs", "Affiliate", "Earn"]
    assert Event.select().where(Event.type == "partner.areas_changed").count() == 2
    log.give_positions()
    told = owner.get("/account/activity").text
    assert (
        'title="Affiliate, Earn, Coupons, Loyalty, Club"' in told and 'title="Earn, Coupons, Loyalty, Club"' in told
    ), "As the menu calls them."


def test_its_pages_still_open_and_say_that_it_is_off(world):
    owner = world.as_("acme")
    owner.post(f"{AREAS}/earn", {"on": "0"})
    page = owner.get("/marketplace?sort=new").text
    assert "Earn is switched off: it is not in the menu." in page and "Switch it on" in page
    assert "Switch it on" not in world.as_("acme", "viewer").get("/marketplace").text
    assert owner.post(f"{AREAS}/earn", {"on": "1", "next": "/marketplace?sort=new"}).location == "/marketplace?sort=new"
    assert "switched off" not in owner.get("/marketplace").text


@pytest.mark.on_both_engines
def test_test_mode_follows_its_partner(world):
    owner = world.as_("acme")
    owner.post("/test-mode", {"on": "1"})
    areas.switch(world.acme.partner, "earn", False)
    assert shown(owner, "Affiliate", "Earn") == ["Affiliate"]
    assert "Test mode has the areas of its partner" in owner.get(AREAS).text
    with pytest.raises(Refused):
        areas.switch(partners.twin_of(world.acme.partner), "earn", True)


@pytest.mark.on_both_engines
def test_the_last_area_stays_on_whoever_switches_the_others_off_at_the_same_moment(world):
    """What each read before the other wrote does not matter: the row is read again once it is held."""
    everybody = [(Partner.get_by_id(world.acme.id), name) for name in areas.OFFERED]
    for read, name in everybody[:-1]:
        areas.switch(read, name, False)
    last, name = everybody[-1]
    with pytest.raises(Refused, match="the last area"):
        areas.switch(last, name, False)
    assert Partner.get_by_id(world.acme.id).areas == name
    owner = world.as_("acme")
    assert owner.post(f"{AREAS}/{name}", {"on": "0"}).location == AREAS and "the last area" in owner.get(AREAS).text


@pytest.mark.on_both_engines
def test_what_nobody_offers_cannot_be_switched(world):
    for act in (
        lambda: areas.switch(world.acme.partner, "garden", False),
        lambda: areas.choose(world.acme.partner, ["x"]),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Refused):
        areas.choose(world.acme.partner, [])
    assert world.as_("acme").post(f"{AREAS}/garden", {"on": "1"}).status_code == 404
    assert world.as_("acme", "manager").post(f"{AREAS}/earn", {"on": "0"}).status_code == 403


def test_a_new_partner_is_asked_what_it_came_for(world):
    owner = world.as_("rival")
    page = owner.get("/").text
    assert "What do you want to do here?" in page and "To your first deal" not in page, "One story: what, and then how."
    assert "What do you want to do here?" not in world.as_("rival", "manager").get("/").text
    assert owner.post(AREAS, {}).location == "/" and "Choose at least one area" in owner.get("/").text
    owner.post(AREAS, {"area": "earn"})
    page = owner.get("/").text
    assert "What do you want to do here?" not in page
    assert "Join your first catalog" in page and "To your first deal" not in page, "The steps follow what it came for."
    assert shown(owner, "Catalogs", "Affiliate", "Earn") == ["Earn"]


def test_who_wants_all_of_it_has_all_of_it_in_one_press(world):
    owner = world.as_("rival")
    owner.post(AREAS, {"all": "1"})
    assert Partner.get_by_id(world.rival.id).areas == " ".join(areas.OFFERED)
    assert "To your first deal" in owner.get("/").text


def test_who_sells_already_is_not_asked(world):
    things.catalog(world.acme)
    assert "What do you want to do here?" not in world.as_("acme").get("/").text


def test_what_waits_in_an_area_that_is_off_is_not_counted(world):
    catalog = things.catalog(world.acme)
    things.promotion(catalog, world.northwind)
    assert waiting.counts(world.northwind.id)["details"] == 1
    owner = world.as_("northwind")
    owner.post(f"{AREAS}/earn", {"on": "0"})
    page = owner.get("/inbox").text
    assert "Nothing waits for you" in page and '<span class="nav-count"></span>' in page


def test_every_area_that_can_be_switched_is_shown_and_says_what_it_is_for(app):
    groups = app.extensions["areas"]
    assert [group.area for group in groups] == list(areas.OFFERED)
    assert all(group.purpose and group.hides for group in groups)


def test_the_search_leads_to_nothing_that_is_off(world):
    things.catalog(world.acme, "Winter trails", "winter")
    owner = world.as_("acme")
    assert "Winter trails" in owner.get("/search?q=winter tr").text
    owner.post(f"{AREAS}/affiliate", {"on": "0"})
    assert "Winter trails" not in owner.get("/search?q=winter tr").text
