"""An address is somebody's own once a link that was mailed to it was followed, or the operator says so."""

import pytest

from portal.domain.accounts.people import people, proved
from portal.domain.accounts.sign_ins import password_resets
from portal.domain.accounts.tables import User
from portal.domain.accounts.team import invitations, team
from portal.domain.errors import Refused
from tests.support import mailed
from tests.support.newcomers import unproved

pytestmark = pytest.mark.on_both_engines


@pytest.fixture
def newcomer(world) -> User:
    """Somebody who signed up before codes were asked for, and has not looked into their mail."""
    return unproved()


def invited(world, mail: str):
    keys: list[str] = []
    owner = world.acme.users["owner"].id
    invitations.invite(world.acme.partner, mail, "viewer", owner, lambda key: keys.append(key) or key)
    return invitations.of_key(keys[0])


def test_whoever_signs_up_has_proved_nothing_yet(newcomer):
    assert not proved.is_proved(newcomer.id)
    with pytest.raises(Refused, match="not proved yet"):
        proved.refuse_unproved(newcomer.id)


def test_a_mailed_link_that_was_followed_proves_it(newcomer):
    password_resets.use(mailed.reset_key(newcomer.mail), "an entirely new password", keeps=True)
    proved.refuse_unproved(newcomer.id)


def test_so_does_an_invitation_that_was_accepted(world, newcomer):
    invitations.accept(invited(world, newcomer.mail), newcomer)
    assert proved.is_proved(newcomer.id)
    joined = invitations.accept_as_new(invited(world, "nora@new.example"), "Nora New", "a long enough password")
    assert proved.is_proved(joined.id)


def test_the_operator_vouches_for_whom_they_enter(world):
    operator = people.first_operator("ada@portal.example", "Ada", "a long enough password")
    cashier = team.enrol("bo@acme.example", "Bo", "a long enough password", world.acme.partner, "cashier")
    assert proved.is_proved(operator.id) and proved.is_proved(cashier.id)
