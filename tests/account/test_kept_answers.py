"""A page that answers a form has an address of its own: it can be left, and come back to, by whoever sent the form."""

import base64
import os
import re

import pytest

from portal.database import Busy
from portal.domain.accounts import kept_answers
from portal.domain.accounts.tables import ClientToken, IdempotencyRecord, Membership, SignIn
from portal.domain.accounts.tokens.permits import PERMITS, SELF
from portal.server.limits import Policy
from portal.web import kept_answers as kept_places
from tests.support import things

TYPED = {"title": "What I typed", "catalog_code": "not a code!"}


def send(visitor, path, typed, **more):
    """The bare answer, as a browser gets it before it goes on."""
    data = {"csrf_token": visitor.csrf_token, **typed}
    return visitor.client.post(path, data=data, base_url=visitor._base(), **more)


def kept(visitor, path="/catalogs/new", typed=TYPED) -> str:
    """Where the refused form is kept."""
    answer = send(visitor, path, typed)
    assert answer.status_code == 303 and answer.data == b""
    return answer.location


@pytest.mark.on_both_engines
def test_a_refused_form_has_an_address_where_it_stands_as_often_as_it_is_looked_at(world):
    owner = world.as_("acme")
    place = kept(owner)
    assert re.fullmatch(r"/catalogs/new\?kept=[0-9A-Za-z]{20}", place)
    for _ in range(2):
        page = owner.get(place)
        assert page.status_code == 422 and page.headers["Cache-Control"] == "no-store"
        assert 'value="What I typed"' in page.text and 'aria-invalid="true"' in page.text


def test_what_was_kept_is_not_shown_to_anybody_else(world):
    owner, manager = world.as_("acme"), world.as_("acme", "manager")
    place = kept(owner)
    for stranger in (manager, world.as_("rival"), world.anonymous()):
        assert "What I typed" not in stranger.get(place).text
    assert manager.get(place).status_code == 200, "They see the form as it is anew."
    assert "What I typed" not in owner.get(place.replace("/catalogs/new", "/account/partner")).text


def test_what_was_kept_for_a_role_is_not_shown_in_another(world):
    owner = world.as_("acme")
    place = kept(owner)
    Membership.update(role="viewer").where(Membership.partner == world.acme.partner).execute()
    assert owner.get(place).status_code == 403


def test_what_was_kept_is_gone_with_the_sign_in_and_is_back_with_the_next(world):
    owner, again = world.as_("acme"), world.as_("acme")
    place = kept(owner)
    SignIn.select().where(SignIn.user == world.acme.users["owner"].id).order_by(SignIn.id).get().delete_instance()
    assert "What I typed" not in owner.get(place).text and "What I typed" in again.get(place).text


def test_strangers_find_their_own_forms_alone(world):
    one, other = world.anonymous(), world.anonymous()
    place = kept(one, "/sign-up", {"mail": "typed@new.example", "name": "", "password": "never to be kept"})
    assert "typed@new.example" in one.get(place).text and "never to be kept" not in one.get(place).text
    assert "typed@new.example" not in other.get(place).text


def test_nothing_that_was_typed_stands_readable_in_the_database(world):
    kept(world.as_("acme"))
    (row,) = IdempotencyRecord.select()
    assert "typed" not in repr(row.__data__).lower()


@pytest.mark.on_both_engines
def test_the_latest_of_a_person_are_kept_and_the_oldest_make_room(world, monkeypatch):
    monkeypatch.setattr(kept_answers, "OF_A_PERSON", 2)
    owner, manager = world.as_("acme"), world.as_("acme", "manager")
    theirs, first, *later = kept(manager), kept(owner), kept(owner), kept(owner)
    assert "What I typed" not in owner.get(first).text
    assert all("What I typed" in owner.get(place).text for place in later)
    assert "What I typed" in manager.get(theirs).text


def test_whatever_cannot_be_kept_is_answered_at_once(world, monkeypatch):
    owner = world.as_("acme")
    monkeypatch.setattr(kept_answers, "_LARGEST", 10)
    assert send(owner, "/catalogs/new", TYPED).status_code == 422
    monkeypatch.setattr(kept_places.kept_answers, "keep", lambda *given: (_ for _ in ()).throw(Busy()))
    answer = send(owner, "/catalogs/new", TYPED)
    assert answer.status_code == 422 and "What I typed" in answer.text
    assert not IdempotencyRecord.select().exists()


def test_strangers_do_not_have_more_and_more_written_by_sending_forms(world, monkeypatch):
    monkeypatch.setattr(kept_places, "STRANGERS", Policy("answers kept", 2, 60))
    answers = [send(world.anonymous(), "/sign-in", {"mail": f"typed-{number}"}) for number in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 422, 422] and "typed-3" in answers[3].text
    assert IdempotencyRecord.select().count() == 2
    kept(world.as_("acme"))  # Whoever is signed in is bounded by what is kept for each.


def test_nothing_that_strangers_make_large_is_written(world):
    large = base64.b64encode(os.urandom(40_000)).decode()
    assert send(world.anonymous(), "/sign-in", {"mail": large}).status_code == 422
    assert not IdempotencyRecord.select().exists()
    kept(world.as_("acme"), typed=TYPED | {"description": large})


def test_secrets_are_shown_in_one_answer_and_kept_nowhere(world):
    form = {"name": "Shop", "permits": list(PERMITS), "reach": SELF, "mode": "live"}
    answer = send(world.as_("acme"), "/developers/tokens/new?form=one", form)
    assert answer.status_code == 200 and "pp_live_" in answer.text
    assert ClientToken.select().where(ClientToken.name == "Shop").count() == 1
    assert not IdempotencyRecord.select().where(IdempotencyRecord.body.is_null(False)).exists()


def test_a_form_that_is_refused_again_keeps_its_own_arguments_and_has_a_new_mark(world):
    owner, _ = world.as_("acme"), things.of(world.acme)
    first = kept(owner, "/deals/new?deal_id=m-1", {"cost": "a lot"})
    second = kept(owner, first, {"cost": "even more"})
    assert first.startswith("/deals/new?deal_id=m-1&kept=") and second.startswith("/deals/new?deal_id=m-1&kept=")
    assert first != second and "even more" in owner.get(second).text


def test_an_error_at_an_address_that_takes_forms_alone_can_be_read_again(world):
    owner = world.as_("acme")
    place = kept(owner, "/deals/00000000-0000-4000-8000-000000000000/comment", {"comment": "x"})
    assert owner.get(place).status_code == 404 and "There is nothing here" in owner.get(place).text


def test_whoever_has_no_page_of_ours_is_answered_at_once(world, app):
    answer = app.test_client().post("/catalogs/new", data=TYPED, base_url=world.anonymous()._base())
    assert answer.status_code == 400 and not IdempotencyRecord.select().exists()


def test_parts_of_pages_stay_where_they_are(world):
    owner, code = world.as_("acme"), things.of(world.acme).names["short_code"]
    answer = send(owner, f"/catalogs/{code}/landings/new", {"url": "no"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
