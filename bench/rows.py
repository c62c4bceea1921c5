"""The table of what is measured. A new piece of work is one line here and one function that writes its requests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import affiliate, beside, cards, coupons, feed, member_offers, slow_phone
from bench.beside import Beside
from bench.load import Ask, Sample
from bench.slow_phone import Opening
from bench.world import World


@dataclass(frozen=True)
class Row:
    """Some work: its requests, the ratio to the yardstick that it has to reach on SQLite (none: only shown), and whether it
    leaves events for the worker. `works` is what the worker does instead of requests, `beside` what is measured
    once, of both at a time, or in a browser."""

    name: str
    asks: Callable[[World], Iterator[Ask]] | None
    reach: float | None = None
    leaves_events: bool = False
    works: Callable[[World, float], Sample] | None = None
    beside: Callable[..., Beside | Opening] | None = None


ROWS = [
    Row("one object by id, JSON", affiliate.one_deal, 0.50),
    Row("one thing's graph, JSON", affiliate.graph_of_one_deal),
    Row("an offer by id, JSON", affiliate.one_offer),
    Row("a catalog by id, JSON", affiliate.one_catalog),
    Row("deal create with attribution and reward", affiliate.new_deal, 0.16, leaves_events=True),
    Row("referral link", affiliate.referral_link, 0.50),
    Row("list of 100 deals, JSON", affiliate.deal_list),
    Row("list by status and catalog, JSON", affiliate.deal_list_narrowed),
    Row("list of what is new, JSON", affiliate.deal_list_since),
    Row("portal list page, 50 rows", affiliate.deal_page, 0.11),
    Row("portal list page, filtered", affiliate.deal_page_narrowed),
    Row("start page", affiliate.start_page, 0.16),
    Row("figures of 30 days", affiliate.figures),
    Row("search", affiliate.search, 0.12),
    Row("card operation", cards.operation, 0.15, leaves_events=True),
    Row("one card, JSON", cards.one, 0.50),
    Row("list of 30 cards, JSON", cards.listed),
    Row("list of 30 operations, JSON", cards.operations),
    Row("customer by phone, JSON", cards.customer_by_phone),
    Row("customer search", cards.customer_search),
    Row("list of 200 coupons, JSON", coupons.listed, 0.15),
    Row("pages of 200 coupons, all over", coupons.walked),
    Row("check of a code, JSON", coupons.validation, 0.35),
    Row("use of a coupon", coupons.use, 0.12, leaves_events=True),
    Row("member offers, 100 with usage, JSON", member_offers.listed, 0.08),
    Row("use of a member offer", member_offers.use, 0.15, leaves_events=True),
    Row("unchanged feed, 304", feed.unchanged, 0.50),
    Row("feed of 20 offers, JSON", feed.listed),
    # 100,000 in a minute where the yardstick makes 2,600 requests a second.
    Row("codes made by the worker", None, 0.64, works=coupons.generate),
    Row("recipients of pushes, by the worker", None, works=cards.push),
    Row("recipients beside the web", None, beside=beside.measured),
    Row("counter on a slow phone", None, beside=slow_phone.measured),
    Row("unknown token", affiliate.unknown_token),
]
