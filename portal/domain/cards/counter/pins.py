"""Changing places at a counter: each of the team has a PIN, and what is booked is booked as theirs.

A PIN is no sign-in: it opens the counter alone, on a phone where somebody of the team has signed in. Guesses are counted by person and
phone, so that nobody keeps anybody out elsewhere; and in a day by who has signed in there, for whom signing in anew is no new phone.
"""

import re
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from portal.database import Statement, transaction
from portal.domain import sealing
from portal.domain.accounts.roles import MAY_EDIT, MAY_SERVE
from portal.domain.accounts.sign_ins import guesses, proofs
from portal.domain.accounts.tables import Membership, Partner, User
from portal.domain.accounts.team import inherited
from portal.domain.cards.counter.tables import CounterPin
from portal.domain.errors import Forbidden, Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.mail import addresses, outbox
from portal.domain.sentences import say

_PIN = re.compile("[0-9]{4,6}")
_PAGE = "/account/team"
_AT_ONCE, _A_DAY = 5, 20
_COMMON = frozenset({"1234", "12345", "123456", "4321", "54321", "654321"})
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # As OWASP recommends for passwords.
_SERVING = """SELECT m.id AS membership_id, u.id AS user_id, u.name, p.set_at, p.pin_hash FROM counter_pin p
    JOIN membership m ON m.id = p.membership_id JOIN person u ON u.id = m.user_id
    WHERE m.partner_id = :partner AND u.disabled_at IS NULL AND m.role IN :roles"""


class Serving(NamedTuple):
    """Somebody of the team who may serve; `set_at` is when they chose their PIN, if they did."""

    membership_id: int
    user_id: int
    name: str
    set_at: int | None


class Server(NamedTuple):
    """Somebody of the team who has a PIN."""

    membership_id: int
    user_id: int
    name: str
    set_at: int
    pin_hash: str


_ALL = Statement(f"{_SERVING} ORDER BY u.name, m.id", Server)
_ONE = Statement(f"{_SERVING} AND m.id = :membership", Server)


_TEAM = Statement(
    """SELECT m.id AS membership_id, u.id AS user_id, u.name, p.set_at FROM membership m JOIN person u ON u.id = m.user_id
    LEFT JOIN counter_pin p ON p.membership_id = m.id WHERE m.partner_id = :partner AND m.role IN :roles ORDER BY u.name, m.id""",
    Serving,
)


def serving(home_id: int) -> list[Serving]:
    """Who of the live partner's team may serve, by name."""
    return _TEAM.rows(partner=home_id, roles=sorted(MAY_SERVE))


def of(home_id: int) -> list[Server]:
    """Who of the live partner's team can take over, by name."""
    return _ALL.rows(partner=home_id, roles=sorted(MAY_SERVE))


def one(home_id: int, membership_id: int) -> Server:
    """One of them. Raises NotFound, also for somebody who has left, is disabled or serves no more."""
    found = _ONE.row(partner=home_id, roles=sorted(MAY_SERVE), membership=membership_id)
    if found is None:
        raise NotFound(say("cashier"))
    return found


def choose(home_id: int, user_id: int, pin: str, password: str) -> None:
    """Set or change somebody's own PIN, four to six digits, of which they are told by mail. Raises Invalid for another one or for a wrong password, TooMany for
    guesses at that, and Refused for whoever is not of the team themselves."""
    if not _PIN.fullmatch(pin) or pin in _COMMON or len(set(pin)) == 1:
        raise Invalid("pin", say("Choose four to six digits, not the same ones and not in a row from one."))
    person = proofs.by_password(user_id, password)
    kept = _hasher.hash(_peppered(home_id, user_id, pin))
    with transaction():
        proofs.refuse_changed(person)
        membership = Membership.get_or_none(Membership.user == user_id, Membership.partner == home_id)
        if membership is None or membership.role not in MAY_SERVE:
            raise Refused(say("A PIN is for people of the team. You came here from the parent."))
        CounterPin.delete().where(CounterPin.membership == membership).execute()
        CounterPin.create(membership=membership, pin_hash=kept)
        log.record(home_id, "counter.pin_set", "user", user_id)
        _tell(person, home_id, say("Your PIN at the counter was set"), "pin_set")


def remove(home_id: int, membership_id: int, by: int) -> None:
    """Take a PIN away: nobody serves by it any more. Whose it was is told by mail, unless they did it themselves. Raises NotFound where
    there is none, Forbidden for who may not change anything of the partner's."""
    with transaction():
        if inherited.role(by, home_id) not in MAY_EDIT:
            raise Forbidden(say("Only an owner or a manager removes the PIN of somebody else."))
        its = CounterPin.membership.in_(Membership.select().where(Membership.partner == home_id))
        if not CounterPin.delete().where(its, CounterPin.membership == membership_id).execute():
            raise NotFound(say("PIN"))
        person = Membership.get_by_id(membership_id).user
        log.record(home_id, "counter.pin_removed", "user", person.id)
        if person.id != by:
            _tell(
                person, home_id, say("Your PIN at the counter was removed"), "pin_removed", by=User.get_by_id(by).name
            )


def enter(home_id: int, membership_id: int, pin: str, phone: str, signed_in: int) -> Server:
    """Whose PIN this is, typed on a `phone` where a user has signed in. Raises NotFound, Invalid for another PIN, and TooMany when somebody
    guesses there."""
    found = one(home_id, membership_id)
    at_once = guesses.Counter("PIN", f"{membership_id} {phone}", _AT_ONCE, 600)
    of_a_day = guesses.Counter("PIN by day", f"{membership_id} {signed_in}", _A_DAY, 86_400)
    with guesses.counted(at_once, of_a_day):
        if not _fits(found, home_id, pin):
            raise Invalid("pin", say("This is not the PIN of {name}.", name=found.name))
    return found


def is_still(home_id: int, membership_id: int, set_at: int) -> Server | None:
    """Who took over with the PIN that was set at this moment; None once it was changed, or they may not serve any more."""
    found = _ONE.row(partner=home_id, roles=sorted(MAY_SERVE), membership=membership_id)
    return found if found and found.set_at == set_at else None


def _tell(person: User, home_id: int, subject: str, text: str, **values) -> None:
    partner = Partner.get_by_id(home_id)
    values |= {"name": person.name, "partner": partner.name, "link": addresses.full_for(partner.slug, _PAGE)}
    outbox.put(person.mail, subject, text, home_id, reset=addresses.full("/password-reset"), **values)


def _fits(found: Server, home_id: int, pin: str) -> bool:
    try:
        return _hasher.verify(found.pin_hash, _peppered(home_id, found.user_id, pin[:20]))
    except VerificationError:
        return False


def _peppered(home_id: int, user_id: int, pin: str) -> str:
    """So few digits are tried through in no time by whoever has the table; not without the installation's secret."""
    return sealing.mac("PIN of a counter", f"{home_id} {user_id} {pin}").hex()
