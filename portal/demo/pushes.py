"""What the demo's holders of cards were told: pushes that were shown, that failed in part, and one that is planned."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from portal import clock
from portal.demo.cast import DAY
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.pushes import pushes, sending, settling, starting
from portal.domain.cards.pushes.automatic import automatic, occasions
from portal.domain.cards.pushes.browsers import outcomes, shown, subscriptions
from portal.domain.cards.pushes.browsers.outcomes import Answer
from portal.domain.cards.pushes.tables import AutomaticPush, Push, PushRecipient, PushSubscription
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.cards.words import CASHBACK, REWARD, STAMP
from portal.domain.events import log

# Days ago, of which type of card, what was said, and what share was seen.
_TOLD = (
    (24, STAMP, "The hut is open again from Thursday. First coffee at sunrise?", 0.8),
    (11, CASHBACK, "This weekend every purchase brings cashback on trail shoes, too. See you at the summit shop.", 0.6),
    (3, REWARD, "New in the rewards: a night in the mountain hut. Look at how many points are missing.", 0.5),
)
_PLANNED = "Saturday at six: we walk to the lake together, and the coffee after is on us."


def live_through(partners: Mapping[str, Partner], public_url: str) -> None:
    """Each was sent at once, to the inbox of every card; two phones of the second refused it."""
    acme = partners["acme"]
    owner = Membership.get(Membership.partner == acme, Membership.role == "owner").user_id
    log.acting_as(f"user:{owner}", acme.id)
    for number, (days, kind, message, share) in enumerate(_TOLD):
        template = _template(acme, kind)
        phones = _phones(template) if number == 1 else []
        with clock.acting(-days * DAY):
            push = pushes.send(acme.id, message, template.id)
        _work()
        _see(push, share)
        _put_back(push, days * DAY)
        PushSubscription.delete().where(PushSubscription.id.in_(phones)).execute()
    _switch_on(acme)
    noon = (clock.now() + timedelta(days=2)).replace(hour=12, minute=0, second=0, microsecond=0)
    _try_out(acme)
    pushes.send(acme.id, _PLANNED, _template(acme, STAMP).id, scheduled_at=noon)
    log.acting_as(log.SYSTEM)


def _try_out(acme: Partner) -> None:
    """What is planned was sent to one card first."""
    its = Card.select().where(Card.partner == acme, Card.installed_at.is_null(False), Card.deleted_at.is_null())
    own = its.where(Card.template == _template(acme, STAMP)).order_by(Card.id).first()
    pushes.send(acme.id, _PLANNED, own.template_id, card=own.serial, is_trial=True)
    _work()


def _switch_on(acme: Partner) -> None:
    """What is sent by itself since two months ago; of it some cards were told lately."""
    stamp, cashback = _template(acme, STAMP), _template(acme, CASHBACK)
    on = [
        (stamp, automatic.WELCOME),
        (stamp, automatic.LEFT),
        (cashback, automatic.EXPIRING),
        (cashback, automatic.WIN_BACK),
    ]
    for template, kind in on:
        about = automatic.KINDS[kind]
        number = 5 if kind == automatic.LEFT else about.usual
        kept = automatic.save(acme.id, template.id, kind, about.text, number)
        since = clock.now() - timedelta(days=60)
        AutomaticPush.update(since=since, keeps_quiet=False).where(AutomaticPush.id == kept.id).execute()
    while occasions.work_due():
        pass
    _work()
    for push in Push.select().where(Push.partner == acme, Push.kind == "auto"):
        _see(push, share=push.id % 2)
    AutomaticPush.update(keeps_quiet=True).execute()


def _template(acme: Partner, kind: int) -> CardTemplate:
    its = (CardTemplate.partner == acme, CardTemplate.kind == kind)
    return CardTemplate.select().where(*its).order_by(CardTemplate.id).first()


def _phones(template: CardTemplate) -> list[int]:
    """Two holders' phones, whose push service will refuse."""
    its = Card.select().where(Card.template == template, Card.installed_at.is_null(False), Card.deleted_at.is_null())
    return [_phone(card).id for card in its.order_by(Card.id).limit(2)]


def _phone(card: Card) -> PushSubscription:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    letters = [urlsafe_b64encode(part).decode().rstrip("=") for part in (point, bytes(16))]
    return subscriptions.subscribe(card.member, f"https://push.example/{card.key}", *letters)


def _work() -> None:
    while starting.work_due():
        pass
    while batch := sending.take():
        answers = [_refused(post.recipient, post.browser.id) for post in batch.posts]
        settling.settle(batch, answers)


def _refused(recipient: int, browser: int) -> Answer:
    said = "The phone’s push service no longer accepts this sender."
    return Answer(recipient, browser, "push.example", outcomes.REFUSED, 403, said)


def _see(push: Push, share: float) -> None:
    its = PushRecipient.select(PushRecipient.id).where(PushRecipient.push == push, PushRecipient.state == "sent")
    ids = [row.id for row in its.order_by(PushRecipient.id)]
    shown.note(ids[: round(len(ids) * share)])


def _put_back(push: Push, seconds: int) -> None:
    """The worker acts by the wall's clock: what it did just now was done then."""
    back = seconds * 1_000_000
    moments = {"began_at": Push.began_at - back, "ended_at": Push.ended_at - back}
    Push.update(**moments).where(Push.id == push.id).execute()
    its = {"settled_at": PushRecipient.settled_at - back, "shown_at": PushRecipient.shown_at - back}
    PushRecipient.update(**its).where(PushRecipient.push == push).execute()
