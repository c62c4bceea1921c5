"""The language that a person reads: their own choice, else their partner's. Whoever chose none is asked for by the browser."""

from portal import languages
from portal.database import Statement, transaction
from portal.domain.accounts.tables import User
from portal.domain.sentences import say
from portal.domain.values import Wrong

_OF_RECEIVER = Statement(
    """SELECT COALESCE((SELECT language FROM person WHERE mail = :mail), (SELECT language FROM partner WHERE id = :partner))"""
)


def known(value) -> str | None:
    """One of the languages that there are; None for no choice. Raises Wrong."""
    if value not in (None, "", *languages.NAMES):
        raise Wrong(say("Choose one of the languages in the list."))
    return value or None


def choose(user_id: int, language: str | None) -> None:
    """What the person reads from now on; None leaves it to their partner and their browser. Raises Wrong."""
    chosen = known(language)
    with transaction():
        User.update(language=chosen).where(User.id == user_id).execute()


def of_newcomer() -> str | None:
    """What whoever comes in now reads on, in pages and mails. English is no choice: their partner may have another."""
    return languages.spoken() if languages.spoken() != languages.ENGLISH else None


def of_receiver(mail: str, partner_id: int | None) -> str:
    """The language of a mail to this address, about this partner if any."""
    return languages.known(_OF_RECEIVER.value(mail=mail, partner=partner_id)) or languages.ENGLISH
