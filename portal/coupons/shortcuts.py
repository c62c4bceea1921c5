"""What the search knows of the coupon desk's pages and acts, by the words that people type."""

from portal.domain.coupons.coupons.searches import COUPON
from portal.domain.coupons.ticketed_events.searches import TICKETED_EVENT
from portal.domain.sentences import say
from portal.web.shortcuts import Look, Shortcut

OTHER_WORDS = {
    "coupon_check.index": say("validate test why not valid refused coupon voucher fix debug"),
    "coupons.index": say("codes vouchers discounts presale comp free tickets"),
    "ticketed_events.index": say("tickets shows concerts matches festivals price levels bundles listings demo shop"),
    "reservations.index": say("orders tickets baskets held bought sales checkout"),
}
SHORTCUTS = (
    Shortcut(say("New coupon"), "plus", "coupons.new", say("make create add code voucher discount"), is_act=True),
    Shortcut(
        say("Assign coupons"),
        "ticket-percent",
        "assignments.new",
        say("offer events limit blackout dates valid"),
        is_act=True,
    ),
    Shortcut(
        say("Add an event"), "plus", "ticketed_events.new", say("new create ticketed show concert match"), is_act=True
    ),
    Shortcut(
        say("Generate codes"), "plus", "batches.new", say("make many coupons unique random vouchers batch"), is_act=True
    ),
    Shortcut(say("Tags of coupons"), "tags", "coupons.tag_pages.index", say("sponsors channels totals groups")),
    Shortcut(say("Generated codes"), "ticket", "batches.index", say("batches coupons vouchers download")),
    Shortcut(
        say("Import coupons from a file"),
        "upload",
        "coupon_imports.index",
        say("upload csv excel sheet codes vouchers"),
        is_act=True,
    ),
    Shortcut(say("Mail codes"), "mail", "mailings.new", say("send coupons vouchers list addresses email"), is_act=True),
    Shortcut(say("Mailings of codes"), "mail", "mailings.index", say("who got which code sent coupons")),
)
LOOKS = (
    Look(say("Coupons with “{text}”"), "ticket", "coupons.index", frozenset({COUPON})),
    Look(say("Events with “{text}”"), "calendar-days", "ticketed_events.index", frozenset({TICKETED_EVENT})),
)
