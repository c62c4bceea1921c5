"""Types of events about batches of codes: the sentence a timeline shows."""

from portal.domain.sentences import say

FACTS = {
    "coupon_batch.begun": say("Making of codes begun"),
    "coupon_batch.done": say("Codes made"),
    "coupon_batch.canceled": say("Making of codes ended early"),
    "coupon_batch.assigned": say("Codes of a batch assigned"),
    "coupon_batch.switched_off": say("Codes of a batch switched off"),
    "coupon_batch.switched_on": say("Codes of a batch switched on again"),
}
