"""Customers over JSON (contract: cards)."""

from portal.api import names
from portal.cards.customers import wire
from portal.cards.customers.schemas import NAMES, CustomerChange, CustomerCreate, CustomerFilter
from portal.cards.envelope import Listed
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.errors import Invalid, NotFound
from portal.domain.members import blanks, finding, members, shown
from portal.domain.sentences import say
from portal.domain.totals import totals


def index(caller: Credential, query: CustomerFilter) -> Listed:
    """The customers, newest first; the one with this phone or mail address."""
    if query.phone or query.email:
        member = finding.one(caller.partner_id, phone=query.phone, mail=query.email)
        found = list(wire.customers([member]).values()) if member else []
        return query.of(found[query.skipped :], len(found))
    rows = shown.PAGE.rows(partner=caller.partner_id, most=query.itemsPerPage, skipped=query.skipped)
    return query.of(wire.of_rows(rows), totals.of(caller.partner_id, blanks.KIND))


def create(caller: Credential, body: CustomerCreate) -> dict:
    """Add a customer. The phone, the mail address and your own id are each one customer's: 409 names the one who has it.

    A company whose tariff has ended makes and changes none (422 `tariff_expired`); reading and erasing go on.
    """
    with names.of_wire(NAMES):
        member = members.create(caller.partner_id, _given(body))
    return show(caller, member.uuid)


def show(caller: Credential, customer_id: str) -> dict:
    """One customer. A customer that was merged into another is answered as that one."""
    row = shown.BY_UUID.row(partner=caller.partner_id, uuid=customer_id.lower())
    if row is None:
        raise NotFound(say("customer"))
    return wire.of_rows([row])[0]


def change(caller: Credential, customer_id: str, body: CustomerChange) -> dict:
    """Set the fields that are sent. The phone is changed by nobody but people, in the portal."""
    member = members.find(caller.partner_id, customer_id)
    for name, said in (("id", body.id), ("body_id", body.body_id)):
        if said is not None and said.lower() not in (member.uuid, customer_id.lower()):
            raise Invalid(name, say("This is the id of another customer than the address names."))
    with names.of_wire(NAMES):
        members.change(member, _given(body))
    return show(caller, member.uuid)


def remove(caller: Credential, customer_id: str) -> dict:
    """Erase a customer: the cards become deleted, and what happened to them stays without saying who it was."""
    member = members.find(caller.partner_id, customer_id)
    members.erase(member)
    return {"id": member.uuid}


def _given(body: CustomerCreate | CustomerChange) -> dict:
    return {NAMES[name]: value for name, value in body.given("id", "body_id").items()}
