"""What a visitor of the demo shop does: reserve, use a code, pay, let go."""

from flask import flash, request, url_for

from portal.coupons import guessing
from portal.coupons.shop import kept, pages, trying
from portal.domain.accounts.sign_ins import guesses
from portal.domain.accounts.sign_ins.guesses import Counter, TooMany
from portal.domain.coupons.reservations import settling
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.shop import buying
from portal.domain.coupons.shop.buying import Tried
from portal.domain.coupons.ticketed_events.tables import Listing
from portal.domain.coupons.uses import buyers, holding
from portal.domain.errors import DomainError, Forbidden
from portal.domain.sentences import say
from portal.domain.traces import refusals
from portal.web import answers, throttle

_WHILE, _MOST = 600, 20
_TOO_MANY = say("Too much was reserved from here in a short time. Wait a few minutes, then try again.")


def reserve(shop_key: str):
    """Hold the chosen tickets, and use the codes on them."""
    listing = pages.found(shop_key)
    held = kept.of(listing)
    if held is not None and (held.is_open or not _is_anew()):
        return _on(listing)
    tried, wrong, _ = trying.asked(listing, request.form.getlist("code"))
    if wrong is not None:
        return pages.choosing(listing, tried, wrong, status=422)
    counter = Counter("shop reservation", throttle.here(), _MOST, _WHILE)
    try:
        guesses.take(counter)
        network = None if pages.is_of_the_team(listing) else throttle.here()
        made, unused = buying.reserve(listing, _quantities(), tried, network)
    except TooMany:
        return pages.choosing(listing, tried, problem=_TOO_MANY, status=429)
    except DomainError as error:
        guesses.give_back(counter)
        return pages.choosing(listing, tried, problem=error.sentence, status=422)
    kept.keep(listing, made)
    for one in unused:
        _note(one)
        flash(buyers.why(one.outcome), "warning")
    return _on(listing)


def use(shop_key: str):
    """Use a code on what is reserved; before anything is, look at what it gives."""
    listing = pages.found(shop_key)
    held, code = kept.of(listing), request.form.get("code", "").strip()[:64]
    if held is None or (_is_anew() and not held.is_open):
        tried, wrong, status = trying.asked(listing, request.form.getlist("code"))
        return pages.choosing(listing, tried, wrong, status=422 if wrong and status == 200 else status)
    if not code:
        return _on(listing)
    try:
        guess = guessing.count(held.id)
        unused = buying.use(listing, held, code)
    except guessing.TooMany:
        return pages.reserved(listing, held, trying.TOO_MANY, typed=code, status=429)
    except Forbidden:
        return _on(listing)
    if unused is not None:
        _note(unused)
        return pages.reserved(listing, held, buyers.why(unused.outcome), typed=code, status=422)
    guessing.forget(guess)
    return _on(listing, say("The code is used."))


def buy(shop_key: str):
    """Pay: nothing is charged."""
    return _ended(shop_key, settling.purchase)


def let_go(shop_key: str):
    """Give the tickets back, and begin anew."""
    return _ended(shop_key, settling.release, say("The tickets are let go, and the codes can be used again."))


def again(shop_key: str):
    """Begin anew after a reservation that has ended."""
    listing = pages.found(shop_key)
    held = kept.of(listing)
    if held is None or not held.is_open:
        kept.forget(listing)
    return _on(listing)


def _ended(shop_key: str, verb, message: str | None = None):
    listing = pages.found(shop_key)
    held: Held | None = kept.of(listing)
    if held is None:
        return _on(listing)
    try:
        verb(held.id)
    except DomainError as error:
        return pages.reserved(listing, held, problem=error.sentence, status=422)
    return _on(listing, message)


def _quantities() -> dict[str, int]:
    """How many of each ware; what is no number counts as none."""
    typed = {name: value.strip() for name, value in request.form.items() if name.startswith(("level-", "bundle-"))}
    return {
        name: int(value) for name, value in typed.items() if value.isascii() and value.isdigit() and len(value) < 10
    }


def _is_anew() -> bool:
    """Whether tickets are chosen beside an old receipt, and not on a page that was left open meanwhile."""
    return "anew" in request.form


def _on(listing: Listing, message: str | None = None):
    return answers.secret(answers.done(url_for("shop.shop", shop_key=listing.key), message))


def _note(tried: Tried) -> None:
    """Keep why it was refused: its seller is asked."""
    if not tried.outcome.is_valid:
        refusals.note(holding.Unusable(tried.outcome))
