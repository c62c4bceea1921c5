"""Customers, their cards and what happened to these, as parts of the graph."""

from portal.domain.cards.cards import serials
from portal.domain.cards.operations import words
from portal.domain.cards.permits import CARDS_READ, CUSTOMERS_READ, PUSHES_READ, TEMPLATES_READ
from portal.domain.graph.kinds import Link, Node
from portal.domain.sentences import say

_CARDS, _CUSTOMERS, _PUSHES, _TEMPLATES = (
    frozenset({name}) for name in (CARDS_READ, CUSTOMERS_READ, PUSHES_READ, TEMPLATES_READ)
)


def _operation(name: str) -> str:
    """What happened, and how much of the card's field it changed: one of several credits of a deal is told from the others."""
    event, kind, mechanics, currency, field, amount = name.split()
    what = words.happened(int(kind), int(event))
    if not int(amount):
        return what
    return say(
        "{what}: {amount}", what=what, amount=words.said(int(kind), mechanics, currency, field, abs(int(amount)))
    )


NODES = (
    Node(
        "member", say("Customer"), "member gmb", "gmb.uuid",
        "CASE WHEN gmb.surname IS NULL THEN gmb.first_name ELSE gmb.first_name || ' ' || gmb.surname END",
        "gmb.partner_id = :partner AND gmb.erased_at IS NULL", _CUSTOMERS,
        ("gmb.uuid = :uuid", "gmb.partner_id = :partner AND gmb.mail = :mail", "gmb.partner_id = :partner AND gmb.external_user_id = :text"),
        "gmb.id = :number", at="gmb.created_at", state="CASE WHEN gmb.merged_into_id IS NULL THEN 'present' ELSE 'merged' END",
        states={"present": say("Present"), "merged": say("Merged into another")},
    ),
    Node(
        "card_template", say("Card template"), "card_template gct", "gct.uuid", "gct.name", "gct.partner_id = :partner", _TEMPLATES,
        ("gct.uuid = :uuid",), at="gct.created_at", state="CASE WHEN gct.archived_at IS NULL THEN 'active' ELSE 'archived' END",
        states={"active": say("Active"), "archived": say("Archived")},
    ),
    Node(
        "card", say("Card"), "card gcd", "gcd.serial", "gcd.serial", "gcd.partner_id = :partner", _CARDS,
        (f"gcd.serial = {serials.written_of(':digits')}",), at="gcd.created_at",
        state="CASE WHEN gcd.moved_to_id IS NOT NULL THEN 'moved' WHEN gcd.deleted_at IS NOT NULL THEN 'deleted' ELSE 'active' END",
        states={"active": say("Active"), "deleted": say("Deleted"), "moved": say("Moved to another")},
        stands="CASE WHEN gcd.deleted_at IS NULL THEN 'here' ELSE 'gone' END",
    ),
    Node(
        "card_operation", say("Operation on a card"), "card_operation gop", "gop.id",
        " || ' ' || ".join(("gop.event", "got.kind", "got.mechanics", "got.currency", "gop.field", "gop.amount")),
        "gop.partner_id = :partner", _CARDS, numbered="gop.id = :number",
        joins="JOIN card goc ON goc.id = gop.card_id JOIN card_template got ON got.id = gop.template_id", at="gop.created_at", page=("card", "goc.serial"),
        happens=True, said=_operation,
    ),
    Node(
        "push", say("Push"), "push gpu", "gpu.uuid", "SUBSTR(gpu.message, 1, 60)", "gpu.partner_id = :partner", _PUSHES,
        ("gpu.uuid = :uuid",), at="gpu.created_at", state="gpu.state",
        states={
            "scheduled": say("Planned"), "sending": say("Being sent"), "sent": say("Sent"), "cancelled": say("Cancelled"),
            "failed": say("Failed"),
        },
    ),
)  # fmt: skip
LINKS = (
    Link("card_template", "card", ("cards", say("Cards of it")), ("template", say("Template")), "card l", "l.template_id", "l.id",
        where="l.partner_id = :partner AND l.deleted_at IS NULL",
    ),
    Link("member", "card", ("cards", say("Cards")), ("member", say("Customer")), "card l", "l.member_id", "l.id"),
    Link("card", "card", ("moved_to", say("Moved to")), ("moved_from", say("Moved from")), "card l", "l.id", "l.moved_to_id",
        where="l.moved_to_id IS NOT NULL",
    ),
    Link("card", "card_operation", ("operations", say("Operations")), ("card", say("Card")), "card_operation l", "l.card_id", "l.id"),
    Link("card_operation", "card_operation", ("undone_by", say("Undone by")), ("undid", say("Undid")), "card_operation l", "l.reverses_id", "l.id",
        where="l.reverses_id IS NOT NULL",
    ),
    Link("card_operation", "card_operation", ("taken_back_by", say("Taken back by")), ("took_back", say("Took back")), "card_operation l",
        "l.takes_back_id", "l.id", where="l.takes_back_id IS NOT NULL",
    ),
    Link("card_operation", "push", ("pushes", say("Pushes that told of it")), ("operation", say("Operation that it tells of")), "push l",
        "l.operation_id", "l.id", where="l.operation_id IS NOT NULL",
    ),
    Link("card", "push", ("pushes", say("Pushes to it")), ("cards", say("Cards that got it")), "push_recipient l", "l.card_id", "l.push_id",
        leads_by=("l.id",), has_many_origins=True,
    ),
)  # fmt: skip
