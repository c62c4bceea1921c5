"""The kinds of mail about promoting and being promoted that people choose."""

from portal.domain.areas import NoticeKind
from portal.domain.sentences import say

SELL, PROMOTE = say("Sell"), say("Promote")
APPLICANT, QUESTION = "applicant", "question"
DECISION, CODE, UNPUBLISHED, CANCELED, PAYOUT, ANSWER = (
    "decision",
    "code",
    "unpublished",
    "canceled",
    "payout",
    "answer",
)
REFUNDED = "refunded"  # People choose it together with cancellations.
NOTICES = {
    APPLICANT: NoticeKind(SELL, say("Somebody joins or applies to promote a catalog")),
    QUESTION: NoticeKind(SELL, say("A promoter asks about a deal")),
    DECISION: NoticeKind(PROMOTE, say("A merchant decides about an application, or ends a promotion")),
    CODE: NoticeKind(PROMOTE, say("A merchant hands on a promo code: to you, or yours once you have ended")),
    UNPUBLISHED: NoticeKind(PROMOTE, say("A catalog that you promote is unpublished")),
    CANCELED: NoticeKind(PROMOTE, say("Deals that you brought are canceled, or a part of one is returned")),
    PAYOUT: NoticeKind(PROMOTE, say("A merchant has sent you money, or takes a payout back")),
    ANSWER: NoticeKind(PROMOTE, say("A merchant answers a question of yours")),
}
