"""What the search knows of the cards family's pages and acts, by the words that people type."""

from portal.domain.cards.customers.searches import CARD, CUSTOMER
from portal.domain.sentences import say
from portal.web.shortcuts import Look, Shortcut

OTHER_WORDS = {
    "cards.index": say("loyalty stamps points cashback gift balance"),
    "customers.index": say("members people clients guests loyalty phone ban banned undo grant offers"),
    "templates.index": say("loyalty cards designs stamp cashback gift membership programs"),
    "companies.index": say("sub-accounts reseller agency branches tariffs"),
    "pushes.index": say("messages notifications campaigns newsletters phones"),
    "counter.find": say("till serve customers scan stamp redeem"),
    "locations.index": say("shops branches tills places stores"),
    "wallets.index": say("apple google pass pkpass phone certificates"),
    "tariffs.own.show": say("limits plan subscription price"),
}
SHORTCUTS = (
    Shortcut(say("Issue a card"), "plus", "cards.issuing.new", say("new loyalty card customer member"), is_act=True),
    Shortcut(
        say("Import customers from a file"),
        "upload",
        "customer_imports.index",
        say("upload csv excel sheet members cards balances"),
        is_act=True,
    ),
    Shortcut(say("New customer"), "plus", "customers.entries.new", say("add create member person"), is_act=True),
    Shortcut(
        say("Segments of customers"),
        "users",
        "customers.segments.index",
        say("groups lists birthday inactive regulars"),
    ),
    Shortcut(
        say("Customers who may be there twice"), "copy", "customers.merging.index", say("duplicates merge doubles")
    ),
    Shortcut(
        say("New card template"), "plus", "templates.new", say("add create design loyalty card stamp"), is_act=True
    ),
    Shortcut(
        say("Send a push"), "send", "pushes.composing.new", say("new write message notification campaign"), is_act=True
    ),
    Shortcut(
        say("Automatic pushes"), "clock", "pushes.automatic.index", say("welcome birthday expiring win back reminders")
    ),
    Shortcut(say("Settings of pushes"), "settings", "pushes.settings.edit", say("quiet hours night notifications")),
    Shortcut(say("New location"), "plus", "locations.new", say("add open shop branch till"), is_act=True),
)
LOOKS = (
    Look(say("Customers with “{text}”"), "users", "customers.index", frozenset({CUSTOMER})),
    Look(say("Cards with “{text}”"), "credit-card", "cards.index", frozenset({CARD})),
)
