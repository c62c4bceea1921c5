"""The operator finds everybody who signs in, whether or not they belong to a partner, and helps them."""

import pytest

from portal.domain.accounts.people import disabling, people
from portal.domain.accounts.sign_ins import password_resets
from portal.domain.accounts.tables import Membership, User
from portal.domain.events.tables import Event
from portal.domain.mail.tables import Mail
from tests.account.mails import newest_link
from tests.affiliate.counting import queries

LIST = "/operator/people"
HOSTILE = "<script>alert(1)</script>{{7*7}}"


def rows(answer) -> list[str]:
    return [part.split("</a>")[0].split(">")[-1] for part in answer.text.split('class="row-link"')[1:]]


@pytest.mark.on_both_engines
@pytest.mark.parametrize("search", ["MANAGER@acme", "acme manager"])
def test_people_are_found_by_mail_and_name(world, search):
    assert rows(world.as_("operator").get(f"{LIST}?q={search}")) == ["Acme Manager"]


@pytest.mark.on_both_engines
def test_a_search_is_text_not_a_pattern_and_names_stay_text(world):
    User.update(name=HOSTILE).where(User.id == world.acme.users["owner"].id).execute()
    operator = world.as_("operator")
    assert "Nobody fits" in operator.get(f"{LIST}?q=%25").text
    for path in (f"{LIST}?q={HOSTILE}", LIST, f"{LIST}/{world.acme.users['owner'].id}"):
        assert "<script>alert" not in operator.get(path).text


@pytest.mark.on_both_engines
def test_the_list_goes_on_and_back_and_asks_as_much_for_many_as_for_few(world):
    operator = world.as_("operator")
    few = queries(lambda: operator.get(f"{LIST}?q=acme"))
    made = [{"mail": f"p{number}@many.example", "name": f"P{number}", "password_hash": "x"} for number in range(120)]
    User.insert_many(made).execute()
    for user in User.select().where(User.mail.endswith("many.example")):
        Membership.create(user=user, partner=world.acme.partner, role="viewer")
    seen, path = [], f"{LIST}?q=many.example"
    assert queries(lambda: operator.get(path)) == few
    while path:
        page = operator.get(path)
        seen.append(rows(page))
        path = link_of(page, "Older")
    assert [len(found) for found in seen] == [50, 50, 20]
    assert [name for found in seen for name in found] == [f"P{number}" for number in reversed(range(120))]
    assert rows(operator.get(link_of(page, "Newer"))) == seen[1]


def link_of(page, word: str) -> str | None:
    rel = {"Older": 'rel="next"', "Newer": 'rel="prev"'}[word]
    if rel not in page.text:
        return None
    return page.text.split(rel)[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")


@pytest.mark.on_both_engines
def test_whoever_belongs_to_no_partner_any_more_is_found_and_let_in_again(world):
    viewer, operator = world.acme.users["viewer"], world.as_("operator")
    Membership.delete().where(Membership.user == viewer).execute()
    disabling.disable(viewer)
    assert rows(operator.get(f"{LIST}?show=disabled")) == ["Acme Viewer"]
    place = f"{LIST}/{viewer.id}"
    assert "Belongs to no partner" in operator.get(place).text
    assert operator.post(f"{place}/enabling").location == place
    assert rows(operator.get(f"{LIST}?show=disabled")) == []


def test_a_link_for_a_new_password_is_mailed_and_written_into_the_log(world):
    owner, operator = world.acme.users["owner"], world.as_("operator")
    assert operator.post(f"{LIST}/{owner.id}/password-reset").location == f"{LIST}/{owner.id}"
    link = newest_link(owner.mail)
    assert world.anonymous().post(link, {"password": "a new long password"}).location == "/sign-in"
    assert people.proven(owner.mail, "a new long password")
    event = Event.get(Event.type == "password.link_made")
    assert (event.partner_id, event.actor) == (world.acme.id, f"user:{world.operator.id}")


def test_whoever_is_kept_out_is_sent_no_link(world):
    owner = world.acme.users["owner"]
    disabling.disable(owner)
    operator = world.as_("operator")
    assert operator.post(f"{LIST}/{owner.id}/password-reset").status_code == 400
    assert "Mail a link" not in operator.get(f"{LIST}/{owner.id}").text
    assert (Mail.select().count(), Event.select().where(Event.type == "password.link_made").count()) == (0, 0)


def test_disabling_the_only_owner_says_what_it_means_for_the_partner(world):
    operator = world.as_("operator")
    ask = f"{LIST}/{world.acme.users['owner'].id}/disabling"
    assert "Acme has no other owner" in operator.get(ask).text
    Membership.update(role="owner").where(Membership.user == world.acme.users["manager"].id).execute()
    assert "no other owner" not in operator.get(ask).text


def test_others_send_no_links(world):
    victim = world.rival.users["owner"]
    assert world.as_("acme").post(f"{LIST}/{victim.id}/password-reset").status_code == 404
    assert Mail.select().count() == 0
    assert world.as_("operator").post_without_token(f"{LIST}/{victim.id}/password-reset").status_code == 400
    password_resets.send(victim)
    assert Mail.select().count() == 1
