"""Owners say who works for a partner and as what; everybody of the partner sees it; an owner always stays."""

import pytest

from portal.domain.accounts.people import disabling
from portal.domain.accounts.tables import Membership
from portal.domain.accounts.team import invitations, team
from portal.domain.accounts.team.tables import Invitation
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.errors import Forbidden, NotFound, Refused
from portal.domain.events.tables import Event
from portal.domain.mail.tables import Mail
from tests.affiliate.counting import queries
from tests.support.cast import PASSWORD
from tests.support.visitor import Visitor

pytestmark = pytest.mark.on_both_engines

TEAM = "/account/team"
HOSTILE = "\"><script>alert(1)</script>{{7*7}}'"


def row(party, role) -> Membership:
    return Membership.get(Membership.partner == party.partner, Membership.user == party.users[role])


def facts(party) -> list[str]:
    found = Event.select().where(Event.partner == party.partner, Event.type.startswith("team.")).order_by(Event.id)
    return [event.type for event in found]


def second_owner(world):
    """Acme's manager owns it as well."""
    team.change_role(world.acme.id, row(world.acme, "manager").id, "owner", world.acme.users["owner"].id, PASSWORD)


@pytest.mark.parametrize("role", ["owner", "manager", "cashier", "viewer"])
def test_everybody_of_the_partner_sees_who_works_there(world, role):
    page = world.as_("acme", role).get(TEAM).text
    for mail in ("owner@acme.example", "manager@acme.example", "cashier@acme.example", "viewer@acme.example"):
        assert mail in page
    assert "rival.example" not in page
    assert ("Invite somebody" in page) == ("Change role" in page) == ("Remove" in page) == (role == "owner")


def test_an_owner_changes_a_role_and_it_holds_at_the_next_page(world):
    viewer = world.as_("acme", "viewer")
    assert viewer.get("/catalogs/new").status_code == 403
    place = f"{TEAM}/{row(world.acme, 'viewer').id}/role"
    assert world.as_("acme").post(place, {"role": "manager"}).location == TEAM
    assert viewer.get("/catalogs/new").status_code == 200
    assert facts(world.acme) == ["team.role_changed"]
    assert Event.get(Event.type == "team.role_changed").data == {"from": "viewer", "to": "manager"}


def test_a_role_that_there_is_not_is_refused(world):
    place = f"{TEAM}/{row(world.acme, 'viewer').id}/role"
    assert world.as_("acme").post(place, {"role": "emperor"}).status_code == 422
    assert row(world.acme, "viewer").role == "viewer"


def test_who_is_taken_out_sees_no_page_of_the_partner_any_more(world):
    manager = world.as_("acme", "manager")
    assert manager.get("/catalogs").status_code == 200
    place = f"{TEAM}/{row(world.acme, 'manager').id}/removal"
    asked = world.as_("acme").get(place).text
    assert "manager@acme.example no longer works for Acme" in asked and "The role of manager" in asked
    assert Membership.select().where(Membership.partner == world.acme.partner).count() == 4, "Asking removes nobody."
    assert world.as_("acme").post(place).location == TEAM
    assert manager.get("/catalogs").status_code == 403
    assert "You belong to no partner yet" in manager.get("/").text
    assert facts(world.acme) == ["team.removed"]


def test_who_works_elsewhere_too_goes_on_there(world):
    Membership.create(user=world.acme.users["manager"], partner=world.rival.partner, role="viewer")
    manager = world.as_("acme", "manager")
    manager.post("/acting-partner", {"partner_id": world.acme.id})
    manager.post("/test-mode", {"on": "1"})
    world.as_("acme").post(f"{TEAM}/{row(world.acme, 'manager').id}/removal")
    page = manager.get(TEAM).text
    assert "owner@rival.example" in page and "owner@acme.example" not in page


def test_the_last_owner_is_neither_removed_nor_given_another_role_nor_leaves(world):
    owner, last = world.as_("acme"), row(world.acme, "owner")
    refused = [
        owner.post(f"{TEAM}/{last.id}/removal"),
        owner.post(f"{TEAM}/{last.id}/role", {"role": "viewer"}),
        owner.post(f"/account/memberships/{last.id}/leaving"),
    ]
    assert [answer.status_code for answer in refused] == [400, 422, 400]
    assert all("This is the last owner. Make somebody else an owner first" in answer.text for answer in refused)
    assert row(world.acme, "owner").role == "owner" and facts(world.acme) == []


def test_an_owner_who_was_disabled_is_none_to_rely_on(world):
    second_owner(world)
    disabling.disable(world.acme.users["manager"])
    with pytest.raises(Refused):
        team.leave(world.acme.id, world.acme.users["owner"].id)


def test_one_of_two_owners_leaves_and_their_invitations_end(world):
    second_owner(world)
    leaving = world.acme.users["owner"]
    for mail, by in (("a@x.example", leaving), ("b@x.example", world.acme.users["manager"])):
        invitations.invite(world.acme.partner, mail, "viewer", by.id, str)
    tokens.make(world.acme.partner, "Theirs", list(PERMITS), created_by=leaving.id)
    place = f"/account/memberships/{row(world.acme, 'owner').id}/leaving"
    owner = world.as_("acme")
    asked = owner.get(place).text
    assert "Open invitations that you sent: 1" in asked and "API tokens that you made go on working: 1" in asked
    assert owner.post(place).location == "/account/memberships"
    assert [open_.mail for open_ in invitations.open_of(world.acme.id)] == ["b@x.example"]
    assert owner.get(TEAM).status_code == 403
    assert facts(world.acme)[-1] == "team.left"


def test_who_no_longer_owns_the_partner_changes_nothing_there(world):
    """The right is asked inside the write: the page may have been opened before the role changed."""
    second_owner(world)
    former = world.acme.users["owner"].id
    team.change_role(world.acme.id, row(world.acme, "owner").id, "viewer", world.acme.users["manager"].id)
    for act in (
        lambda: team.remove(world.acme.id, row(world.acme, "cashier").id, former),
        lambda: team.change_role(world.acme.id, row(world.acme, "cashier").id, "owner", former, PASSWORD),
        lambda: invitations.invite(world.acme.partner, "x@x.example", "owner", former, str, PASSWORD),
    ):
        with pytest.raises(Forbidden):
            act()
    assert row(world.acme, "cashier").role == "cashier" and not Invitation.select().exists()


def test_foreign_people_are_missing(world):
    stranger, by = row(world.rival, "viewer").id, world.acme.users["owner"].id
    for act in (
        lambda: team.remove(world.acme.id, stranger, by),
        lambda: team.change_role(world.acme.id, stranger, "viewer", by),
        lambda: team.leave(world.rival.id, by),
    ):
        with pytest.raises(NotFound):
            act()
    own = row(world.acme, "viewer").id
    assert world.as_("rival").get(f"/account/memberships/{own}/leaving").status_code == 404


def test_in_test_mode_the_team_is_the_live_partners(world):
    owner = world.as_("acme")
    owner.post("/test-mode", {"on": "1"})
    page = owner.get(TEAM).text
    assert "The team is that of the live partner" in page and f'name="next" value="{TEAM}"' in page
    assert owner.get(f"{TEAM}/invitations/new").location == TEAM
    assert owner.post(f"{TEAM}/{row(world.acme, 'viewer').id}/removal").status_code == 404
    assert owner.post("/test-mode", {"on": "0", "next": TEAM}).location == TEAM
    assert "viewer@acme.example" in owner.get(TEAM).text


def test_hostile_names_stay_text(world):
    world.acme.users["viewer"].name = HOSTILE
    world.acme.users["viewer"].save()
    viewer = row(world.acme, "viewer").id
    for path in (TEAM, f"{TEAM}/{viewer}/role", f"{TEAM}/{viewer}/removal"):
        page = world.as_("acme").get(path).text
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_a_longer_team_takes_no_more_queries(world):
    owner: Visitor = world.as_("acme")
    owner.get(TEAM)
    before = queries(lambda: owner.get(TEAM))
    for number, person in enumerate((*world.rival.users.values(), *world.northwind.users.values())):
        Membership.create(user=person, partner=world.acme.partner, role="viewer")
        invitations.invite(
            world.acme.partner, f"n{number}@x.example", "viewer", world.acme.users["owner"].id, lambda key: key
        )
    assert queries(lambda: owner.get(TEAM)) == before


def test_who_gets_another_role_or_is_taken_out_is_told_by_mail_and_who_did_it_is_not(world):
    viewer, owner = row(world.acme, "viewer"), world.as_("acme")
    for _ in range(2):  # The same role again is no news.
        owner.post(f"{TEAM}/{viewer.id}/role", {"role": "manager"})
    owner.post(f"{TEAM}/{viewer.id}/removal")
    second_owner(world)
    Mail.delete().where(Mail.to.in_(["manager@acme.example", "owner@acme.example"])).execute()
    owner.post(f"{TEAM}/{row(world.acme, 'owner').id}/role", {"role": "viewer"})
    told = list(Mail.select().order_by(Mail.id))
    assert [(mail.to, mail.subject, mail.partner_id) for mail in told] == [
        ("viewer@acme.example", "Your role at Acme has changed", world.acme.id),
        ("viewer@acme.example", "You no longer work for Acme", world.acme.id),
    ]
    assert "Acme Owner gave you another role at Acme: manager." in told[0].text
    assert "http://127.0.0.1:8000/for/acme/account/team" in told[0].text
