"""Pushes that are sent by themselves: one of each kind a template, with the company's text or the usual one."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from portal import clock, languages
from portal.database import transaction
from portal.domain import values
from portal.domain.cards.companies import limits
from portal.domain.cards.pushes.automatic import texts
from portal.domain.cards.pushes.pushes import LONGEST
from portal.domain.cards.pushes.tables import AutomaticPush
from portal.domain.cards.templates import templates
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.cards.words import STAMP
from portal.domain.errors import Invalid
from portal.domain.events import log
from portal.domain.sentences import Sentence, say

WELCOME, BIRTHDAY, LEFT, EXPIRING, WIN_BACK = "welcome", "birthday", "left", "expiring", "win_back"
_MOST_DAYS = 365
_WORD = re.compile(r"\{([^{}]*)\}")


class Kind(NamedTuple):
    """What a kind is called, when it is sent, what its number is (None: it has none), and its usual number and text, which each holder
    reads in their own language; `words` are those that are filled in."""

    label: str
    when: str
    number: str | None
    usual: int | None
    text: Sentence
    words: tuple[str, ...] = ("name",)


KINDS: dict[str, Kind] = {
    WELCOME: Kind(
        say("Welcome"), say("When the card is opened for the first time."), None, None,
        texts.WELCOME,
    ),
    BIRTHDAY: Kind(
        say("Birthday"), say("On the holder’s birthday, once a year."), None, None,
        texts.BIRTHDAY,
    ),
    LEFT: Kind(
        say("Nearly full"), say("When few stamps are left until the reward, once each round."), say("Stamps left"), 2,
        texts.LEFT, ("name", "left"),
    ),
    EXPIRING: Kind(
        say("About to expire"), say("Some days before something on the card ends."), say("Days before"), 7,
        texts.EXPIRING, ("name", "amount", "day"),
    ),
    WIN_BACK: Kind(
        say("We miss you"), say("Some days after the holder was last seen, once each time they stay away."), say("Days after"), 60,
        texts.WIN_BACK,
    ),
}  # fmt: skip


def kinds_of(template: CardTemplate) -> list[str]:
    """The kinds that its cards have occasions for."""
    lacking = {LEFT} if template.kind != STAMP else set()
    return [kind for kind in KINDS if kind not in lacking and (kind != EXPIRING or template.lot_days is not None)]


def of(template: CardTemplate) -> dict[str, AutomaticPush]:
    """Those that were ever switched on, by kind."""
    return of_each([template])[template.id]


def of_each(templates_: Sequence[CardTemplate]) -> dict[int, dict[str, AutomaticPush]]:
    """The same of some templates, by their ids."""
    kept: dict[int, dict[str, AutomaticPush]] = {template.id: {} for template in templates_}
    for one in AutomaticPush.select().where(AutomaticPush.template.in_(list(kept))):
        kept[one.template_id][one.kind] = one
    return kept


def save(
    partner_id: int,
    template_id: str | int,
    kind: str,
    message: str,
    number: int | None = None,
    is_on: bool = True,
    keeps_quiet: bool = True,
) -> AutomaticPush:
    """Switch a kind on or off for a template, with its text. Occasions count from when it is switched on, or its number changes.
    Raises NotFound, Invalid, and Refused where the tariff has none, or none with a text of one's own."""
    template = templates.find(partner_id, template_id)
    text = _checked(template, kind, message, number)
    with transaction():
        templates.locked(template.id)
        kept = AutomaticPush.get_or_none(AutomaticPush.template == template, AutomaticPush.kind == kind)
        is_own = not is_usual(kind, text) and text != (kept and kept.message)
        _refuse_without_options(partner_id, is_on, is_own)
        kept = kept or AutomaticPush(partner=partner_id, template=template, kind=kind, is_on=False)
        given: dict[str, Any] = {"message": text, "number": number, "is_on": is_on, "keeps_quiet": keeps_quiet}
        if is_on and (not kept.is_on or kept.number != number):
            due = clock.from_micros(clock.wall_micros())
            given |= {"since": clock.now(), "looked_at": None, "looked_to": None, "due_at": due}
        elif not is_on:
            given["due_at"] = None
        if kept.id is None:
            kept = AutomaticPush.create(partner=partner_id, template=template, kind=kind, **given)
        else:  # These columns alone: the worker writes the others.
            AutomaticPush.update(**given).where(AutomaticPush.id == kept.id).execute()
        told = {"kind": kind, "is_on": is_on}
        log.record(partner_id, "push.automatic_changed", templates.THING, template.uuid, told)
    return AutomaticPush.get_by_id(kept.id)


def is_usual(kind: str, text: str) -> bool:
    """Whether a text is the usual one of its kind, in whatever language."""
    return text in {KINDS[kind].text.said(language) for language in languages.NAMES}


def day(of: date, language: str) -> str:
    """A day as a text names it."""
    return f"{of.day} {of:%b %Y}" if language == languages.ENGLISH else languages.catalog(language).day(of)


def filled(message: str, values: Mapping[str, str]) -> str:
    """The text with its words filled in; what somebody is called is never read as a word."""
    return _WORD.sub(lambda found: values.get(found[1], ""), message)[:LONGEST]


def _checked(template: CardTemplate, kind: str, message: str, number: int | None) -> str:
    if kind not in kinds_of(template):
        raise Invalid("kind", say("Cards of this template have no such occasion."))
    text = values.checked({"message": message}, {"message": values.message(LONGEST)})["message"]
    _refuse_unknown_words(text, KINDS[kind].words)
    if KINDS[kind].number is None:
        if number is not None:
            raise Invalid("number", say("This kind takes no number: leave it empty."))
        return text
    most = (template.stamps_total or 1) - 1 if kind == LEFT else _MOST_DAYS
    if number is None or not 1 <= number <= most:
        raise Invalid("number", say("Give a number from 1 to {most}.", most=most))
    return text


def _refuse_unknown_words(text: str, known: tuple[str, ...]) -> None:
    for word in _WORD.findall(text):
        if word not in known:
            named = ", ".join(f"{{{one}}}" for one in known)
            raise Invalid(
                "message",
                say("{word} is no word that is filled in. There are: {known}.", word=f"{{{word}}}", known=named),
            )
    if "{" in _WORD.sub("", text) or "}" in _WORD.sub("", text):
        raise Invalid(
            "message",
            say("A brace stands alone. Words that are filled in stand in two, such as {word}.", word="{name}"),
        )


def _refuse_without_options(partner_id: int, is_on: bool, is_own: bool) -> None:
    limits.refuse_expired(partner_id)
    if is_on:
        limits.refuse_without(partner_id, "push")
        limits.refuse_without(partner_id, "auto_push")
    if is_own:
        limits.refuse_without(partner_id, "custom_auto_push")
