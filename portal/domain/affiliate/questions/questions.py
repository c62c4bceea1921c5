"""A promoter asks the merchant about a deal of its own, and the merchant answers once."""

from typing import NamedTuple

from portal import clock
from portal.database import Statement, transaction
from portal.domain import values
from portal.domain.affiliate import found
from portal.domain.affiliate.notices import notices
from portal.domain.affiliate.questions.tables import DealQuestion
from portal.domain.errors import NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import is_uuid
from portal.domain.sentences import say
from portal.domain.values import checked

MOST_WAITING = 3
_FIELDS = {"question": values.required_text(2000), "answer": values.required_text(2000)}


class _Asked(NamedTuple):
    id: int
    partner_id: int


_DEAL = Statement(
    """SELECT d.id, d.partner_id FROM deal d JOIN promotion m ON m.id = d.promotion_id
    WHERE d.uuid = :uuid AND m.promoter_id = :promoter""",
    _Asked,
    lock="FOR UPDATE OF d",
)


def ask(promoter_id: int, deal_uuid: str, text: str, user_id: int | None = None) -> DealQuestion:
    """Ask about one of the promoter's deals. Raises NotFound for another's, Invalid, Refused when this one or three
    others wait already."""
    taken = checked({"question": text}, _FIELDS)
    with transaction():
        deal = _DEAL.row(uuid=deal_uuid.lower(), promoter=promoter_id) if is_uuid(deal_uuid) else None
        if deal is None:
            raise NotFound(say("deal"))
        if _unanswered().where(DealQuestion.deal == deal.id, DealQuestion.question == taken["question"]).exists():
            raise Refused(say("You have asked this already, and it waits for an answer. Nothing was asked twice."))
        if _unanswered().where(DealQuestion.deal == deal.id).count() >= MOST_WAITING:
            raise Refused(
                say("Three questions about this deal wait for an answer. Give the merchant time to answer them.")
            )
        question = DealQuestion.create(
            deal=deal.id, merchant=deal.partner_id, promoter=promoter_id, question=taken["question"], asked_by=user_id
        )
        _tell(question, deal_uuid.lower(), "deal.asked")
        notices.tell_of_question(deal.partner_id, promoter_id, deal_uuid.lower(), taken["question"])
    return question


def answer(merchant_id: int, question_uuid: str, text: str, user_id: int | None = None) -> DealQuestion:
    """Answer a question about one of the merchant's deals. Raises NotFound, Invalid, Refused when it was answered."""
    taken = checked({"answer": text}, _FIELDS)
    question = found.of_merchant(DealQuestion, merchant_id, question_uuid, "question")
    with transaction():
        answered = DealQuestion.update(answer=taken["answer"], answered_by=user_id, answered_at=clock.now())
        if not answered.where(DealQuestion.id == question.id, DealQuestion.answered_at.is_null()).execute():
            raise Refused(say("Somebody answered this question a moment ago. Look at the deal again."))
        _tell(question, question.deal.uuid, "deal.answered")
        sides = merchant_id, question.promoter_id
        notices.tell_of_answer(*sides, question.deal.uuid, question.question, taken["answer"])
    return DealQuestion.get_by_id(question.id)


def of_deal(deal_id: int) -> list[DealQuestion]:
    """The questions about a deal, oldest first, each with its answer if there is one."""
    return list(DealQuestion.select().where(DealQuestion.deal == deal_id).order_by(DealQuestion.id))


def waiting(merchant_id: int, most: int = 20) -> list[DealQuestion]:
    """What promoters asked and nobody has answered, oldest first."""
    asked = _unanswered().where(DealQuestion.merchant == merchant_id)
    return list(asked.order_by(DealQuestion.id).limit(most))


def _unanswered():
    return DealQuestion.select().where(DealQuestion.answered_at.is_null())


def _tell(question: DealQuestion, deal_uuid: str, fact: str) -> None:
    """Both sides have it in their logs."""
    sides = (question.merchant_id, question.promoter_id)
    log.record_for_both(sides, fact, "deal", deal_uuid, {"question": question.uuid})
