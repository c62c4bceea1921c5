"""Tariffs of a reseller's over JSON (contract: cards)."""

from portal.cards.envelope import Listed, Page
from portal.cards.tariffs import wire
from portal.domain.accounts.tokens.tokens import Credential
from portal.domain.cards.companies import lists, resellers, tariffs


def index(caller: Credential, query: Page) -> Listed:
    """The tariffs that companies can be given, newest first."""
    resellers.refuse_reach(caller.partner_id, caller.reach)
    rows, total = lists.tariffs(caller.partner_id, query.itemsPerPage, query.skipped)
    return query.of([wire.tariff(row) for row in rows], total)


def show(caller: Credential, tariff_id: str) -> dict:
    """A tariff, a withdrawn one as well."""
    resellers.refuse_reach(caller.partner_id, caller.reach)
    return wire.tariff(tariffs.find(caller.partner_id, tariff_id))
