"""Nobody learns from the time of an answer whether somebody has an address: the same statements run and the same is hashed."""

import re
from contextlib import contextmanager

import pytest

from portal.database import database
from portal.domain import sealing
from portal.domain.accounts.partners import terms
from portal.domain.accounts.people import disabling
from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import PasswordReset, User
from portal.domain.accounts.team import invitations
from portal.domain.mail.tables import Mail
from tests.support.newcomers import GOOD, unproved

pytestmark = pytest.mark.on_both_engines
_SAVEPOINT = re.compile(r"^(ROLLBACK TO )?(RELEASE )?SAVEPOINT\b.*", re.IGNORECASE)
KNOWN = ("owner@acme.example", "viewer@acme.example", "ada@unproved.example")


@contextmanager
def watched(monkeypatch):
    """What the database and the hasher are asked meanwhile, in order."""
    done: list[str] = []

    def note(of, name, what):
        asked = getattr(of, name)
        monkeypatch.setattr(of, name, lambda *given, **named: (done.append(what(*given)), asked(*given, **named))[1])

    with monkeypatch.context():
        note(database.obj, "execute_sql", lambda sql, *_: _SAVEPOINT.sub("SAVEPOINT", sql))
        hasher = passwords._hasher

        class Watched:
            def hash(self, password):
                done.append("hash")
                return hasher.hash(password)

            def verify(self, *given):
                done.append("verify")
                return hasher.verify(*given)

        monkeypatch.setattr(passwords, "_hasher", Watched())
        note(sealing, "mac", lambda purpose, _: f"mac {purpose}")
        yield done
    monkeypatch.undo()


@pytest.fixture
def work(world, monkeypatch):
    """The work of an answer to this form, for somebody who has not been here; and the answer."""
    disabling.disable(world.acme.users["viewer"])
    unproved(GOOD | {"mail": "ada@unproved.example"})
    terms.publish("Be kind.", None)

    def of(path, form):
        visitor = world.anonymous()
        visitor.get(path)
        for user in User.select():
            visitor.client.set_cookie(f"portal-known-{user.id}", "forged.9999999999.cookie", domain="127.0.0.1")
        with watched(monkeypatch) as done:
            answer = visitor.post(path, form)
        return [line for line in done if line != "SAVEPOINT"], answer.status_code

    return of


@pytest.mark.parametrize(
    ("path", "form", "least"),
    [
        ("/password-reset", {}, 2),
        ("/sign-up", GOOD | {"terms": "1"}, 6),
        ("/sign-in", {"password": "a wrong password"}, 2),
    ],
    ids=["reset", "sign up", "sign in"],
)
def test_an_answer_costs_the_same_whoever_has_the_address(work, path, form, least):
    nobodys = work(path, form | {"mail": "nobody@acme.example"})
    assert len(nobodys[0]) >= least and any(line.startswith("INSERT") for line in nobodys[0])
    for mail in KNOWN:
        assert work(path, form | {"mail": mail}) == nobodys, mail


def test_an_invitation_costs_the_same_whoever_has_the_address(world, monkeypatch):
    costs = []
    for mail in ("owner@rival.example", "nobody@rival.example"):
        with watched(monkeypatch) as done:
            invitations.invite(world.acme.partner, mail, "viewer", world.acme.users["owner"].id, str)
        costs.append(done)
    assert costs[0] == costs[1]


def test_nothing_is_left_of_what_was_done_for_the_sake_of_time(world):
    counts = [model.select().count() for model in (User, Mail, PasswordReset)]
    world.anonymous().post("/sign-up", GOOD | {"mail": "owner@acme.example"})
    assert [model.select().count() for model in (User, Mail, PasswordReset)] == counts
