"""Types of events about imports of coupons: the sentence a timeline shows."""

from portal.domain.sentences import say

FACTS = {
    "coupon_import.confirmed": say("Import of coupons confirmed"),
    "coupon_import.done": say("Import of coupons done"),
    "coupon_import.undo_asked": say("Undoing of an import of coupons begun"),
    "coupon_import.undone": say("Import of coupons undone"),
    "coupon_import.canceled": say("Import of coupons canceled"),
}
