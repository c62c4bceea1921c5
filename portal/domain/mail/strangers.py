"""Mail that one person makes the portal write to somebody who did not ask for it: who may, to whom, and how much.

An address is proved before it writes to anybody. What is refused counts for nobody: the count stands in the transaction of
the mail. Operators run the installation, so only what protects the receiver holds for them.
"""

from datetime import datetime
from typing import NamedTuple

from portal.domain.accounts.people import proved
from portal.domain.accounts.tables import User
from portal.domain.errors import Refused
from portal.domain.events import log
from portal.domain.mail import counts, stops
from portal.domain.mail.counts import DAY, HOUR, Limit
from portal.domain.sentences import say
from portal.domain.typed.mailboxes import mailbox

A_RECEIVER_A_DAY, A_PERSON_A_DAY, A_PARTNER_A_DAY = 5, 30, 60
APPLICATIONS_A_DAY = 30  # that a person, or a partner, makes
CARDS_FROM_ONE_AN_HOUR = 30  # that are asked for by one partner's forms from one network: a shop's guests share theirs
CODES_A_DAY = 500  # of coupons that one partner mails to a list of addresses
FROM_ONE_A_DAY = 20  # mails that one partner causes to one address, however they know each other
_EVERYWHERE = 4  # as many from all networks as from one
_CARDS = 5  # times as many cards as invitations in an hour; one partner's forms have a fifth of them
_CODES = 5  # times as many codes of coupons as invitations in an hour
_an_hour = 200
BY_PARTNER = "unasked by a partner"
CARDS_OF_PARTNER = "cards of a partner"


class _Rule(NamedTuple):
    limit: Limit
    sentence: str


def use_limit(an_hour: int) -> None:
    """Take how many go out in an hour in all; each process does so before it writes a mail."""
    global _an_hour
    _an_hour = an_hour


def of_all() -> Limit:
    """What bounds the installation."""
    return Limit("unasked in all", "", _an_hour, HOUR)


def of_cards() -> Limit:
    """What bounds the cards that strangers ask for by forms."""
    return Limit("cards in all", "", _an_hour * _CARDS, HOUR)


def refuse_unproved_writer() -> None:
    """Raises Refused while whoever acts is a person whose address is not proved; programs and the system pass."""
    kind, _, number = log.actor().partition(":")
    if kind == "user":
        proved.refuse_unproved(int(number))


def refuse_unasked(to: str, by: int, partner_id: int) -> None:
    """Count a mail to somebody who did not ask for it, in its transaction. Raises Refused, saying what would mend it."""
    proved.refuse_unproved(by)
    if stops.is_stopped(to):
        raise Refused(
            say(
                "{to} wants no mail from people whom they do not know. Ask them to allow it, by the link in a mail "
                "that they got from here or under Notifications in their menu; then invite them.",
                to=to,
            ),
            field="mail",
        )
    rules = _of_receiver(to)
    if not User.get_by_id(by).is_operator:
        rules += _of_senders(by, partner_id)
    _take(rules)


def refuse_applications(partner_id: int) -> None:
    """Count an application of a partner's by whoever acts. Raises Refused when either made many today."""
    sentence = say(
        "You can join {most} catalogs a day, so that merchants hear of no more. Join the others tomorrow.",
        most=APPLICATIONS_A_DAY,
    )
    callers = (("applications of a person", log.actor()), ("applications of a partner", str(partner_id)))
    _take([_Rule(Limit(kind, who, APPLICATIONS_A_DAY, DAY), sentence) for kind, who in callers if who != log.SYSTEM])


def may_reach(to: str, partner_id: int) -> bool:
    """Count a mail that a partner causes to somebody who has to do with it; whether there were few of them today."""
    return counts.take(Limit("from a partner to one", f"{partner_id} {_whose(to)}"[:254], FROM_ONE_A_DAY, DAY))


def may_get_code(to: str, network: str) -> bool:
    """Count a mail that anybody causes who signs up with the address; whether there were few of them to it today."""
    return _may_get("code", to, network)


def may_ask_for_card(partner_id: int, network: str) -> bool:
    """Count a card that anybody asks for by a form of the partner's, in its transaction; whether there were few within the hour.
    Neither invitations nor other partners' forms stop when they are used up."""
    limits = (
        Limit("cards of a partner from one", f"{partner_id} {network}", CARDS_FROM_ONE_AN_HOUR, HOUR),
        Limit(CARDS_OF_PARTNER, str(partner_id), _an_hour, HOUR),
        of_cards(),
    )
    return all(counts.take(limit) for limit in limits)


def codes_wait(partner_id: int) -> datetime | None:
    """Count a code that a partner mails to an address of a list, in its transaction; from when on the next may go where this one may
    not, else None."""
    limits = (
        Limit("codes in all", "", _an_hour * _CODES, HOUR),
        Limit("codes of a partner", str(partner_id), CODES_A_DAY, DAY),
    )
    return next((limit.until for limit in limits if not counts.take(limit)), None)


def refuse_code(to: str) -> None:
    """Count it for its receiver. Raises Refused for who wants no such mails, or has got many today."""
    if stops.is_stopped(to):
        raise Refused(say("They want no mail from people whom they do not know."))
    _take(_of_receiver(to))


def may_get_card(to: str, network: str) -> bool:
    """Count a mail that anybody causes who asks for a card to the address; whether there were few of them to it today."""
    return _may_get("card", to, network)


def may_get_club_code(partner_id: int, to: str, network: str) -> bool:
    """Count a code that anybody asks for with a member's address to sign in to the partner's club; whether there were few of them
    today. Whoever stopped mails of strangers signs in all the same."""
    return _are_few("club code", f"{partner_id} {_whose(to)}", network)


def _may_get(what: str, to: str, network: str) -> bool:
    return not stops.is_stopped(to) and _are_few(what, _whose(to), network)


def _are_few(what: str, whose: str, network: str) -> bool:
    """They are counted by where they come from as well, so that one stranger alone does not use them up."""
    limits = (
        Limit(f"{what} to one from one", f"{network} {whose}"[:254], A_RECEIVER_A_DAY, DAY),
        Limit(f"{what} to one", whose[:254], A_RECEIVER_A_DAY * _EVERYWHERE, DAY),
    )
    return all(counts.take(limit) for limit in limits)


def _of_receiver(to: str) -> list[_Rule]:
    sentence = say(
        "{to} has got {most} mails like this today, from you or from others. Try again tomorrow.",
        to=to,
        most=A_RECEIVER_A_DAY,
    )
    return [_Rule(Limit("unasked to one", _whose(to), A_RECEIVER_A_DAY, DAY), sentence)]


def _whose(to: str) -> str:
    """What a receiver is counted by: whoever adds tags to an address writes to the same person."""
    return mailbox(to) or to


def _of_senders(by: int, partner_id: int) -> list[_Rule]:
    tomorrow = say("Invite the others tomorrow.")
    return [
        _Rule(
            Limit("unasked by a person", str(by), A_PERSON_A_DAY, DAY),
            say(
                "You can invite {most} people a day. {tomorrow}",
                most=A_PERSON_A_DAY,
                tomorrow=tomorrow,
            ),
        ),
        _Rule(
            Limit(BY_PARTNER, str(partner_id), A_PARTNER_A_DAY, DAY),
            say(
                "A team can invite {most} people a day. {tomorrow}",
                most=A_PARTNER_A_DAY,
                tomorrow=tomorrow,
            ),
        ),
        _Rule(
            of_all(),
            say(
                "This portal sends no more invitations within this hour: so many were sent. Try again in an hour, or "
                "ask its operator to allow more."
            ),
        ),
    ]


def _take(rules: list[_Rule]) -> None:
    for rule in rules:
        if not counts.take(rule.limit):
            raise Refused(rule.sentence)
