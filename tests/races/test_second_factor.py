"""A code is given by many at the same moment: one of them gets in."""

from collections import Counter

import pytest

from portal.domain import sealing
from portal.domain.accounts.sign_ins import half_sign_ins, passwords, recovery, sign_ins
from portal.domain.accounts.tables import User
from portal.domain.identifiers import new_uuid
from tests.races.control import is_lost
from tests.support import phone
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.races
AT_ONCE = 16
ONE = Counter({False: AT_ONCE - 1, True: 1})


def somebody(server):
    """A person whom no other test knows, and their phone."""
    sealing.use_secret(server.settings.secret_key)
    with server.connected():
        mail = f"{new_uuid()}@races.example"
        user = User.create(mail=mail, name="Racer", password_hash=passwords.hashed(PASSWORD))
        return user, phone.turned_on(user)


def test_a_code_of_the_app_lets_one_in(server, crowd):
    user, app = somebody(server)
    for _ in range(3):
        assert Counter(crowd.all("prove", user.id, app.code())) == ONE
        with server.connected():
            phone.half_a_minute_passes(user)


def test_a_recovery_code_lets_one_in(server, crowd):
    user, app = somebody(server)
    for code in app.recovery_codes[:3]:
        assert Counter(crowd.all("prove", user.id, code)) == ONE


def test_half_a_sign_in_is_finished_once(server, crowd):
    """With as many good codes as there are tries."""
    user, app = somebody(server)
    with server.connected():
        key = half_sign_ins.begin(user)
    assert Counter(crowd.all("finish", key, app.recovery_codes)) == ONE
    with server.connected():
        assert recovery.left(user.id) == recovery.COUNT - 1
        assert len(sign_ins.open_of(user.id)) == 2  # one of them set the second factor up


def test_without_the_guards_a_code_lets_everybody_in(unguarded, unguarded_crowd):
    def play(_):
        user, app = somebody(unguarded.server)
        by_app = unguarded_crowd.all("prove", user.id, app.code())
        by_recovery_code = unguarded_crowd.all("prove", user.id, app.recovery_codes[0])
        return sum(by_app) > 1 and sum(by_recovery_code) > 1

    assert is_lost(play)
