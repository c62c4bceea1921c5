"""Types of events about mailings of codes: the sentence a timeline shows."""

from portal.domain.sentences import say

FACTS = {
    "coupon_mailing.begun": say("Mailing of codes begun"),
    "coupon_mailing.done": say("Codes mailed"),
    "coupon_mailing.canceled": say("Mailing of codes ended early"),
}
