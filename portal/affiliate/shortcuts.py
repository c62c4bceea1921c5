"""What the search knows of the affiliate family's pages and acts, by the words that people type."""

from portal.domain.affiliate import searches
from portal.domain.offers.searches import CATALOG, OFFER
from portal.domain.sentences import say
from portal.web.shortcuts import Look, Shortcut

OTHER_WORDS = {
    "catalogs.index": say("products programmes programs shop offers prices"),
    "deals.index": say("sales orders purchases conversions transactions"),
    "promoters.index": say("partners affiliates publishers invite applications commissions"),
    "payouts.index": say("pay money bank transfer due debts"),
    "marketplace.index": say("join programmes programs find catalogs to sell browse"),
    "promotions.index": say("promotions referral affiliate urls codes share promote"),
    "rewards.index": say("rewards commissions income money balance due"),
}
SHORTCUTS = (
    Shortcut(say("Enter a deal"), "plus", "deals.entries.new", say("add new sale order purchase by hand"), is_act=True),
    Shortcut(say("Import deals from a file"), "upload", "deal_imports.index", say("upload csv excel sheet orders"), is_act=True),
    Shortcut(say("New catalog"), "plus", "catalogs.new", say("add create make programme program product"), is_act=True),
    Shortcut(say("Questions about deals"), "circle-question-mark", "deals.questions.waiting", say("ask answer complaints")),
    Shortcut(say("Refused reports"), "triangle-alert", "deals.refused", say("errors failed rejected api deals")),
    Shortcut(say("Groups of promoters"), "users", "groups.index", say("gold tiers special rewards")),
    Shortcut(say("Dead links"), "unlink", "fallback.edit", say("fallback broken expired missing page")),
    Shortcut(say("Payouts that were made"), "banknote", "payouts.made", say("history paid sent statements")),
    Shortcut(say("Runs of payouts"), "banknote", "payouts.runs.index", say("bank file sepa batch")),
    Shortcut(say("Deals that you brought"), "handshake", "promotions.deals.index", say("my sales orders conversions referred")),
    Shortcut(say("Payouts to you"), "coins", "rewards.payouts", say("received paid money statements")),
    Shortcut(say("Your payout details"), "banknote", "rewards.details.show", say("iban bank account minimum invoice tax")),
)  # fmt: skip
LOOKS = (
    Look(
        say("Deals with “{text}”"), "handshake", "deals.index",
        frozenset({CATALOG, OFFER, searches.PROMOTER, searches.CODE, searches.DEAL}),
    ),
    Look(say("Payouts with “{text}”"), "banknote", "payouts.made", frozenset({searches.PROMOTER})),
    Look(say("Deals that you brought with “{text}”"), "handshake", "promotions.deals.index", frozenset({searches.PROMOTION})),
    Look(say("“{text}” in the marketplace"), "store", "marketplace.index"),
)  # fmt: skip
