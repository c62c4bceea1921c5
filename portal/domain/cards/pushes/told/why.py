"""Why a push did not arrive at a card: what has to be so, in order, each passed, failed or not reached, with the nearest fix."""

from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes import in_wallets, quiet, words
from portal.domain.cards.pushes.browsers import outcomes
from portal.domain.cards.pushes.tables import Push, PushAttempt, PushRecipient, PushSubscription
from portal.domain.sentences import say
from portal.domain.steps import Steps

INSTALLED, PRESENT, BEGUN, CHOSEN, WANTED, LOUD, BROWSER, ANSWER, SHOWN = (
    say("The card is installed"), say("The card is not deleted"), say("Sending has begun"), say("The card is one of those that it is for"),
    say("Its holder wants pushes"), say("Its turn has come"), say("A phone of theirs shows pushes"), say("The push service took it"),
    say("It was shown"),
)  # fmt: skip
_CHECKS = (INSTALLED, PRESENT, BEGUN, CHOSEN, WANTED, LOUD, BROWSER, ANSWER, SHOWN)


def explain(push: Push, card: Card) -> list[dict]:
    """The steps of a push to a card of the same partner's (`portal.domain.steps`)."""
    steps = Steps(*_CHECKS)
    recipient = PushRecipient.get_or_none(PushRecipient.push == push, PushRecipient.card == card)
    if _reaches_card(steps, push, card, recipient) and recipient is not None and _was_sent(steps, push, recipient):
        _reaches_phone(steps, card, recipient)
    return steps.as_list()


def _reaches_card(steps: Steps, push: Push, card: Card, recipient: PushRecipient | None) -> bool:
    if card.installed_at is None:
        fix = say("Send its holder the link of the card: it is installed when they open it.")
        return _failed(steps, INSTALLED, say("Nobody has opened its page yet."), fix)
    steps.passed(INSTALLED)
    if card.deleted_at is not None:
        return _failed(steps, PRESENT, say("It is deleted."), say("Issue a new card, or use the one it was moved to."))
    steps.passed(PRESENT)
    if push.began_at is None:
        return _failed(steps, BEGUN, *_not_begun(push))
    steps.passed(BEGUN)
    if recipient is None and push.forgotten:
        return _failed(steps, CHOSEN, say("Who got it is forgotten by now."), say("Look at a push of later."))
    if recipient is None:
        detail = say("It was not among them when sending began, which settles who gets it.")
        return _failed(steps, CHOSEN, detail, say("Send another push, and look at whom it is for."))
    steps.passed(CHOSEN)
    return True


def _not_begun(push: Push) -> tuple[str, str]:
    if push.state == words.SCHEDULED:
        return say("It waits for its moment, or for the end of quiet hours."), say(
            "Wait, or cancel it and send another."
        )
    if push.state == words.CANCELLED:
        return say("It was cancelled before."), say("Send another push.")
    return say("It could not begin: its history says why."), say("Mend that, and send another push.")


def _was_sent(steps: Steps, push: Push, recipient: PushRecipient) -> bool:
    if recipient.reason == words.MUTED:
        fix = say("Only they can turn notifications on, on the page of the card.")
        return _failed(steps, WANTED, say("They had turned notifications off."), fix)
    steps.passed(WANTED)
    if recipient.state == words.CANCELLED:
        return _failed(steps, LOUD, words.REASONS[recipient.reason or words.WITHDRAWN], say("Send another push."))
    if recipient.state in (words.QUEUED, words.SENDING) and recipient.attempts == 0:
        is_quiet = push.keeps_quiet and quiet.until(push.partner_id) is not None
        detail = say("Quiet hours are kept.") if is_quiet else say("It waits for the worker.")
        return _failed(steps, LOUD, detail, say("Wait until it is sent."))
    steps.passed(LOUD)
    return True


def _reaches_phone(steps: Steps, card: Card, recipient: PushRecipient) -> None:
    answers = list(PushAttempt.select().where(PushAttempt.recipient == recipient).order_by(PushAttempt.id.desc()))
    if not answers and not (recipient.due_at and _has_any(card)):
        detail = say("None did when it was sent. It lies in the inbox of the card.")
        if recipient.shown_at is None:
            return steps.failed(BROWSER, detail, say("Ask them to turn notifications on, on the page of the card."))
        steps.passed(BROWSER, detail)
        return steps.passed(SHOWN, say("In the inbox of the card."))
    steps.passed(BROWSER)
    taken = {answer.channel for answer in answers if answer.result == outcomes.TAKEN}
    if not taken:
        return steps.failed(ANSWER, *_refused(recipient, answers))
    steps.passed(ANSWER)
    if recipient.shown_at is None and outcomes.BROWSER not in taken:
        fix = say("It is in the wallet of their phone, unless notifications of the wallet are switched off there.")
        return steps.failed(SHOWN, say("Wallets do not tell what they show."), fix)
    if recipient.shown_at is None:
        fix = say("It is shown when the phone is on and online, unless its own settings forbid the browser to.")
        return steps.failed(SHOWN, say("Not yet."), fix)
    return steps.passed(SHOWN)


def _has_any(card: Card) -> bool:
    """Whether a browser shows pushes to its holder, or a wallet keeps it."""
    has_browser = PushSubscription.select().where(PushSubscription.member == card.member_id).exists()
    return has_browser or bool(in_wallets.places(card.partner_id, [card.id]))


def _refused(recipient: PushRecipient, answers: list[PushAttempt]) -> tuple[str, str]:
    """What the service said last, and what mends it."""
    if not answers:
        return say("It is being sent."), say("Wait a moment.")
    last = answers[0]
    detail = say("{host} answered: {said}", host=last.host, said=last.said or str(last.status or "–"))
    if recipient.due_at is not None:  # The inbox has it when it has ended.
        return detail, say("Wait: it is tried again.")
    if last.result == outcomes.GONE and last.channel != outcomes.BROWSER:
        return detail, say(
            "The card is not in that wallet. It lies in the inbox; they can add it from the card’s page."
        )
    if last.result == outcomes.GONE:
        return detail, say(
            "The phone is unsubscribed. It subscribes anew when they open the card and turn notifications on."
        )
    return detail, say(
        "It lies in the inbox of the card. If others are refused as well, ask the operator of the portal."
    )


def _failed(steps: Steps, check: str, detail: str, fix: str) -> bool:
    steps.failed(check, detail, fix)
    return False
