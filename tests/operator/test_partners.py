"""The operator looks after partners and people; to everybody else these pages do not exist."""

import pytest

from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Partner, User
from portal.domain.events.tables import Event

LIST = "/operator/partners"
HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture
def waiting(world):
    return partners.found("Waiting Room", world.acme.users["viewer"], confirmed=False)


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        "/operator/partners/1",
        "/operator/people/1/disabling",
        "/operator/people",
        "/operator/people/1",
        "/operator/mail",
        "/operator/mail/x",
    ],
)
def test_to_others_it_looks_like_nothing(world, path):
    missing = world.as_("acme").get("/nowhere")
    for role in ("owner", "viewer"):
        answer = world.as_("acme", role).get(path)
        assert (answer.status_code, answer.text.count("There is nothing here")) == (
            404,
            missing.text.count("There is nothing here"),
        )
    assert world.anonymous().get(path).location.startswith("/sign-in")


def test_others_confirm_and_disable_nobody(world, waiting):
    owner, victim = world.as_("acme"), world.rival.users["owner"]
    assert owner.post(f"{LIST}/{waiting.id}/confirmation").status_code == 404
    assert owner.post(f"/operator/people/{victim.id}/disabling").status_code == 404
    assert Partner.get_by_id(waiting.id).confirmed_at is None
    assert User.get_by_id(victim.id).disabled_at is None


@pytest.mark.on_both_engines
@pytest.mark.parametrize("search", ["ACME", "acme", "owner@acme"])
def test_partners_are_found_by_name_slug_and_mail(world, search):
    page = world.as_("operator").get(f"{LIST}?q={search}").text
    assert f'href="{LIST}/{world.acme.id}"' in page
    assert f'href="{LIST}/{world.rival.id}"' not in page


@pytest.mark.on_both_engines
def test_a_search_is_text_not_a_pattern(world):
    operator = world.as_("operator")
    assert "No partner fits" in operator.get(f"{LIST}?q=%25").text
    assert "<script>alert" not in operator.get(f"{LIST}?q={HOSTILE}").text
    assert operator.get(f"{LIST}?q=a%00").status_code == 400


@pytest.mark.on_both_engines
def test_twins_are_not_listed(world):
    twin = world.acme.twin().partner
    operator = world.as_("operator")
    assert twin.slug not in operator.get(LIST).text
    assert operator.get(f"{LIST}/{twin.id}").status_code == 404


def test_a_waiting_partner_is_confirmed_once(world, waiting):
    operator = world.as_("operator")
    assert "Waiting Room" in operator.get(f"{LIST}?show=waiting").text
    assert operator.post_without_token(f"{LIST}/{waiting.id}/confirmation").status_code == 400
    assert operator.post(f"{LIST}/{waiting.id}/confirmation", {"list": "waiting"}).location == f"{LIST}?show=waiting"
    first = Partner.get_by_id(waiting.id).confirmed_at
    assert first is not None
    assert operator.post(f"{LIST}/{waiting.id}/confirmation").location == f"{LIST}/{waiting.id}"
    assert Partner.get_by_id(waiting.id).confirmed_at == first
    assert "Waiting Room" not in operator.get(f"{LIST}?show=waiting").text.split("<main")[1].split('id="toasts"')[0]


def test_a_person_is_disabled_after_asking_and_let_in_again(world):
    user, operator = world.acme.users["manager"], world.as_("operator")
    signed_in = world.as_("acme", "manager")
    assert user.mail in operator.get(f"/operator/people/{user.id}/disabling").text
    assert User.get_by_id(user.id).disabled_at is None
    assert operator.post(f"/operator/people/{user.id}/disabling").location == f"/operator/people/{user.id}"
    assert signed_in.get("/account/sign-ins").status_code == 302
    assert "Disabled" in operator.get(f"{LIST}/{world.acme.id}").text
    operator.post(f"/operator/people/{user.id}/enabling")
    facts = Event.select().where(Event.thing_id == str(user.id), Event.type.startswith("person.")).order_by(Event.id)
    assert [fact.type for fact in facts] == ["person.disabled", "person.enabled"]
    assert {fact.actor for fact in facts} == {f"user:{world.operator.id}"}
    assert User.get_by_id(user.id).disabled_at is None


def test_an_operator_cannot_be_disabled(world):
    answer = world.as_("operator").post(f"/operator/people/{world.operator.id}/disabling")
    assert answer.status_code == 400
    assert "nobody might be left" in answer.text
    assert world.as_("operator").get(LIST).status_code == 200


def test_a_partners_page_keeps_hostile_names_text(world):
    Partner.update(name=HOSTILE).where(Partner.id == world.acme.id).execute()
    User.update(name=HOSTILE).where(User.id == world.acme.users["owner"].id).execute()
    operator = world.as_("operator")
    for path in (LIST, f"{LIST}/{world.acme.id}", f"/operator/people/{world.acme.users['owner'].id}/disabling"):
        page = operator.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


def test_missing_things_are_missing(world):
    operator = world.as_("operator")
    for path in (f"{LIST}/999999", f"{LIST}/{2**70}", "/operator/people/999999/disabling", "/operator/mail/none"):
        assert operator.get(path).status_code == 404
