"""What happens to the affiliate family's deals, and concerns cards: `family.py` and the worker's drains import it, so that every
process has it. Moves are followed in their transaction."""

from portal.domain.accounts import erased_answers
from portal.domain.affiliate.clicks import of_members
from portal.domain.affiliate.deals import consequences, forgetting, moves
from portal.domain.affiliate.deals import settling as deal_settling
from portal.domain.affiliate.deals.consequences import Consequence, Consequences
from portal.domain.affiliate.deals.rows import LockedDeal
from portal.domain.affiliate.refunds import refunds
from portal.domain.affiliate.trials import removal
from portal.domain.cards.moments import settling
from portal.domain.cards.ties import customers, giving, telling
from portal.domain.members import members
from portal.domain.members.tables import Member
from portal.domain.sentences import say


def _approved(deal: LockedDeal) -> None:
    giving.credit(giving.Approved(deal.id, deal.partner_id, deal.catalog_id, deal.currency, deal.cost))


def _canceled(deal: LockedDeal) -> None:
    if deal.approved_at is not None:
        giving.take_back(deal.id, 1, 1)


def _returned(deal: LockedDeal, back: int) -> None:
    giving.take_back(deal.id, back, deal.cost)


def _erased(member: Member) -> None:
    of_members.forget(member)
    named = customers.deals_of(member)
    forgetting.forget(member.partner_id, named)
    erased_answers.forget(member.partner_id, {*customers.names(member), *named.values()})


def _told(deal_id: int) -> Consequences:
    return Consequences(say("Loyalty cards"), [Consequence(*told) for told in telling.of(deal_id)])


moves.when_approved.append(_approved)
moves.when_canceled.append(_canceled)
refunds.when_returned.append(_returned)
removal.when_removed.append(lambda deal: giving.forget(deal.id))
members.when_erased.append(_erased)
consequences.tellers.append(_told)
consequences.takers.append(telling.at_stake)
settling.settled_first.append(deal_settling.of_partner)
