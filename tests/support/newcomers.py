"""Whoever signs up: by the form and the mailed code, and as sign-ups of before left them, with an address that is not proved."""

from portal.domain.accounts.partners import partners
from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import User
from tests.support import mailed

GOOD = {
    "name": "Ada Okafor", "company": "Lovelace Works", "mail": "ada@lovelace.example",
    "password": "a long enough password", "time_zone": "Europe/Vienna", "currency": "EUR",
}  # fmt: skip


def sign_up(visitor, form: dict[str, str] = GOOD, **more):
    """The answer to the mailed code: signed in on the start page."""
    visitor.post("/sign-up", form, **more)
    visitor.get("/sign-up/code")
    return visitor.post("/sign-up/code", {"code": mailed.code(form["mail"])})


def unproved(form: dict[str, str] = GOOD) -> User:
    """A person with a partner, whose address nobody has proved."""
    user = User.create(mail=form["mail"], name=form["name"], password_hash=passwords.hashed(form["password"]))
    partners.found(form["company"], user, True)
    return user
