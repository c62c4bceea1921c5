"""Who is told by mail of what happens between merchants and promoters, in the transaction in which it happens.

Nobody is told of what their own partner did.
"""

from portal.domain import money
from portal.domain.accounts.notifications import choices as notification_choices
from portal.domain.accounts.notifications import unsubscribing
from portal.domain.accounts.tables import Partner
from portal.domain.affiliate.notices.kinds import (
    ANSWER,
    APPLICANT,
    CODE,
    DECISION,
    NOTICES,
    PAYOUT,
    QUESTION,
    UNPUBLISHED,
)
from portal.domain.affiliate.payouts.tables import Payout
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.mail import addresses, outbox, strangers, words
from portal.domain.mail.words import line
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say

# The pages that mails lead to; a test holds that they are there.
APPLICANT_PAGE, PROMOTION_PAGE = "/promoters/{}", "/promotions/{}"
DEAL_PAGE, PROMOTERS_DEAL_PAGE = "/deals/{}", "/promotions/deals/{}"
CANCELED_PAGE, PAYOUT_PAGE = "/promotions/deals?status=Canceled", "/rewards/payouts/{}"
PROMOTERS_DEALS_PAGE = "/promotions/deals"


def tell_of_applicant(promotion: Promotion, catalog: Catalog) -> None:
    """The merchant: somebody promotes a catalog from now on, or asks to."""
    promoter, title = _name(promotion.promoter_id), line(catalog.title)
    waits = promotion.state == "waiting"
    wants = say("{promoter} wants to promote “{title}”", promoter=promoter, title=title)
    subject = wants if waits else say("{promoter} promotes “{title}”", promoter=promoter, title=title)
    said = (
        say("They say:\n\n{message}", message=words.quoted(promotion.message))
        if promotion.message
        else say("They left no message.")
    )
    asks = say('{promoter} asks to promote your catalog "{title}".', promoter=promoter, title=title)
    promotes = say('{promoter} now promotes your catalog "{title}".', promoter=promoter, title=title)
    done = asks if waits else promotes
    then = say("Approve or refuse it here:") if waits else say("What they bring is here:")
    if promotion.promoter_id != catalog.partner_id:
        place, values = APPLICANT_PAGE.format(promotion.uid), {"promoter": promoter, "title": title}
        values |= {"done": done, "then": then, "said": said}
        strangers.refuse_applications(promotion.promoter_id)
        tell(catalog.partner_id, APPLICANT, subject, "applicant", place, promotion.promoter_id, **values)


def tell_of_decision(promotion: Promotion, catalog: Catalog) -> None:
    """The promoter: the merchant approved, refused or ended its promotion."""
    merchant, title = _name(catalog.partner_id), line(catalog.title)
    subject, done = {
        "approved": (
            say("You can promote “{title}”", title=title),
            say('{merchant} has approved you: your links and codes work, for the catalog "{title}".'),
        ),
        "refused": (
            say("You cannot promote “{title}”", title=title),
            say('{merchant} does not admit you, for the catalog "{title}".'),
        ),
        "ended": (
            say("You no longer promote “{title}”", title=title),
            say(
                '{merchant} has ended your promotion: new clicks and deals no longer count, for the catalog "{title}".'
            ),
        ),
    }[promotion.state]
    reason = (
        say("{merchant} says:\n\n{reason}", merchant=merchant, reason=words.quoted(promotion.reason))
        if promotion.reason
        else say("{merchant} gave no reason.", merchant=merchant)
    )
    said = say("Deals that you brought stay yours.") if promotion.state == "approved" else reason
    if promotion.promoter_id != catalog.partner_id:
        place, values = PROMOTION_PAGE.format(promotion.uid), {"merchant": merchant, "title": title}
        values |= {"done": done.format(**values), "said": said}
        tell(promotion.promoter_id, DECISION, subject, "decision", place, catalog.partner_id, **values)


def tell_of_code_handed_on(former: Promotion, to: Promotion, catalog: Catalog, code: str) -> None:
    """Both promoters: the code of the one who has ended is the other's."""
    merchant, title = _name(catalog.partner_id), line(catalog.title)
    for promotion, subject, done, said in (
        (
            former,
            say("{merchant} handed on your promo code", merchant=merchant),
            say('{merchant} has handed on: the promo code {code}, for the catalog "{title}".'),
            say("Deals that you brought with it stay yours."),
        ),
        (
            to,
            say("You have a promo code for “{title}”", title=title),
            say('{merchant} gives you: the promo code {code}, for the catalog "{title}".'),
            say("Orders with it are yours from now on."),
        ),
    ):
        if promotion.promoter_id != catalog.partner_id:
            place, values = PROMOTION_PAGE.format(promotion.uid), {"merchant": merchant, "title": title, "code": code}
            values |= {"done": done.format(**values), "said": said}
            tell(promotion.promoter_id, CODE, subject, "code_handed_on", place, catalog.partner_id, **values)


def tell_of_unpublishing(catalog: Catalog) -> None:
    """Every approved promoter: the catalog is taken from them."""
    title, merchant = line(catalog.title), _name(catalog.partner_id)
    sellers = Promotion.select().where(Promotion.catalog == catalog, Promotion.state == "approved")
    for seller in sellers.order_by(Promotion.id):
        place, values = PROMOTION_PAGE.format(seller.uid), {"title": title, "merchant": merchant}
        subject = say("“{title}” can no longer be promoted", title=title)
        if seller.promoter_id != catalog.partner_id:
            tell(seller.promoter_id, UNPUBLISHED, subject, "catalog_unpublished", place, catalog.partner_id, **values)


def tell_of_payout(payout: Payout) -> None:
    """The promoter: a merchant sent its money."""
    text = "payout_sent_referred" if payout.reference else "payout_sent"
    _tell_of_payout(payout, text, say("{merchant} sent you {paid}"), reference=line(payout.reference or ""))


def tell_of_payout_taken_back(payout: Payout) -> None:
    """The promoter: a payout never arrived, and will be paid again."""
    subject = say("{merchant} took back the payout of {paid}")
    _tell_of_payout(payout, "payout_taken_back", subject, reason=words.quoted(payout.reason or ""))


def tell_of_question(merchant_id: int, promoter_id: int, deal_uuid: str, question: str) -> None:
    """The merchant: a promoter asks about a deal."""
    promoter, place = _name(promoter_id), DEAL_PAGE.format(deal_uuid)
    if promoter_id != merchant_id:
        subject = say("{promoter} asks about a deal", promoter=promoter)
        values = {"promoter": promoter, "question": words.quoted(question)}
        tell(merchant_id, QUESTION, subject, "question", place, promoter_id, **values)


def tell_of_answer(merchant_id: int, promoter_id: int, deal_uuid: str, question: str, answer: str) -> None:
    """The promoter: the merchant answered."""
    merchant, place = _name(merchant_id), PROMOTERS_DEAL_PAGE.format(deal_uuid)
    if promoter_id != merchant_id:
        values = {"merchant": merchant, "question": words.quoted(question), "answer": words.quoted(answer)}
        tell(
            promoter_id,
            ANSWER,
            say("{merchant} answered your question", merchant=merchant),
            "answer",
            place,
            merchant_id,
            **values,
        )


def tell(
    partner_id: int, kind: str, subject: str, text: str, path: str, caused_by: int | None = None, **values
) -> None:
    """Mail everybody of the partner who wants this kind, in the running transaction.

    To whom the partner that `caused_by` names had much mailed today already, it has no more mailed: it stands in the portal
    all the same. Raises Refused while the address of the person who acts is not proved.
    """
    told = Partner.get_by_id(partner_id)
    if not told.is_test:
        strangers.refuse_unproved_writer()
    link = addresses.full_for(told.slug, path)
    for receiver in notification_choices.receivers(partner_id, kind):
        if caused_by and not strangers.may_reach(receiver.mail, caused_by):
            continue
        outbox.put(
            receiver.mail, subject, text, partner_id, unsubscribe=unsubscribing.link(receiver, kind),
            caused_by=caused_by, name=receiver.name, link=link, partner=receiver.partner, when=NOTICES[kind].when,
            settings=addresses.full("/account/notifications"), **values,
        )  # fmt: skip


def address(partner_id: int, path: str) -> str:
    """The whole address of a page of the partner's, for whoever is told."""
    return addresses.full_for(Partner.get_by_id(partner_id).slug, path)


def _tell_of_payout(payout: Payout, text: str, subject: str, **values) -> None:
    if payout.promoter_id == payout.merchant_id:
        return
    values |= {"merchant": _name(payout.merchant_id), "paid": _sum(payout.amount, payout.currency)}
    values |= {"number": payout.number}
    place, by = PAYOUT_PAGE.format(payout.uuid), payout.merchant_id
    tell(payout.promoter_id, PAYOUT, subject.format(**values), text, place, by, **values)


def _name(partner_id: int) -> str:
    return line(Partner.get_by_id(partner_id).name)


def _sum(amount: int, currency: str) -> str:
    return f"{money.to_decimal(amount, currency):,f} {currency}"
