"""What the search knows of the coupon desk's pages and acts, by the words that people type."""

from portal.domain.coupons.ticketed_events.searches import TICKETED_EVENT
from portal.domain.sentences import say
from portal.web.shortcuts import Look, Shortcut

OTHER_WORDS = {
    "coupon_check.index": say("validate test why not valid refused coupon voucher fix debug"),
    "ticketed_events.index": say("tickets shows concerts matches festivals price levels bundles listings demo shop"),
}
SHORTCUTS = (
    Shortcut(
        say("Add an event"), "plus", "ticketed_events.new", say("new create ticketed show concert match"), is_act=True
    ),
)
LOOKS = (Look(say("Events with “{text}”"), "calendar-days", "ticketed_events.index", frozenset({TICKETED_EVENT})),)
