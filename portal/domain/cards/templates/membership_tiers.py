"""What members of a membership card get: so many visits a period, or any number (contract: cards, `membershipTiers`)."""

from collections.abc import Sequence

from portal import clock
from portal.database import Statement, transaction
from portal.domain import codes as domain_codes
from portal.domain import values
from portal.domain.cards import codes
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.templates import kinds, templates
from portal.domain.cards.templates.settings import LARGEST, whole
from portal.domain.cards.templates.tables import CardTemplate, MembershipTier
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.identifiers import typed_id
from portal.domain.sentences import counted, say
from portal.domain.typed.texts import compared
from portal.domain.values import checked

MOST = 50
FIELDS = {"name": values.name(120), "visits": whole(1, LARGEST)}
# Whoever gives it to a card waits for whoever removes it, and the other way round.
_HOLD = Statement("SELECT id FROM membership_tier WHERE id = :tier AND removed_at IS NULL", lock="FOR SHARE")
_LOCK = Statement("SELECT id FROM membership_tier WHERE id = :tier", lock="FOR UPDATE")


def create(template: CardTemplate, given: dict) -> MembershipTier:
    """A new tier: with limits it says how many visits a period has, without it says none. Raises Invalid, and Refused for a
    template of another type."""
    with transaction():
        template = templates.locked(template.id)
        tier = insert(template, given)
        templates.touched(template, "membership_tiers")
    return tier


def insert(template: CardTemplate, given: dict) -> MembershipTier:
    """As `create`, in the transaction that makes or has locked the template, and tells of it."""
    taken = checked({"name": None, "visits": None, **given}, FIELDS)
    if template.kind != kinds.MEMBERSHIP:
        raise Refused(say("Only membership cards have membership tiers."))
    if len(of(template)) >= MOST:
        raise Refused(say("A template has {most} tiers at most. Remove one first.", most=MOST))
    _refuse_known(template, taken["name"])
    _refuse_wrong(template, taken)
    return MembershipTier.create(template=template, **taken)


def rename(template: CardTemplate, tier_id: int | str, name: str | None) -> MembershipTier:
    """Call it otherwise, on all cards that hold it. Raises Invalid for a name that is none or another tier's, and NotFound."""
    taken = checked({"name": name}, FIELDS)
    with transaction():
        template = templates.locked(template.id)
        tier = find(template, tier_id)
        _refuse_known(template, taken["name"], but=tier)
        MembershipTier.update(**taken).where(MembershipTier.id == tier.id).execute()
        templates.touched(template, "membership_tiers")
    return find(template, tier_id)


def remove(template: CardTemplate, tier_id: int | str) -> MembershipTier:
    """Give it to no card any more. Raises Refused while one that is not deleted holds it."""
    with transaction():
        template = templates.locked(template.id)
        tier = find(template, tier_id)
        _LOCK.value(tier=tier.id)
        if number := holders(tier):
            said = counted(number, "1 card holds this tier. Give it another one first.",
                           "{number} cards hold this tier. Give them another one first.")  # fmt: skip
            raise Refused(said, code=codes.TIER_IN_USE)
        MembershipTier.update(removed_at=clock.now()).where(MembershipTier.id == tier.id).execute()
        templates.touched(template, "membership_tiers")
    return tier


def hold(template: CardTemplate, tier_id: int | str) -> MembershipTier:
    """One of its tiers, for the transaction that gives it to a card: nobody removes it meanwhile. Raises NotFound."""
    tier = find(template, tier_id)
    if _HOLD.value(tier=tier.id) is None:
        raise NotFound(say("membership tier"))
    return tier


def find(template: CardTemplate, tier_id: int | str) -> MembershipTier:
    """One of its tiers. Raises NotFound."""
    its = (MembershipTier.template == template, MembershipTier.id == typed_id(tier_id))
    tier = MembershipTier.get_or_none(*its, MembershipTier.removed_at.is_null())
    if tier is None:
        raise NotFound(say("membership tier"))
    return tier


def of(template: CardTemplate) -> list[MembershipTier]:
    """Its tiers, oldest first."""
    return of_each([template.id])[template.id]


def of_each(template_ids: Sequence[int]) -> dict[int, list[MembershipTier]]:
    """The same of some templates, by their ids."""
    found: dict[int, list[MembershipTier]] = {one: [] for one in template_ids}
    theirs = (MembershipTier.template.in_(template_ids), MembershipTier.removed_at.is_null())
    for tier in MembershipTier.select().where(*theirs).order_by(MembershipTier.id):
        found[tier.template_id].append(tier)
    return found


def holders(tier: MembershipTier) -> int:
    """How many cards hold it."""
    its = (Card.template == tier.template_id, Card.deleted_at.is_null(), Card.membership_tier == tier)
    return Card.select().where(*its).count()


def _refuse_known(template: CardTemplate, name: str, but: MembershipTier | None = None) -> None:
    if compared(name) in {compared(one.name) for one in of(template) if one != but}:
        raise Invalid("name", say("There is a tier “{name}” already. Choose another name.", name=name))


def _refuse_wrong(template: CardTemplate, taken: dict) -> None:
    if template.mechanics == kinds.LIMITS and taken["visits"] is None:
        raise Invalid("visits", say("Say how many visits a period has."), code=domain_codes.REQUIRED)
    if template.mechanics == kinds.NO_LIMITS and taken["visits"] is not None:
        raise Invalid("visits", say("This membership is without limits. Leave the visits empty."))
