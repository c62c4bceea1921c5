"""Two owners who leave at the same moment: one of them stays, whatever the engine does in between."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.database import Statement, database
from portal.domain.accounts.partners import partners
from portal.domain.accounts.tables import Membership, User
from portal.domain.accounts.team import invitations, team
from portal.domain.accounts.team.tables import Invitation
from portal.domain.errors import DomainError

pytestmark = pytest.mark.on_both_engines

OWNERS = 6


@pytest.fixture
def owners(world) -> list[User]:
    """Acme with six owners and nobody else."""
    Membership.delete().where(Membership.partner == world.acme.partner).execute()
    people = [*world.rival.users.values(), *world.acme.users.values()][:OWNERS]
    for person in people:
        Membership.create(user=person, partner=world.acme.partner, role="owner")
    return people


def at_once(*acts) -> list:
    """What each act came to, on a connection of its own: True, or the refusal."""
    gate = threading.Barrier(len(acts))

    def one(act):
        try:
            gate.wait()
            act()
            return True
        except DomainError as error:
            return type(error).__name__
        finally:
            database.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def owners_left(world) -> int:
    return Membership.select().where(Membership.partner == world.acme.partner, Membership.role == "owner").count()


def test_of_all_owners_who_leave_at_once_one_stays(world, owners):
    outcomes = at_once(*(lambda user=user: team.leave(world.acme.id, user.id) for user in owners))
    assert sorted(map(str, outcomes)) == ["Refused"] + ["True"] * (OWNERS - 1)
    assert owners_left(world) == 1


def test_of_all_owners_who_demote_or_remove_the_next_one_stays(world, owners):
    rows = [Membership.get(Membership.partner == world.acme.partner, Membership.user == user) for user in owners]
    acts = []
    for number, by in enumerate(owners):
        target = rows[(number + 1) % OWNERS].id
        if number % 2:
            acts.append(lambda target=target, by=by: team.remove(world.acme.id, target, by.id))
        else:
            acts.append(lambda target=target, by=by: team.change_role(world.acme.id, target, "viewer", by.id))
    at_once(*acts)
    assert owners_left(world) >= 1


def test_an_invitation_is_accepted_once(world):
    invitations.invite(world.acme.partner, "new@x.example", "viewer", world.acme.users["owner"].id, str)
    row = Invitation.get()
    acts = [lambda n=n: invitations.accept_as_new(row, f"Nobody {n}", "a long enough password") for n in range(4)]
    outcomes = at_once(*acts)
    assert outcomes.count(True) == 1 and outcomes.count("Refused") == 3
    assert User.select().where(User.mail == "new@x.example").count() == 1
    assert Membership.select().where(Membership.partner == world.acme.partner).count() == 5


@pytest.mark.engine("postgresql")  # SQLite's writers queue before they read; there is no guard to take out.
def test_without_the_lock_every_owner_is_gone(world, owners, monkeypatch):
    class Hesitating(Statement):
        def value(self, **given):
            found = super().value(**given)
            time.sleep(0.3)
            return found

    monkeypatch.setattr(partners, "_HOLD", Statement("SELECT id FROM partner WHERE id = :partner"))
    monkeypatch.setattr(team, "_OTHER_OWNERS", Hesitating(team._OTHER_OWNERS.written))
    at_once(*(lambda user=user: team.leave(world.acme.id, user.id) for user in owners))
    assert owners_left(world) == 0
