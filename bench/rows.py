"""The table of what is measured. A new piece of work is one line here and one function that writes its requests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import affiliate, cards
from bench.load import Ask
from bench.world import World


@dataclass(frozen=True)
class Row:
    """Some work: its requests, the ratio to the yardstick that it has to reach on SQLite (none: only shown), and whether it
    leaves events for the worker."""

    name: str
    asks: Callable[[World], Iterator[Ask]]
    reach: float | None = None
    leaves_events: bool = False


ROWS = [
    Row("one object by id, JSON", affiliate.one_deal, 0.50),
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
    Row("unknown token", affiliate.unknown_token),
]
