"""Templates of cards: made, changed, put away and found by their partner (contract: cards, "Types")."""

from typing import Any

from portal import clock
from portal.database import Statement, transaction
from portal.domain.accounts.partners import partners
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.companies import limits
from portal.domain.cards.templates import settings
from portal.domain.cards.templates.kinds import KINDS, Kind
from portal.domain.cards.templates.tables import CardTemplate, TemplateCatalog
from portal.domain.cards.templates.taking import refuse_wrong, taken_of
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events import log
from portal.domain.identifiers import typed_id, typed_uuid
from portal.domain.sentences import counted, say

THING = "card template"
_LOCK = Statement("SELECT id FROM card_template WHERE id = :template", lock="FOR UPDATE")
_REFERRAL = ("referrer_gets", "friend_gets")
_FIXED = ("mechanics", "currency")  # what cards that are there were counted by


def create(partner_id: int, kind: int, given: dict) -> CardTemplate:
    """A new template of a type. Raises Invalid with every wrong value, Refused when the tariff's limit is reached.

    Sums are decimals of the template's `currency`, percentages decimals; `catalogs` are UUIDs of catalogs whose deals credit
    its cards.
    """
    found = kind_of(kind)
    given = {"name": None, "mechanics": None, "currency": None, **given}
    taken = {**settings.COLOURS, "catalogs": [], **taken_of(partner_id, found, given, given["currency"])}
    refuse_wrong(found, taken)
    catalogs = taken.pop("catalogs")
    with transaction():
        limits.refuse_over(partner_id, "templates")
        _refuse_without_options(partner_id, taken)
        template = CardTemplate.create(partner=partner_id, kind=kind, credits_deals=bool(catalogs), **taken)
        _put_catalogs(template, catalogs)
        log.record(partner_id, "card_template.created", THING, template.uuid)
    return template


def change(template: CardTemplate, given: dict, seen: int | None = None) -> CardTemplate:
    """Set the given settings; null sets the default, or none. Raises Invalid as `create`, and Refused for what cards that are
    there forbid: other mechanics or another currency, or fewer stamps than one has.

    `seen` is the `updated_at` (microseconds) that whoever changes it looked at; Refused when it has changed since.
    """
    with transaction():
        template = locked(template.id)
        refuse_unseen(template, seen)
        after, changed = _changed(template, given)
        if changed:
            limits.refuse_expired(template.partner_id)
            _refuse_while_cards_are_there(template, after, changed)
            _refuse_without_options(template.partner_id, {name: after[name] for name in changed})
            _keep(template, after, changed)
    return template


def foreseen(template: CardTemplate, given: dict) -> list[str]:
    """The rules that `change` would change; cards that are there are counted by them. Raises Invalid as it does."""
    return [name for name in _changed(template, given)[1] if name in settings.RULES]


def offer_in_club(template: CardTemplate, is_offered: bool) -> None:
    """Whether guests of the partner's club are offered a card of it; others need its link. Repeating it changes nothing."""
    other = (CardTemplate.id == template.id) & (CardTemplate.in_club != is_offered)
    with transaction():
        if CardTemplate.update(in_club=is_offered, updated_at=clock.now()).where(other).execute():
            log.record(template.partner_id, "card_template.changed", THING, template.uuid, {"fields": ["in_club"]})


def archive(template: CardTemplate) -> CardTemplate:
    """No card more of it; those that are there go on. Repeating it changes nothing."""
    with transaction():
        template = locked(template.id)
        if template.archived_at is None:
            _put_away(template, "card_template.archived", clock.now())
    return template


def restore(template: CardTemplate) -> CardTemplate:
    """Have cards of it issued again. Repeating it changes nothing. Raises Refused when the tariff's limit is reached."""
    with transaction():
        partners.hold(template.partner_id)  # before the template, as whoever makes one does
        template = locked(template.id)
        if template.archived_at is not None:
            limits.refuse_over(template.partner_id, "templates")
            _put_away(template, "card_template.restored", None)
    return template


def find(partner_id: int, reference: str | int) -> CardTemplate:
    """The partner's template by its id or UUID. Raises NotFound."""
    uuid, number = typed_uuid(str(reference)), typed_id(reference)
    where = CardTemplate.uuid == uuid if uuid else CardTemplate.id == number
    template = CardTemplate.get_or_none(where, CardTemplate.partner == partner_id) if uuid or number else None
    if template is None:
        raise NotFound(say("template"))
    return template


def locked(template_id: int) -> CardTemplate:
    """The template as it stands, for the transaction around: what is judged by it stays true until the commit."""
    _LOCK.value(template=template_id)
    return CardTemplate.get_by_id(template_id)


def touched(template: CardTemplate, *changed: str) -> None:
    """In the transaction of a change of what belongs to it, its fields, tiers or levels: it has changed with them."""
    limits.refuse_expired(template.partner_id)
    template.updated_at = clock.now()
    CardTemplate.update(updated_at=template.updated_at).where(CardTemplate.id == template.id).execute()
    log.record(template.partner_id, "card_template.changed", THING, template.uuid, {"fields": changed})


def refuse_unseen(template: CardTemplate, seen: int | None) -> None:
    """Raise Refused when the locked template has changed since somebody looked at it."""
    if seen is not None and clock.to_micros(template.updated_at) != seen:
        raise Refused(
            say(
                "Somebody changed this while your form was open. Look at it in a second tab; sending this form once "
                "more overwrites what they changed."
            )
        )


def kind_of(number: int) -> Kind:
    """The type of a number. Raises Invalid for an unknown one."""
    if number not in KINDS:
        raise Invalid("kind", say("Choose a type of card."))
    return KINDS[number]


def has_cards(template: CardTemplate) -> bool:
    """Whether a card of it was ever issued: its history was counted by its mechanics."""
    return Card.select().where(Card.template == template).exists()


def catalogs_of(template: CardTemplate) -> list[int]:
    """The ids of the catalogs whose deals credit its cards."""
    rows = TemplateCatalog.select(TemplateCatalog.catalog).where(TemplateCatalog.template == template)
    return [row.catalog_id for row in rows.order_by(TemplateCatalog.catalog)]


def _changed(template: CardTemplate, given: dict) -> tuple[dict[str, Any], list[str]]:
    """All that the template says once the given is set, and the names of what differs."""
    kind = KINDS[template.kind]
    taken = taken_of(template.partner_id, kind, given, given.get("currency") or template.currency)
    before = {**template.__data__, "catalogs": catalogs_of(template)}
    after = before | _cleared(kind, before["mechanics"], taken.get("mechanics")) | taken
    refuse_wrong(kind, after)
    return after, sorted(name for name, value in after.items() if value != before[name])


def _cleared(kind: Kind, before: str, after: str | None) -> dict[str, None]:
    """What a template no longer says under other mechanics."""
    return dict.fromkeys(kind.settings(before) - kind.settings(after)) if after else {}


def _refuse_while_cards_are_there(template: CardTemplate, after: dict[str, Any], changed: list[str]) -> None:
    fixed = next((name for name in _FIXED if name in changed), None)
    if fixed and has_cards(template):
        raise Refused(
            say("There are cards that were counted so. Make another template, and archive this one."), field=fixed
        )
    if "stamps_total" in changed:
        full = Card.select().where(
            Card.template == template, Card.deleted_at.is_null(), Card.uses >= after["stamps_total"]
        )
        if number := full.count():
            said = counted(
                number,
                "1 card has as many stamps already. Give a larger number.",
                "{number} cards have as many stamps already. Give a larger number.",
            )
            raise Refused(said, field="stamps_total")


def _refuse_without_options(partner_id: int, told: dict[str, Any]) -> None:
    if any(told.get(name) is not None for name in _REFERRAL):
        limits.refuse_without(partner_id, "referral_program")


def _keep(template: CardTemplate, after: dict[str, Any], changed: list[str]) -> None:
    for name in changed:
        if name == "catalogs":
            _put_catalogs(template, after[name])
            template.credits_deals = bool(after[name])
        else:
            setattr(template, name, after[name])
    template.updated_at = clock.now()
    template.save()
    log.record(template.partner_id, "card_template.changed", THING, template.uuid, {"fields": changed})


def _put_away(template: CardTemplate, fact: str, archived_at) -> None:
    template.archived_at, template.updated_at = archived_at, clock.now()
    template.save(only=[CardTemplate.archived_at, CardTemplate.updated_at])
    log.record(template.partner_id, fact, THING, template.uuid)


def _put_catalogs(template: CardTemplate, catalogs: list[int]) -> None:
    TemplateCatalog.delete().where(TemplateCatalog.template == template).execute()
    if catalogs:
        TemplateCatalog.insert_many([{"template": template.id, "catalog": catalog} for catalog in catalogs]).execute()
