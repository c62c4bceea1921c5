"""Rules by which customers are in a segment: whoever fits at the moment is in it, and nobody keeps who was."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from portal import clock
from portal.domain.accounts.tables import Partner
from portal.domain.cards.customers import seen
from portal.domain.cards.operations.rows import main_of
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid
from portal.domain.sentences import say

UNSEEN, BIRTHDAY, TEMPLATE, BALANCE, SPENT = "unseen", "birthday", "template", "balance", "spent"
RULES = {
    UNSEEN: say("Not seen for so many days"),
    BIRTHDAY: say("Birthday this month"),
    TEMPLATE: say("Has a card of the template"),
    BALANCE: say("Has at least so much on the card"),
    SPENT: say("Spent at least so much with the card"),
}
OF_TEMPLATE = frozenset({TEMPLATE, BALANCE, SPENT})
WITH_NUMBER = frozenset({UNSEEN, BALANCE, SPENT})
_LONGEST_DAYS, _LARGEST = 3650, 10**12
_DAY = 86_400_000_000


class Condition(NamedTuple):
    """A condition on `member m`, with the parameters that it names. Where an index has those who meet it in an order, `key` is that:
    their own, or that of what is `joined`, of which each of them has one."""

    text: str
    given: dict[str, Any]
    key: str = ""
    joined: str = ""


def checked(partner_id: int, word: str, number: int | None, template_id: int | None) -> dict[str, Any]:
    """A rule as it is kept; `number` is days, or the smallest units of what the template counts. Raises Invalid."""
    if word not in RULES:
        raise Invalid("rule", say("Choose a rule."))
    _refuse_misfit("number", number is not None, word in WITH_NUMBER)
    _refuse_misfit("template", template_id is not None, word in OF_TEMPLATE)
    if number is not None and not 1 <= number <= (_LONGEST_DAYS if word == UNSEEN else _LARGEST):
        raise Invalid("number", say("Give a number over zero, of days at most {days}.", days=_LONGEST_DAYS))
    if template_id is not None and not _template(partner_id, template_id):
        raise Invalid("template", say("Choose one of your templates."))
    return {"rule": word, "number": number, "template": template_id}


def condition(partner_id: int, rule: Mapping[str, Any]) -> Condition:
    """Whoever fits now."""
    return conditions(partner_id, [rule])[0]


def conditions(partner_id: int, of_rules: Sequence[Mapping[str, Any]]) -> list[Condition]:
    """The same for several rules of the partner's, in their order."""
    asked = {rule["template"] for rule in of_rules} - {None}
    its = CardTemplate.select().where(CardTemplate.partner == partner_id, CardTemplate.id.in_(asked))
    templates = {one.id: one for one in its} if asked else {}
    month = _month(partner_id) if any(rule["rule"] == BIRTHDAY for rule in of_rules) else 0
    return [_condition(rule["rule"], rule["number"], templates.get(rule["template"]), month) for rule in of_rules]


def _condition(word: str, number: int, template: CardTemplate | None, month: int) -> Condition:
    if word == UNSEEN:
        return not_seen("unseen_since", number)
    if word == BIRTHDAY:
        return Condition("m.birth_month = :born_in", {"born_in": month})
    if template is None:
        return Condition("m.id < 0", {})
    if word == TEMPLATE:
        return has_card("of_rule", template.id)
    field = "spent" if word == SPENT else main_of(template.kind, template.mechanics)
    return has_card("of_rule", template.id, f" AND c.{field} >= :at_least", at_least=number)


def not_seen(name: str, days: int) -> Condition:
    """Whoever was not here for so many days; `name` is what the parameter of the moment is called."""
    return Condition(seen.since(f":{name}"), {name: clock.micros() - days * _DAY}, key=seen.KEY)


def has_card(name: str, template_id: int, more: str = "", **given: int) -> Condition:
    """Whoever has a card of the template, of which more may be said; `name` is what the parameter of the template is called."""
    card = f"c.template_id = :{name} AND c.deleted_at IS NULL{more}"
    held = f"EXISTS (SELECT 1 FROM card c WHERE c.member_id = m.id AND {card})"
    return Condition(held, {name: template_id, **given}, "c.member_id", f"JOIN card c ON {card}")


def put_into(segment_id: int) -> Condition:
    """Whom somebody put into a segment."""
    put = "m.id IN (SELECT i.member_id FROM segment_member i WHERE i.segment_id = :segment)"
    joined = "JOIN segment_member i ON i.segment_id = :segment"
    return Condition(put, {"segment": segment_id}, "i.member_id", joined)


def _template(partner_id: int, template_id: int) -> CardTemplate | None:
    return CardTemplate.get_or_none(CardTemplate.id == template_id, CardTemplate.partner == partner_id)


def _month(partner_id: int) -> int:
    zone = Partner.select(Partner.time_zone).where(Partner.id == partner_id).scalar()
    return clock.now().astimezone(ZoneInfo(zone)).month


def _refuse_misfit(field: str, is_given: bool, is_wanted: bool) -> None:
    if is_given and not is_wanted:
        raise Invalid(field, say("This rule takes none: leave it empty."))
    if is_wanted and not is_given:
        raise Invalid(field, say("This rule needs it."))
