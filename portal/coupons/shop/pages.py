"""The demo shop: choosing tickets, and what is reserved. Open ones are for anybody; the team sees its own always."""

from flask import current_app, g, make_response, render_template, request
from werkzeug import Response

from portal import clock
from portal.coupons.local_times import local
from portal.coupons.shop import calls, kept, sentences, trying
from portal.domain.coupons.reservations import shown
from portal.domain.coupons.reservations.held import Held
from portal.domain.coupons.shop import buying, wares
from portal.domain.coupons.shop.buying import Tried
from portal.domain.coupons.ticketed_events.tables import Listing
from portal.domain.coupons.uses import checking, live
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web.answers import page_or_part, secret


def shop(shop_key: str):
    """What is sold, or the visitor's reservation; one that has ended makes room for a code from a link."""
    listing = found(shop_key)
    held, codes = kept.of(listing), [code for code in request.args.getlist("code") if code.strip()]
    if held is not None and (held.is_open or not codes):
        return reserved(listing, held, typed=codes[0][:64] if codes else "")
    tried, wrong, status = trying.asked(listing, codes)
    return choosing(listing, tried, wrong, status=status)


def found(shop_key: str) -> Listing:
    """The listing, as its seller's clock shows it. Raises NotFound for one that is not open to who asks."""
    listing = wares.find(shop_key)
    if listing is None or not (listing.is_open or is_of_the_team(listing)):
        raise NotFound(say("shop"))
    clock.use(listing.partner.clock_offset)
    g.time_zone = listing.event.timezone
    return listing


def choosing(
    listing: Listing, tried: list[Tried], wrong: str | None = None, problem: str | None = None, status: int = 200
) -> Response:
    """The tickets to choose from. `wrong` says why the code that was typed last does not work, `problem` why nothing was reserved."""
    opened, typed = {level for one in tried for level in one.opened}, request.values.getlist("code")[-1:]
    return _page(
        listing, "choosing", status, before=kept.of(listing), tried=tried, wrong=wrong, problem=problem, wares=wares.of(listing, opened, not is_of_the_team(listing)),
        typed=typed[0].strip()[:64] if wrong and typed else "", chosen=request.form, most=buying.MOST, calls=calls.checks(_base(), listing, [one.code for one in tried]),
    )  # fmt: skip


def reserved(
    listing: Listing,
    held: Held,
    wrong: str | None = None,
    problem: str | None = None,
    typed: str = "",
    status: int = 200,
) -> Response:
    """What is reserved, what each code takes off it, and until when it is held."""
    lines, uses = shown.lines(held.id), live.of_reservation(held.id, ("held", "committed", "released"))
    codes, used = [use.written for use in uses], {use.code for use in uses}
    return _page(
        listing, "reserved", status, held=held, lines=lines, parts=shown.parts(held.id), uses=uses, wrong=wrong,
        problem=problem, typed="" if checking.normal(typed) in used else typed, total=held.face - held.discount,
        left=held.left, until=clock.from_micros(held.expires_at),
        calls=calls.of(_base(), held, lines, codes),
    )  # fmt: skip


def _page(listing: Listing, part: str, status: int, **context) -> Response:
    page = render_template(
        page_or_part("coupons/shop/shop.html", f"coupons/shop/_{part}.html"),
        part=f"coupons/shop/_{part}.html", listing=listing, event=listing.event, partner=listing.partner,
        begins=local(listing.event.starts_at, listing.event.timezone), local=local, sentences=sentences, **context,
    )  # fmt: skip
    return secret(make_response(page, status))


def is_of_the_team(listing: Listing) -> bool:
    """Whether somebody of its seller's asks; all others are strangers."""
    acting = g.get("partner")
    return acting is not None and acting.id == listing.partner_id


def _base() -> str:
    return current_app.config["SETTINGS"].public_url
