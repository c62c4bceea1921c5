"""Processes of the portal beside its web server, which all do the same thing at the same moment.

`python -m tests.races.crowd` connects to the database that its environment names, says so, and then does whatever each
line on its standard input tells, in several threads at once.
"""

import json
import random
import socket
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

from peewee import IntegrityError, OperationalError

from portal import config, database
from portal.domain import sealing
from portal.domain.accounts.sign_ins import half_sign_ins, second_factor
from portal.domain.accounts.tables import Partner, User
from portal.domain.affiliate.deals import again
from portal.domain.affiliate.deals import moves as deal_moves
from portal.domain.affiliate.payouts import payouts
from portal.domain.affiliate.promotions import codes as promo_codes
from portal.domain.affiliate.promotions import handing_on
from portal.domain.affiliate.promotions.tables import PromoCode, Promotion
from portal.domain.affiliate.trials import trials
from portal.domain.cards.cards import cards
from portal.domain.cards.companies import changes as company_changes
from portal.domain.cards.companies import companies, tariffs
from portal.domain.cards.imports import imports as card_imports
from portal.domain.cards.imports import undoing as card_undoing
from portal.domain.cards.imports import work as card_import_work
from portal.domain.cards.operations import booking, reversing
from portal.domain.cards.operations.booking import Asked
from portal.domain.cards.pushes import pushes, sending, settling
from portal.domain.cards.pushes import starting as push_starting
from portal.domain.cards.pushes.automatic import occasions
from portal.domain.cards.pushes.automatic.looking import Found
from portal.domain.cards.pushes.browsers.outcomes import TAKEN, Answer
from portal.domain.cards.pushes.tables import AutomaticPush
from portal.domain.cards.templates import templates
from portal.domain.cards.ties import deal_ties as deal_ties  # Whoever settles deals has to know of cards.
from portal.domain.cards.wallets import holdings
from portal.domain.cards.words import COUPON
from portal.domain.coupons.coupons import coupons
from portal.domain.coupons.coupons.given import Given
from portal.domain.coupons.coupons.tables import PRESALE
from portal.domain.coupons.mailings import mailings as coupon_mailings
from portal.domain.coupons.mailings.tables import MailedCoupon
from portal.domain.coupons.shop import buying
from portal.domain.coupons.ticketed_events.tables import Listing
from portal.domain.coupons.ties import coupon_ties as coupon_ties
from portal.domain.errors import DomainError, Invalid, NotFound, Refused
from portal.domain.feed.ties import clicks as feed_clicks
from portal.domain.identifiers import new_uuid
from portal.domain.member_offers.collections import collections
from portal.domain.member_offers.collections.tables import Collection
from portal.domain.member_offers.terms import terms as member_terms
from portal.domain.offers.tables import Catalog
from tests.races.control import Failed
from tests.support import starting
from tests.support.running import ROOT

PROCESSES, THREADS = 2, 8
TWICE = "twice"  # a code that somebody else was given as well


def settle() -> int:
    """What the worker does with deals: how many this thread approved or canceled."""
    return deal_moves.settle_due()


def pay_out(merchant_id: int, chosen: list) -> int:
    """Pay what somebody chose from the list; how many payouts were made."""
    try:
        made, _ = payouts.run(merchant_id, [tuple(line) for line in chosen])
    except Refused:
        return 0
    return made.payouts.count()


def look_and_pay_out(merchant_id: int, times: int) -> int:
    """Look at the list and pay what can be paid, again and again; how many payouts were made."""
    made = 0
    for _ in range(times):
        lines = [line for line in payouts.preview(merchant_id) if line.may_be_paid]
        made += pay_out(merchant_id, [(line.promoter_id, line.currency, line.amount) for line in lines])
    return made


def prove(user_id: int, given: str) -> bool:
    """Give a code as the second factor; whether it was good."""
    return second_factor.prove(User.get_by_id(user_id), given)


def finish(key: str, codes: list[str]) -> bool:
    """Finish a sign-in with any one of some good codes; whether this thread did."""
    try:
        half_sign_ins.finish(key, random.choice(codes), "127.0.0.1", "races")
    except (Invalid, Refused):
        return False
    return True


def make_test_deal(catalog_id: int) -> bool:
    """Make a test deal of the catalog; whether it has a reward, and nothing that somebody else makes was in its way."""
    try:
        return bool(trials.make(Catalog.get_by_id(catalog_id)).payment_sum)
    except (DomainError, IntegrityError):
        return False


def report_again(partner_id: int, reference: str) -> bool:
    """Report a deal again, under an id of this thread's own; whether it did."""
    try:
        again.report_again(partner_id, reference, f"{reference}-{new_uuid()}")
    except Refused:
        return False
    return True


def hand_on(code_id: int, uids: list[str]) -> str | None:
    """Hand a code on to any one of these promoters; to whom, if this thread did."""
    code, uid = PromoCode.get_by_id(code_id), random.choice(uids)
    try:
        handing_on.hand_on(code, code.promotion.catalog, uid)
    except Refused:
        return None
    return uid


def undo_operation(partner_id: int, operation_id: int) -> bool:
    """Undo an operation of a card; whether this thread did."""
    try:
        reversing.reverse(partner_id, operation_id, source="portal")
    except Refused:
        return False
    return True


def book_request(partner_id: int, serial: str, request: str) -> int:
    """Book a stamp under a request that comes from everywhere; the operation that it was answered."""
    return booking.book(partner_id, serial, Asked("add-stamp", 1, request=request)).id


def book_seen(partner_id: int, serial: str, seen: str) -> bool:
    """Add the stamp that everybody saw what it would do; whether it was added."""
    try:
        booking.book(partner_id, serial, Asked("add-stamp", 1), seen)
    except booking.Overtaken:
        return False
    return True


def receive_reward(partner_id: int, serials: list[str]) -> bool:
    """Receive the only reward with any of these cards; whether one was left."""
    try:
        booking.book(partner_id, random.choice(serials), Asked("receive-reward"))
    except Refused:
        return False
    return True


def make_card_template(partner_id: int) -> bool:
    """Make a template of coupons; whether the tariff allowed it."""
    try:
        templates.create(partner_id, COUPON, {"name": "Race", "currency": "EUR"})
    except Refused:
        return False
    return True


def make_company(parent_id: int, tariff_id: int, mail: str) -> bool:
    """Make a company of a mail address; whether nobody had it."""
    given = {
        "name": "Race", "email": mail, "password": "correct horse battery", "phone": "+43 660 1234567", "country": "AT",
        "userName": "Bea", "userSurname": "Race", "tariffPeriod": "month", "tariffId": tariff_id,
    }  # fmt: skip
    try:
        companies.create(Partner.get_by_id(parent_id), given)
    except (Refused, IntegrityError):
        return False
    return True


def fill_or_shrink(parent_id: int, company_id: int, tariff_id: int) -> bool:
    """Make a template of the company's, or give it a smaller tariff; whether it was allowed."""
    if random.random() < 0.7:
        return make_card_template(company_id)
    try:
        found = companies.find(parent_id, company_id)
        company_changes.change_tariff(found, tariffs.find(parent_id, tariff_id), "month")
    except Refused:
        return False
    return True


def issue_or_delete(parent_id: int, company_id: int, template_id: int, members: list[int]) -> str:
    """Issue a card in the company, or delete it; what was done."""
    try:
        if random.random() < 0.6:
            cards.issue(company_id, random.choice(members), template_id)
            return "issued"
        company_changes.delete(companies.find(parent_id, company_id))
    except (Refused, NotFound, IntegrityError):
        return "refused"
    return "deleted"


def claim(partner_id: int, promotion_id: int, code: str) -> bool:
    """Make a coupon or a promoter's promo code with the code; whether this thread did."""
    try:
        if random.random() < 0.5:
            coupons.create(partner_id, Given("Race", PRESALE, code))
        else:
            promo_codes.create(Promotion.get_by_id(promotion_id), code, 500)
    except DomainError:
        return False
    return True


def reserve_in_shop(listing_id: int, levels: list[int], tickets: int, networks: list[str]) -> bool:
    """Reserve tickets of any of these levels in a demo shop, from any of the networks; whether the stranger got them."""
    wanted = {f"level-{random.choice(levels)}": tickets}
    try:
        buying.reserve(Listing.get_by_id(listing_id), wanted, [], random.choice(networks))
    except Refused:
        return False
    return True


def draw_code(offer: str, partner_id: int) -> str | None:
    """Click on an offer of the feed for somebody new; the code that was drawn, None when none is left, or TWICE."""
    try:
        return feed_clicks.click(partner_id, False, offer, new_uuid()).code
    except Refused:
        return None
    except IntegrityError:
        return TWICE


def hand_code_out(offer: str, partner_id: int, batch_id: int) -> list[str]:
    """Click on an offer of the feed and mail a code of the batch that it draws from; those that somebody got."""
    drawn = draw_code(offer, partner_id)
    try:
        mailing = coupon_mailings.start(
            partner_id, new_uuid(), f"{new_uuid()}@example.com", coupon_mailings.Source("batch", batch_id)
        )
    except Invalid:
        return [drawn] if drawn else []
    mailed = MailedCoupon.get(MailedCoupon.mailing == mailing).coupon.written
    return [drawn, mailed] if drawn else [mailed]


def stir(collection_id: int) -> int | None:
    """Put an offer of this thread's own into a collection, move it there, and take it out again or not; the offer, if it is in it
    now, 0 where it is not, and None when somebody else was in the way."""
    collection = Collection.get_by_id(collection_id)
    own = member_terms.create(collection.partner_id, {"name": new_uuid()}).offer_id
    try:
        collections.add(collection, own)
        collections.shift(collection, own, -1)
        if own % 3:
            return own
        collections.take_out(collection, own)
    except (IntegrityError, OperationalError):
        return None
    return 0


def confirm_import(partner_id: int, uuid: str) -> bool:
    """Have a file of customers imported; whether this thread began it."""
    return _begun(lambda: card_imports.confirm(partner_id, uuid))


def undo_import(partner_id: int, uuid: str) -> bool:
    """Have an import of customers undone; whether this thread began it."""
    return _begun(lambda: card_undoing.begin(partner_id, uuid))


def _begun(act) -> bool:
    try:
        act()
    except Refused:
        return False
    return True


def work_at_customer_imports() -> int:
    """What the worker does with them until nothing is due; how many turns this thread had."""
    turns = 0
    while card_import_work.work_due():
        turns += 1
    return turns


def send_or_cancel(partner_id: int, uuid: str) -> list[int]:
    """Cancel a push that others are sending, or send it as the workers do; to whom this thread posted."""
    if random.random() < 0.1:
        _begun(lambda: pushes.cancel(partner_id, uuid))
    return send_pushes()


def send_pushes() -> list[int]:
    """What the worker does with pushes until nothing is due; the recipients that this thread posted to."""
    posted: list[int] = []
    while push_starting.work_due():
        pass
    while batch := sending.take():
        posted += [post.recipient for post in batch.posts]
        answers = [Answer(post.recipient, post.browser.id, "race", TAKEN) for post in batch.posts]
        try:
            settling.settle(batch, answers)
        except IntegrityError:  # More ended than there are.
            break
    return posted


def tell_wallets() -> list[int]:
    """What the worker does with wallets until nothing is due; the cards that this thread told them of."""
    told: list[int] = []
    while batch := holdings.take():
        told += [row.card_id for row in batch.rows]
        holdings.settle(batch, {})
    return told


def tell_occasion(automatic_id: int, card_id: int, occasion: str | None = None) -> int:
    """Tell a card of an occasion: one that all have found, or one that is this thread's alone."""
    kept = AutomaticPush.get_by_id(automatic_id)
    occasions.tell(kept, [Found(card_id, "Race", None, occasion or new_uuid(), None, None, None)], ZoneInfo("UTC"))
    return 1


TASKS = {
    "tell_wallets": tell_wallets,
    "tell_occasion": tell_occasion,
    "send_or_cancel": send_or_cancel,
    "send_pushes": send_pushes,
    "claim": claim,
    "reserve_in_shop": reserve_in_shop,
    "draw_code": draw_code,
    "stir": stir,
    "hand_code_out": hand_code_out,
    "confirm_import": confirm_import,
    "undo_import": undo_import,
    "work_at_customer_imports": work_at_customer_imports,
    "make_company": make_company,
    "fill_or_shrink": fill_or_shrink,
    "issue_or_delete": issue_or_delete,
    "make_card_template": make_card_template,
    "undo_operation": undo_operation,
    "book_request": book_request,
    "book_seen": book_seen,
    "receive_reward": receive_reward,
    "hand_on": hand_on,
    "report_again": report_again,
    "make_test_deal": make_test_deal,
    "settle": settle,
    "pay_out": pay_out,
    "look_and_pay_out": look_and_pay_out,
    "prove": prove,
    "finish": finish,
}


class Crowd:
    """Two processes with eight threads each on a server's database, started once and told again and again."""

    def __init__(self, server):
        self._lines = [_line_to_one(server) for _ in range(PROCESSES)]
        for line in self._lines:
            assert line.readline() == "ready\n"

    def all(self, task: str, *given) -> list:
        """Have every thread of every process do the task at once; what each of them came to."""
        for line in self._lines:
            line.write(json.dumps([task, *given]) + "\n")
            line.flush()
        came_to = [json.loads(line.readline()) for line in self._lines]
        if faults := [fault for outcomes, fault in came_to if fault]:
            raise Failed("\n".join(faults))
        return [outcome for outcomes, _ in came_to for outcome in outcomes]

    def leave(self) -> None:
        """End them: each leaves when nobody listens any more."""
        for line in self._lines:
            line.close()


def _line_to_one(server):
    """Start a process of the crowd; what is written there is its task, and what is read its outcome."""
    ours, theirs = socket.socketpair()
    with theirs:
        starting.start(["tests.races.crowd"], ROOT, server.environ, server.folder / "crowd.log", theirs)
    with ours:
        return ours.makefile("rw")


def main() -> None:
    """Do as told until the standard input ends."""
    settings = config.load()
    database.connect(settings)
    sealing.use_secret(settings.secret_key)
    gate = threading.Barrier(THREADS)

    def work(task: str, given: list):
        gate.wait()
        return TASKS[task](*given)

    with ThreadPoolExecutor(THREADS) as threads, open(0) as told:
        print("ready", flush=True)
        for line in told:
            task, *given = json.loads(line)
            working = [threads.submit(work, task, given) for _ in range(THREADS)]
            faults = [traceback.format_exception(fault) for future in working if (fault := future.exception())]
            outcomes = [] if faults else [future.result() for future in working]
            print(json.dumps([outcomes, "".join(faults[0]) if faults else ""]), flush=True)


if __name__ == "__main__":
    main()
