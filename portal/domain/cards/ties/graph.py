"""What deals have to do with cards, as parts of the graph."""

from portal.domain.graph.kinds import Link
from portal.domain.sentences import say

LINKS = (
    Link(
        "catalog", "card_template", ("card_templates", say("Cards that its deals credit")), ("catalogs", say("Catalogs whose deals it counts")),
        "template_catalog l", "l.catalog_id", "l.template_id",
    ),
    Link(
        "deal", "card_operation", ("card_operations", say("Credits on cards")), ("deal", say("Deal that it credits for")), "card_deal l", "l.deal_id",
        "l.operation_id", where="l.operation_id IS NOT NULL",
    ),
    Link(
        "cancellation", "card_operation", ("undid_card_operations", say("Credits on cards that were taken back")), ("canceled_by", say("Undone by")),
        "card_deal l JOIN deal ld ON ld.id = l.deal_id", "l.deal_id", "l.operation_id",
        where="l.operation_id IS NOT NULL AND EXISTS (SELECT 1 FROM card_operation b WHERE b.takes_back_id = l.operation_id)",
    ),
    Link(
        "member", "deal", ("deals", say("Deals they made")), ("member", say("Customer who made it")), "card_deal l", "l.member_id", "l.deal_id",
        where="""l.member_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM card_deal other WHERE other.deal_id = l.deal_id
        AND other.member_id = l.member_id AND other.id < l.id)""",
    ),
    # Found by a click of theirs, by a code that was drawn for them, or named so by the shop.
    Link(
        "member", "deal", ("orders", say("Orders in their name")), ("customer", say("Customer whom the order names")),
        "member lm JOIN deal l ON l.partner_id = lm.partner_id AND l.customer = lm.uuid", "lm.id", "l.id",
        where="l.customer IS NOT NULL", leads_by=("l.conversion_time", "l.id"),
    ),
)  # fmt: skip
