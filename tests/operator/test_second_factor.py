"""The operator helps whoever has lost app and recovery codes."""

from portal.domain.accounts.sign_ins import second_factor
from portal.domain.events.tables import Event
from portal.domain.mail.tables import Mail
from tests.support import phone
from tests.support.cast import PASSWORD


def test_a_second_factor_is_removed_after_asking_and_its_person_is_told(world):
    user, operator = world.acme.users["manager"], world.as_("operator")
    app, signed_in = phone.turned_on(user), world.as_("acme", "manager")
    list_ = f"/operator/people/{user.id}"
    place = f"{list_}/second-factor/removal"
    assert place in operator.get(list_).text
    assert "who asks for this" in operator.get(place).text and second_factor.since(user.id)
    for wrong in ({}, {"password": "another one"}):
        assert operator.post(place, wrong).status_code == 422 and second_factor.since(user.id)
    assert operator.post(place, {"password": PASSWORD}).location == list_
    assert place not in operator.get(list_).text
    assert signed_in.get("/account/sign-ins").status_code == 302
    assert not second_factor.prove(user, app.recovery_codes[0])
    assert world.anonymous().post("/sign-in", {"mail": user.mail, "password": PASSWORD}).location == "/"
    mail = Mail.select().order_by(Mail.id.desc()).get()
    assert (mail.to, mail.subject) == (user.mail, "Your second factor was removed")
    assert "the operator of the portal removed your second factor" in mail.text
    event = Event.get(Event.type == "second_factor.removed")
    assert (event.partner_id, event.thing_id, event.actor) == (world.acme.id, str(user.id), f"user:{world.operator.id}")


def test_where_there_is_none_nothing_is_removed_and_nobody_told(world):
    user, operator = world.acme.users["viewer"], world.as_("operator")
    place = f"/operator/people/{user.id}/second-factor/removal"
    assert "has no second factor" in operator.get(place).text
    operator.post(place, {"password": PASSWORD})
    assert (Mail.select().count(), Event.select().where(Event.type == "second_factor.removed").count()) == (0, 0)
    assert operator.get("/operator/people/999999/second-factor/removal").status_code == 404


def test_an_operators_own_asks_for_a_code_as_everybodys(world):
    operator = world.as_("operator")
    phone.turned_on(world.operator)
    answer = operator.post(f"/operator/people/{world.operator.id}/second-factor/removal", {"password": PASSWORD})
    assert answer.status_code == 422 and "with a code" in answer.text
    assert second_factor.since(world.operator.id)
