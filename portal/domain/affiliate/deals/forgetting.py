"""What deals know of a person who is erased: whose link it came by stays, who bought goes (contract: cards, "Whose, and what when")."""

from collections.abc import Collection

from portal.database import Statement
from portal.domain.affiliate.attribution.another_data import without_person
from portal.domain.affiliate.deals.tables import Deal
from portal.domain.affiliate.imports.tables import DealImport, ImportRow
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.affiliate.refunds.tables import Refund
from portal.domain.importing.words import DONE, SAME

ERASED = ""  # Of the customer: a report can name nobody so.
FORGOTTEN = "(forgotten with the customer)"  # Stands where something was written.
_CUSTOMER = Statement("SELECT customer FROM deal WHERE id = :deal")


def forget(partner_id: int, deal_ids: Collection[int]) -> None:
    """In the transaction that erases a customer of the partner's: the deals, and the lines of files that told of them, name
    nobody any more."""
    if not deal_ids:
        return
    deals = list(Deal.select(Deal.id, Deal.deal_id, Deal.another_data).where(Deal.id.in_(list(deal_ids))))
    for deal in deals:
        left = {"customer": ERASED, "another_data": without_person(deal.another_data), "comment": None}
        Deal.update(**left).where(Deal.id == deal.id).execute()
    _forget_words([deal.id for deal in deals])
    its = DealImport.select(DealImport.id).where(DealImport.partner == partner_id, DealImport.forget_at.is_null(False))
    told = ImportRow.named.in_([deal.deal_id for deal in deals]) & ImportRow.state.in_((SAME, DONE))
    ImportRow.update(cells=[]).where(ImportRow.deal_import.in_(its), told).execute()


def _forget_words(deal_ids: list[int]) -> None:
    """What was written to the deals: why something was given back, what a promoter asked and what was answered."""
    Refund.update(comment=None).where(Refund.deal.in_(deal_ids)).execute()
    of_deals = DealQuestion.deal.in_(deal_ids)
    DealQuestion.update(question=FORGOTTEN).where(of_deals).execute()
    DealQuestion.update(answer=FORGOTTEN).where(of_deals, DealQuestion.answer.is_null(False)).execute()


def is_as_left(deal_id: int, kept: str | None, said: str | None) -> bool:
    """Whether a report says the same as was kept of a deal whose customer was erased: the shop still names them."""
    return kept == without_person(said) and _CUSTOMER.value(deal=deal_id) == ERASED
