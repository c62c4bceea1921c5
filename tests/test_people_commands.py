"""The operator's commands about people, each on both engines."""

import pytest

from portal.domain.accounts.people import details as person_details
from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import password_resets, second_factor, sign_ins
from portal.domain.accounts.tables import User
from portal.domain.errors import Refused
from portal.domain.events.tables import Event
from portal.domain.mail.tables import Mail
from tests.support import phone
from tests.support.cast import PASSWORD
from tests.test_commands import run  # noqa: F401 - a fixture

NEW = "a new long password"


def test_everybody_is_listed_with_what_is_known_of_them(run, world):  # noqa: F811
    manager = world.acme.users["manager"]
    phone.turned_on(manager)
    run("user", "disable", manager.mail)
    assert (
        run("user", "list", "MANAGER@acme")
        == "manager@acme.example\tAcme Manager\tacme (manager)\tsecond factor, disabled\n"
    )
    assert run("user", "list", "ines") == "operator@portal.example\tInes Operator\tno partner\toperator\n"
    assert run("user", "list", "%") == ""
    assert len(run("user", "list").splitlines()) == User.select().count()


def test_more_people_than_a_page_holds_are_listed(run, world):  # noqa: F811
    User.insert_many(
        [{"mail": f"p{number}@many.example", "name": "P", "password_hash": "none"} for number in range(101)]
    ).execute()
    assert len(set(run("user", "list", "many.example").splitlines())) == 101


def test_a_link_sets_a_new_password_once_and_leaves_the_second_factor(run, world):  # noqa: F811
    owner = world.acme.users["owner"]
    phone.turned_on(owner)
    link = run("user", "reset-password", "Owner@Acme.example").strip()
    assert link.startswith("http://127.0.0.1:8000/password-reset/")
    path = link.removeprefix("http://127.0.0.1:8000")
    assert world.anonymous().post(path, {"password": NEW}).location == "/sign-in"
    assert world.anonymous().post(path, {"password": NEW}).status_code == 410
    assert people.proven(owner.mail, NEW) and second_factor.since(owner.id)
    facts = Event.select().where(Event.partner == world.acme.id, Event.thing_id == str(owner.id)).order_by(Event.id)
    assert [(fact.type, fact.actor) for fact in facts][-2:] == [
        ("password.link_made", "system"), ("password.changed", "nobody"),
    ]  # fmt: skip
    assert Mail.select().order_by(Mail.id.desc()).get().subject == "Your password was changed"


def test_whoever_is_kept_out_gets_no_link(run, world):  # noqa: F811
    run("user", "disable", "viewer@acme.example")
    assert "Let them in again first" in run("user", "reset-password", "viewer@acme.example", code=1)
    run("user", "enable", "viewer@acme.example")
    assert password_resets.owner_of(run("user", "reset-password", "viewer@acme.example").strip().rpartition("/")[2])


def test_even_the_only_operator_gets_in_again_without_the_app(run, world):  # noqa: F811
    operator, key = world.operator, world.key_of("operator")
    phone.turned_on(operator)
    assert "the password alone" in run("user", "reset-second-factor", operator.mail)
    assert sign_ins.find(key) is None, "The lost phone may be signed in."
    assert world.anonymous().post("/sign-in", {"mail": operator.mail, "password": PASSWORD}).location == "/"
    assert Mail.get(Mail.to == operator.mail, Mail.subject == "Your second factor was removed")
    assert "has no second factor" in run("user", "reset-second-factor", operator.mail)


def test_a_person_is_kept_out_and_let_in_again_and_an_operator_is_not(run, world):  # noqa: F811
    signed_in = world.as_("acme", "manager")
    run("user", "disable", "manager@acme.example")
    assert signed_in.get("/catalogs").status_code == 302
    run("user", "enable", "manager@acme.example")
    assert people.proven("manager@acme.example", PASSWORD)
    assert "An operator cannot be disabled" in run("user", "disable", world.operator.mail, code=1)


def test_a_person_gets_another_address_and_both_are_told(run, world):  # noqa: F811
    owner = world.acme.users["owner"]
    key = run("user", "reset-password", owner.mail).strip().rpartition("/")[2]
    signed_in = world.as_("acme")
    run("user", "change-mail", owner.mail, "Ada@New.example")
    assert signed_in.get("/catalogs").status_code == 302, "Every sign-in has ended."
    with pytest.raises(Refused, match="changed a moment ago"):
        person_details.change_mail(owner, "thief@new.example")  # As it was read before.
    assert people.proven("ada@new.example", PASSWORD) and not people.proven("owner@acme.example", PASSWORD)
    assert not password_resets.owner_of(key)
    told = {mail.to for mail in Mail.select().where(Mail.subject == "Your mail address was changed")}
    assert told == {"owner@acme.example", "ada@new.example"}
    assert Event.get(Event.type == "person.mail_changed").partner_id == world.acme.id


def test_an_address_that_somebody_has_or_that_is_none_is_refused(run, world):  # noqa: F811
    taken = run("user", "change-mail", "owner@acme.example", "viewer@acme.example", code=1)
    assert "Somebody else has the mail address viewer@acme.example" in taken
    assert "Give a mail address" in run("user", "change-mail", "owner@acme.example", "nothing", code=1)
    assert people.proven("owner@acme.example", PASSWORD) and Mail.select().count() == 0


def test_nobody_is_said_so(run, world):  # noqa: F811
    for command in ("reset-password", "reset-second-factor", "disable", "enable"):
        assert "Nobody has the mail address x@nowhere.example" in run("user", command, "x@nowhere.example", code=1)
