"""Links that end one kind of mail about one partner for one person, without signing in (RFC 8058)."""

from typing import NamedTuple

from portal.domain import sealing
from portal.domain.accounts.notifications import choices
from portal.domain.accounts.notifications.choices import KINDS, Receiver
from portal.domain.accounts.tables import Partner, User
from portal.domain.errors import NotFound
from portal.domain.mail import addresses
from portal.domain.sentences import say

_PURPOSE = "unsubscribe"


class Subscription(NamedTuple):
    """What a link ends."""

    user_id: int
    partner_id: int
    kind: str
    partner: str


def link(receiver: Receiver, kind: str) -> str:
    """The whole address that ends mails of this kind for the receiver."""
    text = f"{receiver.user_id}.{receiver.partner_id}.{kind}"
    return addresses.full(f"/unsubscribe/{text}.{sealing.signature(_PURPOSE, text)}")


def read(token: str) -> Subscription:
    """What the link's last part says. Raises NotFound unless it was written here."""
    text, _, signature = token.rpartition(".")
    if not sealing.is_signed(_PURPOSE, text, signature):
        raise NotFound(say("mail to unsubscribe from"))
    user_id, partner_id, kind = text.split(".")
    partner, user = Partner.get_or_none(Partner.id == int(partner_id)), User.get_or_none(User.id == int(user_id))
    if partner is None or user is None or kind not in KINDS:
        raise NotFound(say("mail to unsubscribe from"))
    return Subscription(user.id, partner.id, kind, partner.name)


def end(subscription: Subscription) -> None:
    """No more mails of this kind, for this partner alone. Repeating it changes nothing."""
    choices.turn_off(subscription.user_id, subscription.partner_id, subscription.kind)
