"""Processes of the tests that read first and save later, without a guard: what a race would do then.

Python loads this when the folder is on its path, where only the fixture `unguarded` puts it. Every pause is long enough
for all who race to have read before the first of them writes.
"""

import contextlib
import sys
import time

PAUSE_SECONDS = 0.3


def hesitating(look):
    """A look after which nothing happens for a while."""

    def look_and_wait(*given, **named):
        found = look(*given, **named)
        time.sleep(PAUSE_SECONDS)
        return found

    return look_and_wait


def without(statement, guard: str, instead: str = ""):
    """The same statement with its guard left out."""
    assert guard in statement.written
    return type(statement)(statement.written.replace(guard, instead), statement.shape, lock=statement.lock)


def let_deals_be_made_twice() -> None:
    """Look whether the deal is known, and insert it later; the database's index is dropped by the fixture."""
    queries.KNOWN.value = hesitating(queries.KNOWN.value)
    queries.INSERT = without(queries.INSERT, "ON CONFLICT (partner_id, deal_id) DO NOTHING ")


def let_deals_move_twice() -> None:
    """Read the deal, and move it later whatever has become of it."""
    queries.PAY = without(queries.PAY, " AND status = 'Created'")
    queries.CANCEL = without(queries.CANCEL, " AND status IN ('Created', 'Paid')")
    guard = " AND status = 'Paid' AND approved_at IS NULL AND due_at <= :now"
    queries.APPROVE = without(queries.APPROVE, guard)

    def update(partner_id, reference, status=None, *ignored, **also_ignored):
        deal = read(queries.BY_DEAL_ID, partner=partner_id, deal_id=reference)
        with transaction():
            deal_moves.move(deal, status, False)
        return deal

    def settle(deal_id, status):
        deal = read(queries.BY_ID, id=deal_id)
        with transaction():
            deal_moves.approve(deal) if status == "Paid" else deal_moves.cancel(deal, False)
        return 1

    deals.update, deal_moves._settle = update, settle


def read(statement, **parameters):
    """A deal as it was a while ago."""
    return hesitating(statement.row)(**parameters)


def let_orders_be_made_over_one_another() -> None:
    """Look how the offers of a collection stand, and order them later."""

    guarded = ordering.order_offers

    def order_offers(collection, wanted, seen):
        merged = ordering._merged(hesitating(collections.offers_of)(collection), wanted, seen)
        with transaction():
            collections.arrange(collection, merged) if merged else guarded(collection, wanted, seen)

    ordering.order_offers = order_offers


def let_keys_be_used_twice() -> None:
    """Look for a kept answer, and claim the key later, when others may already have acted under it."""

    def once(credential, key, digest, effect, refusal):
        kept = hesitating(idempotency._FIND.row)(credential=credential, key=key)
        if kept:
            return idempotency._replayed(kept), True
        with transaction():
            idempotency._claim(credential, key, digest)
            answer = effect()
            said = {"status": answer.status, "headers": "{}", "body": json.dumps(answer.body)}
            idempotency._KEEP.run(**said, credential=credential, key=key)
        return answer, False

    idempotency.once = once


def let_payouts_be_made_twice() -> None:
    """Look what is open, and pay it later, whoever has paid it by then."""
    payout_items._CLAIM = without(payout_items._CLAIM, " AND payout_id IS NULL")
    payouts.preview = hesitating(payouts.preview)


def let_more_be_returned_than_was_paid() -> None:
    """Look what was returned before, and return more later, whatever was returned by then."""

    def give_back(partner_id, reference, amount, comment=None):
        deal = read(queries.BY_DEAL_ID, partner=partner_id, deal_id=reference)
        share = refunds._share(deal, amount, hesitating(refunds.lists.sums_of)(deal.id))
        with transaction():
            return refunds._give_back(deal, share, comment)

    refunds.give_back = give_back


def let_deals_be_reported_again_twice() -> None:
    """Look whether it was reported again, and report it later; the database's index is dropped by the fixture."""

    def report_again(partner_id, reference, deal_id):
        locked = read(queries.BY_DEAL_ID, partner=partner_id, deal_id=reference)
        if hesitating(again.Deal.get_or_none)(again.Deal.again_of == locked.id):
            raise again.Refused("It was reported again.")
        with transaction():
            return again._copied(again.Deal.get_by_id(locked.id), deal_id)

    again.report_again = report_again


def let_codes_be_used_twice() -> None:
    """Take whatever fits, whether or not it was taken before."""
    app_codes._TAKE = without(app_codes._TAKE, " AND last_step < :step")
    recovery._USE = without(recovery._USE, " AND used_at IS NULL")


def let_guesses_be_made_at_once() -> None:
    """Look whether there is room, and count later."""

    guesses._TAKE = without(guesses._TAKE, " WHERE guess.quiet_at <= :latest")
    take = guesses.take

    def look_and_take(*counters):
        quiet_at = hesitating(lambda: [guesses._QUIET.value(id=counter.bucket) or 0 for counter in counters])()
        for counter, at in zip(counters, quiet_at, strict=True):
            if at > clock.wall_micros() + counter.window - counter.step:
                raise guesses.TooMany(1)
        take(*counters)

    guesses.take = look_and_take


def let_promo_codes_be_used_up_twice() -> None:
    """Read the code, and use it or hand it on later, whatever has become of it."""
    sellers._BY_CODE.row = hesitating(sellers._BY_CODE.row)
    code_limits._TAKE = without(code_limits._TAKE, " AND (uses_limit IS NULL OR uses < uses_limit)")
    handing_on._MOVE = without(handing_on._MOVE, " AND promotion_id = :former", " AND :former > 0")
    handing_on._refuse_unless_possible = hesitating(handing_on._refuse_unless_possible)
    handing_on.transaction = contextlib.nullcontext


def let_test_deals_be_prepared_twice() -> None:
    """Look whether the catalog is in test mode, and copy it there later, whoever has done so by then."""
    trials.transaction = contextlib.nullcontext
    catalogs.free_code = hesitating(catalogs.free_code)


def let_cards_be_booked_on_twice() -> None:
    """Read the card, and book later whatever has become of it, and whatever was booked for the same request; the database's index is
    dropped by the fixture."""

    def book(partner_id, serial, asked, seen=None):
        held = hesitating(locking.seen)(partner_id, serial)
        with transaction():
            return booking._book(held, booking._checked(asked)._replace(request=None))

    def reverse(partner_id, operation_id, *, source):
        operation = past.OF_PARTNER.row(operation=operation_id, partner=partner_id)
        held = hesitating(locking.by_id)(operation.card_id)
        past.IS_REVERSED.value = lambda **_: None
        with transaction():
            return reversing._reverse(held, operation, booking.Asked("", source=source))

    booking.book, reversing.reverse = book, reverse


def let_tariffs_be_exceeded() -> None:
    """Count what the tariff limits, and add to it later, however many others have added meanwhile."""
    templates.transaction = contextlib.nullcontext
    used.COUNTS["templates"] = hesitating(used.COUNTS["templates"])


def let_pushes_be_posted_twice() -> None:
    """Look who waits, and lease them later, whoever has leased them by then."""
    push_sending.transaction = contextlib.nullcontext
    push_sending._WAITING.rows = hesitating(push_sending._WAITING.rows)


def let_wallets_be_told_twice() -> None:
    """Look what is due, and take it later, whoever has taken it by then."""
    holdings.transaction = contextlib.nullcontext
    holdings._DUE.values = hesitating(holdings._DUE.values)
    take = holdings.take

    def took():
        try:
            return take()
        except OperationalError:  # Two that take the same, each in another order.
            return None

    holdings.take = took


def let_cards_be_told_too_much() -> None:
    """Look what a card got this week, and write one more later, whatever others wrote by then."""
    push_occasions.transaction = contextlib.nullcontext
    push_occasions._LATELY.rows = hesitating(push_occasions._LATELY.rows)


def let_coupons_be_used_beyond_their_limits() -> None:
    """Look what is left, of a coupon or of tickets, and take it later, however many others have done so meanwhile."""
    coupon_uses.transaction = contextlib.nullcontext
    coupon_uses.lock = hesitating(coupon_uses.lock)
    coupon_uses._USE = Together(
        without(coupon_uses._ON_ASSIGNMENT, " AND (uses < use_limit OR NOT is_shared)"),
        without(coupon_uses._ON_OFFER, " AND uses < :limit"),
        coupon_uses._ON_COUPON,
        coupon_uses._INSERT,
    )
    capacity._TAKE = without(capacity._TAKE, " AND taken + :tickets <= capacity")


def let_strangers_buy_shops_out() -> None:
    """Look whether a stranger may have the tickets, and let them have them later, however many others have come meanwhile."""
    reserve = buying.reserve

    def look(*asked):
        with transaction(), savepoint() as looking:
            reserve(*asked)
            looking.rollback()

    def look_and_reserve(listing, quantities, tried, network):
        hesitating(look)(listing, quantities, tried, network)
        made, unused = reserve(listing, quantities, tried)
        strangers._mark(made.reservation, network)
        return made, unused

    buying.reserve = look_and_reserve


def let_codes_of_the_feed_be_drawn_twice() -> None:
    """Look for a code that nobody has, and draw it later."""
    feed_clicks.transaction = contextlib.nullcontext
    feed_pools._FREE.value = hesitating(feed_pools._FREE.value)


def let_reservations_end_twice() -> None:
    """Look how a reservation stands, and end it later, whatever has become of it."""
    reservation_ends.transaction = contextlib.nullcontext
    reservation_ends.locked = hesitating(reservation_ends.locked)


def let_imports_be_begun_twice() -> None:
    """Look whether the file is checked, and begin later, whoever has begun by then."""

    def confirm(tables, found, fact, thing, counted):
        if hesitating(tables.imports.get_by_id)(found.id).state != importing.CHECKED:
            raise importing.Refused("It is begun already.")
        with transaction():
            tables.imports.update(state=importing.APPLYING).where(tables.imports.id == found.id).execute()
        return found

    importing.confirm = confirm


def let_offers_be_used_beyond_their_limits() -> None:
    """Look what is left of an offer, for a member and for all, and use it later, however many others have done so meanwhile."""
    offer_uses.transaction = contextlib.nullcontext
    offer_uses._locked = hesitating(offer_uses._locked)
    of_all = without(offer_uses._OF_ALL, " AND (global_limit IS NULL OR uses < global_limit)")
    offer_uses._WRITES = Together(offer_uses._OF_PAIR, offer_uses._USE, of_all)


def let_collections_lose_offers() -> None:
    """Look what is in a collection, and put it in order later, whatever others put in or took out by then."""
    collections.transaction = contextlib.nullcontext
    collections.offers_of = hesitating(collections.offers_of)


def let_codes_draw_tokens_twice() -> None:
    """Look whether the code was used, and mark it later, whoever has drawn tokens with it by then."""
    oauth_codes.transaction = contextlib.nullcontext
    oauth_chains.begin = hesitating(oauth_chains.begin)


def let_codes_be_a_promoters_and_a_coupons() -> None:
    """Make a code without a look at what else has it."""
    coupons.when_made.clear()
    promo_codes.taken_elsewhere.clear()


if "gunicorn" in sys.orig_argv or "tests.races.crowd" in sys.orig_argv:
    import json

    from peewee import OperationalError

    from portal import clock
    from portal.api import idempotency
    from portal.database import Together, savepoint, transaction
    from portal.domain.accounts.sign_ins import app_codes, guesses, recovery
    from portal.domain.affiliate.attribution import sellers
    from portal.domain.affiliate.deals import again, deals, queries
    from portal.domain.affiliate.deals import moves as deal_moves
    from portal.domain.affiliate.payouts import items as payout_items
    from portal.domain.affiliate.payouts import payouts
    from portal.domain.affiliate.promotions import code_limits, handing_on
    from portal.domain.affiliate.promotions import codes as promo_codes
    from portal.domain.affiliate.refunds import refunds
    from portal.domain.affiliate.trials import trials
    from portal.domain.cards.companies import used
    from portal.domain.cards.history import past
    from portal.domain.cards.operations import booking, locking, reversing
    from portal.domain.cards.pushes import sending as push_sending
    from portal.domain.cards.pushes.automatic import occasions as push_occasions
    from portal.domain.cards.templates import templates
    from portal.domain.cards.wallets import holdings
    from portal.domain.coupons.coupons import coupons
    from portal.domain.coupons.reservations import capacity
    from portal.domain.coupons.reservations import settling as reservation_ends
    from portal.domain.coupons.shop import buying, strangers
    from portal.domain.coupons.ties import coupon_ties as coupon_ties
    from portal.domain.coupons.uses import holding as coupon_uses
    from portal.domain.feed.ties import clicks as feed_clicks
    from portal.domain.feed.ties import pools as feed_pools
    from portal.domain.importing import verbs as importing
    from portal.domain.member_offers.collections import collections, ordering
    from portal.domain.member_offers.uses import uses as offer_uses
    from portal.domain.members.oauth import chains as oauth_chains
    from portal.domain.members.oauth import codes as oauth_codes
    from portal.domain.offers import catalogs

    let_codes_be_a_promoters_and_a_coupons()
    let_codes_draw_tokens_twice()
    let_collections_lose_offers()
    let_deals_be_made_twice()
    let_deals_move_twice()
    let_keys_be_used_twice()
    let_orders_be_made_over_one_another()
    let_payouts_be_made_twice()
    let_more_be_returned_than_was_paid()
    let_deals_be_reported_again_twice()
    let_codes_be_used_twice()
    let_guesses_be_made_at_once()
    let_promo_codes_be_used_up_twice()
    let_test_deals_be_prepared_twice()
    let_tariffs_be_exceeded()
    let_coupons_be_used_beyond_their_limits()
    let_offers_be_used_beyond_their_limits()
    let_strangers_buy_shops_out()
    let_reservations_end_twice()
    let_codes_of_the_feed_be_drawn_twice()
    let_cards_be_booked_on_twice()
    let_imports_be_begun_twice()
    let_pushes_be_posted_twice()
    let_wallets_be_told_twice()
    let_cards_be_told_too_much()
