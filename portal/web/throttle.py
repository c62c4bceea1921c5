"""How often one may try, and who is counted with whom.

Tries are counted before they are made, so that no race gets more of them, and given back when they were no guess. Strangers are
counted by address and by the person they try; a browser that the person has come in with before is counted by itself, so that
nobody locks anybody out. Who is signed in already is counted by the domain where it asks for the password once more.
"""

from flask import current_app, request
from flask_login import current_user

from portal.domain.accounts.sign_ins import guesses, recovery
from portal.domain.accounts.sign_ins.guesses import Counter, TooMany
from portal.domain.accounts.tables import User
from portal.domain.mail.strangers import A_RECEIVER_A_DAY
from portal.domain.sentences import joined, say
from portal.server.limits import network
from portal.web import known_browsers

_WHILE, _HOUR, _DAY = 600, 3600, 86_400  # seconds
_MANY = 5  # people behind one address: an office, a school
_EVERYWHERE = 2  # as many from all addresses as from one, for one mail address: one stranger alone does not use them up
_A_DAY = 10  # times as many guesses at one mail address in a day as at once
OF_A_HALF_SIGN_IN = 5  # codes that one password is good for
OF_A_HALF_SIGN_UP = 5  # codes, of a hundred million, that may be tried for one form
_CODES_A_DAY = OF_A_HALF_SIGN_UP * A_RECEIVER_A_DAY  # for one mail address from one network: of all that are mailed
_WAIT = say("Too many tries in a short time. Wait a few minutes, then try again.")
MAIL = joined([_WAIT, say("A link that is mailed to you lets you in at once: choose “Forgot your password?”.")])
SIGN_UP = say("Too many codes were tried. Open the link in the mail, or begin again: another code is mailed then.")
CODE = say(
    "Too many codes were tried. A recovery code lets you in now, and so does a browser that you have "
    "signed in with before. Otherwise wait an hour."
)


def may_try(form, *counters: Counter, refused: str = _WAIT) -> bool:
    """Count a try; whether it may go on. If not, the form says so."""
    try:
        guesses.take(*counters)
    except TooMany as error:
        form.form_errors.append(refused)
        form.wait_seconds = error.seconds
        return False
    return True


was_no_guess = guesses.give_back


def by_address(what: str) -> Counter:
    """Whoever does it from here."""
    return Counter(f"{what} by address", here(), _most() * _MANY, _WHILE)


def by_caller(what: str, caller: str) -> Counter:
    """Whoever names what no stranger can: a secret of their own, or what their browser keeps since they came in with it."""
    return Counter(what, caller, _most(), _WHILE)


def by_person(what: str) -> Counter:
    """Whoever is signed in."""
    return Counter(what, str(current_user.user_id), _most(), _WHILE)


def of_passwords(mail: str, user: User | None) -> tuple[Counter, ...]:
    """Guesses at the password of a mail address, which is the `user`'s if it is anybody's."""
    if browser := known_browsers.name_of(user):
        return (Counter("password in a known browser", f"{user and user.id} {browser}", _most(), _WHILE),)
    return (
        by_address("password"),
        Counter("password by mail and address", f"{mail} {here()}", _most(), _WHILE),
        Counter("password by mail", mail, _most() * _EVERYWHERE, _WHILE),
        Counter("password by mail and day", mail, _most() * _A_DAY, _DAY),
    )


def of_half_a_sign_in(key: str) -> Counter:
    """Codes that are given after one password."""
    return Counter("code of half a sign-in", key, OF_A_HALF_SIGN_IN, _DAY)


def of_half_a_sign_up(number: int, mail: str) -> tuple[Counter, ...]:
    """Codes that are tried for one sign-up, and for a mail address: a sign-up is begun more often than its code is mailed, and
    each would be worth guesses. From elsewhere an address can be tried still, and the mailed link works in any case."""
    return (
        Counter("code of half a sign-up", str(number), OF_A_HALF_SIGN_UP, _DAY),
        Counter("code to sign up by mail and address", f"{mail} {here()}", _CODES_A_DAY, _DAY),
        Counter("code to sign up by mail", mail, _CODES_A_DAY * _EVERYWHERE, _DAY),
    )


def of_link_to_sign_up(number: int) -> Counter:
    """Passwords that are tried by whoever has the mailed link."""
    return Counter("password of half a sign-up", str(number), _most(), _WHILE)


def of_codes(user: User, given: str) -> tuple[Counter, ...]:
    """Guesses at the code of an app: over all half sign-ins a person's last for an hour each, for there are a million codes only.

    Nobody guesses a recovery code.
    """
    if recovery.looks_like_one(given):
        return ()
    if browser := known_browsers.name_of(user):
        return (_slow("code in a known browser", f"{user.id} {browser}"),)
    return (_slow("code", str(user.id)),)


def _slow(kind: str, caller: str) -> Counter:
    return Counter(kind, caller, _most(), _most() * _HOUR)


def here() -> str:
    """The network that the request comes from."""
    return network(request.remote_addr)


def _most() -> int:
    return max(1, current_app.config["SETTINGS"].sign_in_limit)
