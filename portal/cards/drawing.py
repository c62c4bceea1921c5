"""How a card looks: what `templates/cards/_drawn.html` draws of a template and of what is on a card.

The colours are attributes of the drawing, which no content policy forbids; where things stand is reckoned here, so that the
template only draws. Lengths are units of a drawing of 340 by 214.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from portal.domain import money
from portal.domain.cards.cards.tables import Card
from portal.domain.cards.operations.words import places
from portal.domain.cards.templates import kinds, levels, membership_tiers, reward_tiers
from portal.domain.cards.templates.kinds import KINDS
from portal.domain.cards.templates.levels import Level
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.members import names
from portal.domain.sentences import counted, say
from portal.domain.typed.colours import BLACK, WHITE, contrast
from portal.web import formats
from portal.web.assets import SPRITE, asset

LEFT, WIDTH, TOP, HEIGHT = 20, 300, 74, 92  # of the middle, where each type looks like itself
_LARGEST_STAMP = 46
_MOST_PIPS = 12


class Face(NamedTuple):
    """What a template says of how its cards look. `tiers` are (threshold, name) of a reward card's."""

    name: str
    partner: str
    kind: int
    mechanics: str
    currency: str
    background: str
    foreground: str
    label_colour: str
    stamp_icon: str = "star"
    logo: str | None = None
    reward: str = ""
    stamps_total: int = 10
    percent: int = 0
    levels: tuple[Level, ...] = ()
    tiers: tuple[tuple[int, str], ...] = ()
    member_tier: str = ""
    member_visits: int | None = None


class State(NamedTuple):
    """What is on a card, in its smallest units, and who holds it."""

    uses: int = 0
    rewards: int = 0
    balance: int = 0
    bonus: int = 0
    visits: int = 0
    is_redeemed: bool = False
    holder: str = ""
    serial: str = ""


class Stamp(NamedTuple):
    """A place for a stamp: its middle, its radius, and whether it is taken."""

    x: float
    y: float
    radius: float
    is_taken: bool


class Drawn(NamedTuple):
    """All that is drawn. `figure` is what one looks for first, `corner` stands at the upper right."""

    face: Face
    state: State
    said: str
    kind: str
    word: str
    icon: str
    under: str
    shade: str
    sprite: str
    label: str = ""
    figure: str = ""
    note: str = ""
    corner: tuple[str, str] | None = None
    stamps: tuple[Stamp, ...] = ()
    pips: tuple[bool, ...] = ()
    share: float | None = None  # of a bar, 0 to 1
    marks: tuple[tuple[float, str], ...] = ()  # on it, with what is got there


def of_card(card: Card) -> Drawn:
    """A card as its holder sees it."""
    return of_cards([card])[0]


def of_cards(cards: Sequence[Card]) -> list[Drawn]:
    """Cards as their holders see them."""
    faces = _faces([card.template for card in cards])
    return [_of_card(card, faces[card.template_id]) for card in cards]


def of_template(template: CardTemplate) -> Drawn:
    """A template's card as an example."""
    return of_templates([template])[0]


def of_templates(templates: Sequence[CardTemplate]) -> list[Drawn]:
    """Templates' cards as examples."""
    faces = _faces(templates)
    return [drawn(faces[one.id], example(faces[one.id])) for one in templates]


def face_of(template: CardTemplate) -> Face:
    """What a template says of its looks, its levels and tiers included."""
    return _faces([template])[template.id]


def _of_card(card: Card, face: Face) -> Drawn:
    held = names.full(card.member.first_name, card.member.surname)
    counts = {name: getattr(card, name) for name in ("uses", "rewards", "balance", "bonus", "visits")}
    if tier := card.membership_tier:
        face = face._replace(member_tier=tier.name, member_visits=tier.visits)
    return drawn(face, State(**counts, is_redeemed=bool(card.coupon), holder=held, serial=card.serial))


def _faces(templates: Sequence[CardTemplate]) -> dict[int, Face]:
    """By their templates' ids. What they have of a kind is read in one query for all of them."""
    its = {one.id: one for one in templates}
    more: dict[int, dict[str, Any]] = {}
    for kind, read in _MORE.items():
        if ids := [one.id for one in its.values() if one.kind == kind]:
            more |= read(ids)
    return {one.id: _face(one, more.get(one.id, {})) for one in its.values()}


def _levels(ids: list[int]) -> dict[int, dict[str, Any]]:
    return {template: {"levels": tuple(found)} for template, found in levels.of_each(ids).items()}


def _reward_tiers(ids: list[int]) -> dict[int, dict[str, Any]]:
    found = reward_tiers.of_each(ids).items()
    return {template: {"tiers": tuple((tier.threshold, tier.name) for tier in tiers)} for template, tiers in found}


def _member_tier(ids: list[int]) -> dict[int, dict[str, Any]]:
    first = {template: tiers[0] for template, tiers in membership_tiers.of_each(ids).items() if tiers}
    return {template: {"member_tier": tier.name, "member_visits": tier.visits} for template, tier in first.items()}


_MORE = {kinds.DISCOUNT: _levels, kinds.REWARD: _reward_tiers, kinds.MEMBERSHIP: _member_tier}


def _face(template: CardTemplate, more: dict[str, Any]) -> Face:
    given: dict[str, Any] = {name: getattr(template, name) for name in Face._fields[2:10]} | more
    return Face(
        template.name, template.partner.name, **given, reward=template.texts.get("reward", ""),
        stamps_total=template.stamps_total or 10, percent=template.percent or 0,
    )  # fmt: skip


def example(face: Face) -> State:
    """What could be on a card of it, so that each part of it is seen."""
    whole = 10 ** places(face.kind, face.currency, "bonus")
    most = max((tier for tier, _ in face.tiers), default=100)
    bonus = {
        kinds.CASHBACK: 12 * whole + whole // 2,
        kinds.DISCOUNT: max((level.threshold for level in face.levels), default=20_000) * 3 // 5,
        kinds.REWARD: most * 3 // 5,
    }.get(face.kind, 0)
    balance = {
        kinds.CERTIFICATE: 50 * 10 ** money.exponent(face.currency),
        kinds.SUBSCRIPTION: 7,
        kinds.MEMBERSHIP: (face.member_visits or 8) - 1,
    }.get(face.kind, 0)
    stamps = min(3, face.stamps_total - 1)
    return State(stamps, 1, balance, bonus, 12, holder=say("Mia Berger"), serial="939829-317-169")


def drawn(face: Face, state: State) -> Drawn:
    """A card with what is on it."""
    kind = KINDS[face.kind]
    lighter = contrast(face.foreground, BLACK) > contrast(face.background, BLACK)
    common = Drawn(
        _cut_of(face), state, "", kind.name, kind.word, kind.icon, _cut(face.reward or face.partner, 40),
        BLACK if lighter else WHITE, asset(SPRITE),
    )  # fmt: skip
    return _WAYS[face.kind](common, face, state)


def _stamp(card: Drawn, face: Face, state: State) -> Drawn:
    said = say("{name}: {count} of {total} stamps", name=face.name, count=state.uses, total=face.stamps_total)
    return card._replace(
        said=said, stamps=_grid(face.stamps_total, state.uses), corner=(say("Rewards"), formats.number(state.rewards))
    )


def _cashback(card: Drawn, face: Face, state: State) -> Drawn:
    sum_ = formats.money(state.bonus, face.currency)
    back = say("{percent} of each purchase comes back", percent=formats.share(face.percent))
    said = say("{name}: {sum} of cashback", name=face.name, sum=sum_)
    return card._replace(
        said=said, label=say("Cashback"), figure=sum_, note=back, corner=(say("Back"), formats.share(face.percent))
    )


def _subscription(card: Drawn, face: Face, state: State) -> Drawn:
    left = counted(state.balance, "1 visit left", "{number} visits left")
    said = say("{name}: {left}", name=face.name, left=left)
    pips = tuple(place < state.balance for place in range(max(min(state.balance + 3, _MOST_PIPS), 1)))
    return card._replace(said=said, label=say("Visits left"), figure=formats.number(state.balance), pips=pips)


def _coupon(card: Drawn, face: Face, state: State) -> Drawn:
    stands = say("Redeemed") if state.is_redeemed else say("Good for one use")
    said = say("{name}: {stands}", name=face.name, stands=stands)
    return card._replace(
        said=said, label=stands, figure=_cut(face.reward or face.name, 20), under=_cut(face.partner, 40)
    )


def _discount(card: Drawn, face: Face, state: State) -> Drawn:
    percent, ahead = 0, None
    for level in face.levels:
        if level.threshold <= state.bonus:
            percent = level.percent
        elif ahead is None:
            ahead = level
    share = formats.share(percent)
    most = max((level.threshold for level in face.levels), default=0)
    return card._replace(
        said=say("{name}: {percent} off", name=face.name, percent=share), label=say("Your discount"), figure=share,
        share=min(state.bonus / most, 1) if most else None,
        marks=tuple((level.threshold / most, formats.share(level.percent)) for level in face.levels) if most else (),
        note=_points_ahead(ahead.threshold - state.bonus, formats.share(ahead.percent)) if ahead else "",
        corner=(say("Points"), formats.number(Decimal(state.bonus).scaleb(-2).normalize())),
    )  # fmt: skip


def _points_ahead(hundredths: int, percent: str) -> str:
    points = formats.number(Decimal(hundredths).scaleb(-2).normalize())
    return say("{points} points more for {percent}", points=points, percent=percent)


def _certificate(card: Drawn, face: Face, state: State) -> Drawn:
    sum_ = formats.money(state.balance, face.currency)
    said = say("{name}: {sum} on the card", name=face.name, sum=sum_)
    return card._replace(said=said, label=say("On the card"), figure=sum_)


def _membership(card: Drawn, face: Face, state: State) -> Drawn:
    tier = face.member_tier or say("Member")
    if face.mechanics == kinds.LIMITS:
        note = counted(state.balance, "1 visit left in this period", "{number} visits left in this period")
        corner = (say("Left"), formats.number(state.balance))
    else:
        note = counted(state.visits, "1 visit so far", "{number} visits so far")
        corner = (say("Visits"), formats.number(state.visits))
    said = say("{name}: {tier}, {note}", name=face.name, tier=tier, note=note)
    return card._replace(said=said, label=say("Your membership"), figure=_cut(tier, 16), note=note, corner=corner)


def _reward(card: Drawn, face: Face, state: State) -> Drawn:
    points = counted(state.bonus, "1 point", "{number} points")
    ahead = next(((at, name) for at, name in face.tiers if at > state.bonus), None)
    most = max((at for at, _ in face.tiers), default=0)
    note = ""
    if ahead:
        note = say(
            "{points} more for {reward}", points=formats.number(ahead[0] - state.bonus), reward=_cut(ahead[1], 24)
        )
    elif face.tiers:
        note = say("Every reward is within reach")
    within = sum(at <= state.bonus for at, _ in face.tiers)
    return card._replace(
        said=say("{name}: {points}", name=face.name, points=points), label=say("Points"), figure=formats.number(state.bonus),
        note=note, share=min(state.bonus / most, 1) if most else None,
        marks=tuple((at / most, "") for at, _ in face.tiers) if most else (),
        corner=(say("In reach"), formats.number(within)),
    )  # fmt: skip


_WAYS = {
    kinds.STAMP: _stamp, kinds.CASHBACK: _cashback, kinds.SUBSCRIPTION: _subscription, kinds.COUPON: _coupon,
    kinds.DISCOUNT: _discount, kinds.CERTIFICATE: _certificate, kinds.MEMBERSHIP: _membership, kinds.REWARD: _reward,
}  # fmt: skip


def _grid(total: int, taken: int) -> tuple[Stamp, ...]:
    """Places for stamps, as large as they can be in the middle of the card."""
    rows = max(range(1, 6), key=lambda count: min(WIDTH / ceil(total / count), HEIGHT / count))
    columns = ceil(total / rows)
    size = min(WIDTH / columns, HEIGHT / rows, _LARGEST_STAMP)
    across, down = min(WIDTH / columns, size * 1.3), min(HEIGHT / rows, size * 1.1)
    left, top = LEFT + (WIDTH - across * columns) / 2, TOP + (HEIGHT - down * rows) / 2
    return tuple(
        Stamp(
            round(left + across * (place % columns + 0.5), 1), round(top + down * (place // columns + 0.5), 1),
            round(size * 0.43, 1), place < taken,
        )
        for place in range(total)
    )  # fmt: skip


def _cut_of(face: Face) -> Face:
    return face._replace(name=_cut(face.name, 22))


def _cut(text: str, most: int) -> str:
    """As much of a text as stands in a line; letters of the East are twice as wide."""
    wide = 0
    for place, letter in enumerate(text):
        wide += 2 if east_asian_width(letter) in "WF" else 1
        if wide > most:
            return f"{text[: max(place - 1, 0)].rstrip()}…"
    return text
