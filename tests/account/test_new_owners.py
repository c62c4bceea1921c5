"""Whoever becomes an owner decides about everything: somebody who owns the partner proves it once more, and all owners are told."""

import pytest

from portal.domain.accounts.sign_ins import password_resets, proofs
from portal.domain.accounts.tables import Membership
from portal.domain.accounts.team import invitations, team
from portal.domain.accounts.team.tables import Invitation
from portal.domain.errors import Invalid, Refused
from portal.domain.mail.tables import Mail
from tests.account.mails import newest_link
from tests.support import mailed
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.on_both_engines
INVITE = "/account/team/invitations/new"


def manager_of(party) -> Membership:
    return Membership.get(Membership.partner == party.id, Membership.user == party.users["manager"])


def give(party, password=PASSWORD):
    return team.change_role(party.id, manager_of(party).id, "owner", party.users["owner"].id, password)


def invite(party, password=PASSWORD):
    return invitations.invite(party.partner, "ada@new.example", "owner", party.users["owner"].id, str, password)


@pytest.mark.parametrize("act", [give, invite])
def test_nobody_is_made_an_owner_without_the_password(world, act):
    for wrong in ("", "another one"):
        with pytest.raises(Invalid) as refused:
            act(world.acme, wrong)
        assert refused.value.field == "password"
    assert manager_of(world.acme).role == "manager"
    assert not Invitation.select().exists() and not Mail.select().exists()


@pytest.mark.parametrize("act", [give, invite])
def test_nor_with_one_that_was_changed_meanwhile(world, monkeypatch, act):
    prove, links = proofs.by_password, [mailed.reset_key(world.acme.users["owner"].mail)]

    def proved_a_moment_ago(*given, **more):
        user = prove(*given, **more)
        password_resets.use(links.pop(), "the password of its owner")
        return user

    monkeypatch.setattr(proofs, "by_password", proved_a_moment_ago)
    with pytest.raises(Refused, match="password was changed"):
        act(world.acme)
    assert manager_of(world.acme).role == "manager" and not Invitation.select().exists()


def test_the_pages_ask_for_it_and_every_owner_is_told(world):
    owner = world.as_("acme")
    role = f"/account/team/{manager_of(world.acme).id}/role"
    for place, given in ((role, {"role": "owner"}), (INVITE, {"role": "owner", "mail": "ada@new.example"})):
        refused = owner.post(place, given)
        assert refused.status_code == 422 and "an owner decides about everything here" in refused.text
    assert owner.post(role, {"role": "owner", "password": PASSWORD}).location == "/account/team"
    told = Mail.get(Mail.to == "owner@acme.example")
    assert told.subject == "Acme has another owner" and "Acme Manager (manager@acme[.]example)" in told.text
    assert "Acme Owner gave them this role." in told.text


def test_who_joins_as_an_owner_is_told_to_all_who_own_it_already(world):
    given = {"role": "owner", "mail": "ada@new.example", "password": PASSWORD}
    assert world.as_("acme").post(INVITE, given).location == "/account/team"
    joining = {"name": "Ada New", "password": "a long enough password"}
    assert world.anonymous().post(newest_link("ada@new.example"), joining).location == "/"
    told = list(Mail.select().where(Mail.subject == "Acme has another owner"))
    assert [mail.to for mail in told] == ["owner@acme.example"] and "Ada New (ada@new[.]example)" in told[0].text


def test_other_roles_ask_for_none(world):
    viewer = Membership.get(Membership.partner == world.acme.id, Membership.user == world.acme.users["viewer"])
    owner = world.as_("acme")
    assert owner.post(f"/account/team/{viewer.id}/role", {"role": "manager"}).location == "/account/team"
    assert owner.post(INVITE, {"role": "viewer", "mail": "ada@new.example"}).location == "/account/team"
