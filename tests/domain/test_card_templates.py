"""Templates of cards: what a type needs is asked for, nothing else is taken, and what cards were counted by stays."""

from decimal import Decimal

import pytest

from portal import clock
from portal.domain import verify
from portal.domain.cards.cards.tables import Card, CardFieldValue
from portal.domain.cards.companies.tables import Company, Tariff
from portal.domain.cards.templates import (
    fields,
    kinds,
    levels,
    made_whole,
    membership_tiers,
    reward_tiers,
    templates,
)
from portal.domain.cards.templates.tables import CardTemplate
from portal.domain.errors import Invalid, NotFound, Refused
from portal.domain.events.tables import Event
from portal.domain.identifiers import random_base62
from portal.domain.members.tables import Member
from portal.domain.offers import catalogs
from portal.domain.typed import colours

GOOD = {
    "stamp": {"mechanics": "stamps", "stamps_total": Decimal(10)},
    "cashback": {"percent": Decimal("5.5")},
    "subscription": {},
    "coupon": {},
    "discount": {},
    "certificate": {},
    "membership": {"mechanics": "limits"},
    "reward": {"mechanics": "points"},
}
HUGE = Decimal(10) ** 30
of_values = pytest.mark.engine("sqlite")  # They are refused before any engine is asked.


def given(word: str, **more) -> dict:
    return {"name": "Café", "currency": "EUR", **GOOD[word], **more}


def template(party, word: str = "stamp", **more) -> CardTemplate:
    return templates.create(party.id, kinds.BY_WORD[word].number, given(word, **more))


def card(of: CardTemplate, **more) -> Card:
    member = Member.create(partner=of.partner_id, first_name="Mia", has_card=True)
    number = Card.select().count() + 1
    return Card.create(
        serial=f"{number:06}-111-111", partner=of.partner_id, template=of, member=member, share_key=random_base62(12), **more
    )  # fmt: skip


@pytest.mark.parametrize("word", GOOD)
def test_each_type_is_made_with_what_it_needs(world, word):
    made = templates.find(world.acme.id, template(world.acme, word).id)
    assert (made.kind, made.mechanics) == (kinds.BY_WORD[word].number, made.mechanics)
    assert made.mechanics in kinds.KINDS[made.kind].mechanics
    assert [event.type for event in Event.select().where(Event.thing_id == made.uuid)] == ["card_template.created"]
    assert verify.faults() == []


@of_values
@pytest.mark.parametrize(
    ("word", "more", "field"),
    [
        ("stamp", {"stamps_total": None}, "stamps_total"),
        ("stamp", {"mechanics": "spend"}, "step"),
        ("stamp", {"mechanics": "percent"}, "mechanics"),
        ("stamp", {"mechanics": "visits", "step": Decimal(5), "step_gives": Decimal(1)}, "step"),
        ("cashback", {"percent": None}, "percent"),
        ("cashback", {"mechanics": "stamps"}, "mechanics"),
        ("cashback", {"stamps_total": Decimal(5)}, "stamps_total"),
        ("coupon", {"deal_gives": Decimal(1)}, "deal_gives"),
        ("coupon", {"earns_on_points": False}, "earns_on_points"),
        ("membership", {"mechanics": None}, "mechanics"),
        ("membership", {"lot_days": Decimal(3)}, "lot_days"),
        ("reward", {"mechanics": "visits"}, "visit_gives"),
        ("reward", {"visit_gives": Decimal(1)}, "visit_gives"),
        ("stamp", {"currency": "XAU"}, "currency"),
        ("stamp", {"name": " "}, "name"),
    ],
)
def test_what_a_type_lacks_or_has_not_is_named_and_nothing_is_written(world, word, more, field):
    with pytest.raises(Invalid) as refused:
        template(world.acme, word, **more)
    assert field in dict(refused.value.errors)
    assert not CardTemplate.select().exists()


@of_values
@pytest.mark.parametrize(
    "value", [Decimal(0), Decimal(-1), Decimal("1.5"), Decimal(51), HUGE, Decimal("NaN"), Decimal("Infinity")]
)
def test_a_number_of_stamps_is_whole_over_zero_and_fits_on_a_card(world, value):
    with pytest.raises(Invalid) as refused:
        template(world.acme, stamps_total=value)
    assert refused.value.field == "stamps_total"


@of_values
@pytest.mark.parametrize(
    ("field", "value"),
    [("percent", Decimal("100.01")), ("percent", Decimal("1.234")), ("percent", HUGE), ("least_purchase", Decimal("1.234")),
     ("least_purchase", Decimal(0)), ("least_purchase", HUGE), ("most_a_day", Decimal("0.5")), ("card_days", Decimal(4000)),
     ("lot_days", Decimal(0)), ("referrer_gets", Decimal("-2")), ("friend_gets", HUGE)],
)  # fmt: skip
def test_numbers_out_of_bounds_are_refused_by_name(world, field, value):
    with pytest.raises(Invalid) as refused:
        template(world.acme, "cashback", **{field: value})
    assert refused.value.field == field


def test_sums_and_points_are_kept_in_the_units_of_the_ledger(world):
    made = template(world.acme, "cashback", least_purchase=Decimal("9.90"), referrer_gets=Decimal("2.5"))
    assert (made.percent, made.least_purchase, made.referrer_gets) == (550, 990, 250)
    assert template(world.acme, "discount", friend_gets=Decimal("1.25")).friend_gets == 125
    assert template(world.acme, "reward", friend_gets=Decimal(3)).friend_gets == 3
    spend = template(world.acme, mechanics="spend", step=Decimal("0.500"), step_gives=Decimal(2), currency="KWD")
    assert (spend.step, spend.step_gives) == (500, 2)


def test_mechanics_and_currency_stay_once_cards_exist(world):
    made = template(world.acme, mechanics="spend", step=Decimal(5), step_gives=Decimal(1))
    made = templates.change(
        made, {"mechanics": "stamps"}
    )  # Nobody has a card yet: what spend alone needs goes with it.
    assert (made.mechanics, made.step, made.step_gives) == ("stamps", None, None)
    card(made, deleted_at=clock.now())  # Its history was counted so as well.
    for change in ({"mechanics": "visits"}, {"currency": "USD"}):
        with pytest.raises(Refused) as refused:
            templates.change(made, change)
        assert refused.value.field in change
    assert templates.change(made, {"name": "Other"}).name == "Other"


def test_a_card_never_has_more_stamps_than_fit(world):
    made = template(world.acme)
    card(made, uses=7)
    with pytest.raises(Refused, match="1 card has as many stamps already"):
        templates.change(made, {"stamps_total": Decimal(7)})
    assert templates.change(made, {"stamps_total": Decimal(8)}).stamps_total == 8


def test_what_nobody_can_read_is_refused_with_the_nearest_colour_that_holds(world):
    with pytest.raises(Invalid) as refused:
        template(world.acme, background="#777777", foreground="#888888")
    nearest = colours.nearest("#888888", "#777777")
    assert {field for field, _ in refused.value.errors} == {"foreground", "label_colour"}
    assert nearest in refused.value.sentence and colours.contrast(nearest, "#777777") >= 4.5
    assert template(world.acme, background="#777777", foreground=nearest, label_colour="#000000").foreground == nearest
    for colour in ("red", "#12345", "#12345g", "#1234567"):
        with pytest.raises(Invalid):
            template(world.acme, background=colour)


@of_values
@pytest.mark.parametrize("ground", ["#000000", "#ffffff", "#767676", "#8a1a5c", "#00ff00"])
@pytest.mark.parametrize("written", ["#000000", "#ffffff", "#808080", "#ff0000", "#1f4b99"])
def test_the_nearest_colour_always_holds_and_one_that_holds_stays(ground, written):
    nearest = colours.nearest(written, ground)
    assert colours.contrast(nearest, ground) >= colours.LEAST
    if colours.contrast(written, ground) >= colours.LEAST:
        assert colours.contrast(nearest, written) < 1.1


def test_a_strangers_template_picture_and_catalog_are_missing_ones(world):
    theirs = template(world.rival)
    for reference in (theirs.id, theirs.uuid, 999_999, "x", 2**70, -1):
        with pytest.raises(NotFound):
            templates.find(world.acme.id, reference)
    foreign = catalogs.create(world.rival.id, {"title": "Theirs", "catalog_code": "theirs"})
    with pytest.raises(Invalid):
        template(world.acme, catalogs=[foreign.uuid], deal_gives=Decimal(1))
    with pytest.raises(Invalid):
        template(world.acme, logo="nothing")


def test_deals_credit_cards_by_a_rule_alone(world):
    shop = catalogs.create(world.acme.id, {"title": "Shop", "catalog_code": "shop"}).uuid
    with pytest.raises(Invalid) as refused:
        template(world.acme, catalogs=[shop])
    assert refused.value.field == "deal_gives"
    with pytest.raises(Invalid) as refused:
        template(world.acme, deal_gives=Decimal(1))
    assert refused.value.field == "catalogs"
    by_purchase = template(world.acme, "cashback", catalogs=[shop])
    assert by_purchase.credits_deals and not templates.change(by_purchase, {"catalogs": []}).credits_deals
    assert verify.faults() == []


def test_two_forms_that_were_open_at_once_do_not_undo_each_other(world):
    made = template(world.acme)
    seen = clock.to_micros(made.updated_at)
    templates.change(made, {"name": "First"}, seen)
    clock.use(1)
    with pytest.raises(Refused, match="Somebody changed this"):
        templates.change(made, {"name": "Second"}, seen - 1)


def company(party, **more) -> None:
    options = {"templates": 1, "managers": 1, "locations": 1, "integrations": 1, **more}
    tariff = Tariff.create(partner=party.partner.parent_id, name="Small", currency="EUR", **options)
    Company.create(
        partner=party.id, tariff=tariff, tariff_period="year", mail=f"{party.id}@x.example", phone="1", country="AT"
    )


def test_a_tariff_allows_so_many_templates_and_names_the_limit(world):
    company(world.north)
    made = template(world.north)
    with pytest.raises(Refused, match=r"and there is one\. Archive it, or ask for a larger tariff\."):
        template(world.north)
    templates.archive(made)
    template(world.north)
    with pytest.raises(Refused, match="The tariff allows 1 template"):
        templates.restore(made)
    assert CardTemplate.select().count() == 2


def test_options_that_the_tariff_lacks_are_refused(world):
    company(world.north, referral_program=False, custom_fields=False)
    with pytest.raises(Refused, match="no referral program"):
        template(world.north, referrer_gets=Decimal(1))
    made = template(world.north)
    fields.add(made, {"name": "Phone", "kind": "phone"})  # Each customer has one: it is no field of one's own.
    with pytest.raises(Refused, match="no custom fields"):
        fields.add(made, {"name": "Dog", "kind": "text"})


def test_no_two_fields_have_a_name_or_are_the_same_of_a_customer(world):
    made = template(world.acme)
    fields.add(made, {"name": "Favourite", "kind": "text"})
    fields.add(made, {"name": "Mail", "kind": "email", "is_required": True})
    for taken, field in (
        ({"name": "FAVOURITE ", "kind": "number"}, "name"), ({"name": "Other mail", "kind": "email"}, "kind"),
        ({"name": "Yes", "kind": "boolean", "is_unique": True}, "is_unique"), ({"name": "", "kind": "text"}, "name"),
        ({"name": "Odd", "kind": "picture"}, "kind"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            fields.add(made, taken)
        assert refused.value.field == field
    assert [(one.name, one.place) for one in fields.of(made)] == [("Favourite", 1), ("Mail", 2)]


def test_fields_change_their_places_and_go(world):
    made = template(world.acme)
    for name in ("One", "Two", "Three"):
        fields.add(made, {"name": name, "kind": "text"})
    one, _, three = fields.of(made)
    fields.move(made, three.id, is_up=True)
    fields.move(made, one.id, is_up=True)
    fields.remove(made, one.id)
    assert [field.name for field in fields.of(made)] == ["Three", "Two"]
    fields.add(made, {"name": "One", "kind": "text"})
    with pytest.raises(NotFound):
        fields.remove(made, one.id)


def test_a_field_that_cards_have_values_of_does_not_become_unique(world):
    made = template(world.acme)
    field = fields.add(made, {"name": "Dog", "kind": "text"})
    assert fields.change(made, field.id, {"is_unique": True}).is_unique
    CardFieldValue.create(card=card(made), field=field, value="Rex", unique_value="rex")
    assert not fields.change(made, field.id, {"is_unique": False}).is_unique
    assert CardFieldValue.get().unique_value is None
    with pytest.raises(Refused, match="Cards have values"):
        fields.change(made, field.id, {"is_unique": True})
    Card.update(deleted_at=1).execute()
    assert fields.change(made, field.id, {"is_unique": True}).is_unique


def test_a_tier_that_a_card_could_receive_stays(world):
    made = template(world.acme, "reward")
    tier = reward_tiers.create(made, {"name": "Coffee", "type": 0, "value": Decimal(0), "threshold": Decimal(50)})
    gone, rich = card(made, bonus=90, deleted_at=clock.now()), card(made, bonus=50)
    with pytest.raises(Refused, match=r"1 card has enough points for this tier\."):
        reward_tiers.remove(made, tier.id)
    Card.update(bonus=49).where(Card.id == rich.id).execute()
    reward_tiers.remove(made, tier.id)
    assert reward_tiers.of(made) == [] and Card.get_by_id(gone.id).bonus == 90
    with pytest.raises(NotFound):
        reward_tiers.remove(made, tier.id)


@pytest.mark.parametrize("kind", ["membership", "reward"])
def test_a_tier_is_called_otherwise_also_while_cards_have_it(world, kind):
    made = template(world.acme, kind)
    if kind == "membership":
        room, given = membership_tiers, {"visits": Decimal(4)}
    else:
        room, given = reward_tiers, {"type": 0, "value": Decimal(0), "threshold": Decimal(9)}
    tier, _ = (room.create(made, {"name": name, **given}) for name in ("Gold", "Silver"))
    assert room.rename(made, tier.id, "  Gold plus ").name == "Gold plus"
    assert room.rename(made, tier.id, "GOLD PLUS").name == "GOLD PLUS"
    for wrong in ("", None, "x" * 121, *(["silver"] if kind == "membership" else [])):
        with pytest.raises(Invalid):
            room.rename(made, tier.id, wrong)
    with pytest.raises(NotFound):
        room.rename(template(world.acme, kind), tier.id, "Theirs")
    assert [one.name for one in room.of(made)] == ["GOLD PLUS", "Silver"]


def test_a_tier_that_nobody_can_receive_any_more_goes(world):
    made = template(world.acme, "reward")
    card(made, bonus=90)
    used = reward_tiers.create(
        made, {"name": "Once", "type": 0, "value": Decimal(1), "threshold": 1, "usageLimit": Decimal(1)}
    )
    type(used).update(used=1).where(type(used).id == used.id).execute()
    reward_tiers.remove(made, used.id)
    left = reward_tiers.create(made, {"name": "Ever", "type": 0, "value": Decimal(1), "threshold": 1})
    reward_tiers.remove(templates.archive(made), left.id)


@of_values
@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"type": 3}, "type"), ({"type": 2, "value": Decimal("100.5")}, "value"), ({"type": 1, "value": Decimal(0)}, "value"),
     ({"value": Decimal(-1)}, "value"), ({"value": HUGE}, "value"), ({"value": Decimal("1.234")}, "value"),
     ({"threshold": Decimal("1.5")}, "threshold"), ({"threshold": Decimal(-1)}, "threshold"), ({"usageLimit": Decimal(0)}, "usageLimit"),
     ({"valueLimit": Decimal(5)}, "valueLimit"), ({"name": ""}, "name")],
)  # fmt: skip
def test_a_tier_with_a_wrong_number_is_refused_by_name(world, wrong, field):
    made = template(world.acme, "reward")
    with pytest.raises(Invalid) as refused:
        reward_tiers.create(made, {"name": "Coffee", "type": 1, "value": Decimal(3), "threshold": 1, **wrong})
    assert refused.value.field == field and reward_tiers.of(made) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [({"type": 1, "value": "10.5"}, "value"), ({"type": 0, "value": "0.5"}, "value"), ({"type": 2, "value": "12.5", "valueLimit": "7.5"}, "valueLimit")],
)  # fmt: skip
def test_what_a_reward_is_worth_has_no_more_decimals_than_its_currency(world, given, field):
    numbers = {name: Decimal(given[name]) for name in given if name != "type"}
    tier = {"name": "Tea", "threshold": 1} | given | numbers
    assert reward_tiers.create(template(world.acme, "reward"), tier).name == "Tea"
    with pytest.raises(Invalid, match="JPY has 0 decimals") as refusal:
        reward_tiers.create(template(world.acme, "reward", currency="JPY"), tier)
    assert refusal.value.field == field


def test_tiers_and_levels_are_of_their_types_alone(world):
    stamps = template(world.acme)
    for verb in (
        lambda: reward_tiers.create(stamps, {"name": "x", "type": 0, "value": Decimal(1), "threshold": 1}),
        lambda: membership_tiers.create(stamps, {"name": "x"}),
        lambda: levels.put(stamps, [{"threshold": Decimal(0), "percent": Decimal(1)}]),
    ):
        with pytest.raises(Refused):
            verb()


def test_a_membership_tier_says_visits_where_there_are_limits_and_stays_while_a_card_holds_it(world):
    limited, free = template(world.acme, "membership"), template(world.acme, "membership", mechanics="no_limits")
    gold = membership_tiers.create(limited, {"name": "Gold", "visits": Decimal(8)})
    for made, wrong, field in (
        (limited, {"name": "gold", "visits": Decimal(1)}, "name"), (limited, {"name": "None"}, "visits"),
        (limited, {"name": "Zero", "visits": Decimal(0)}, "visits"), (free, {"name": "Any", "visits": Decimal(3)}, "visits"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            membership_tiers.create(made, wrong)
        assert refused.value.field == field
    membership_tiers.create(free, {"name": "Any"})
    holder = card(limited, membership_tier=gold, tier_next_at=clock.now())
    with pytest.raises(Refused, match="1 card holds this tier"):
        membership_tiers.remove(limited, gold.id)
    Card.update(deleted_at=clock.now()).where(Card.id == holder.id).execute()
    membership_tiers.remove(limited, gold.id)
    with pytest.raises(NotFound):
        membership_tiers.hold(limited, gold.id)


def test_levels_rise_and_none_is_there_twice(world):
    made = template(world.acme, "discount")
    rising = [{"threshold": Decimal(100), "percent": Decimal(10)}, {"threshold": Decimal(0), "percent": Decimal("2.5")}]
    assert levels.put(made, rising) == levels.of(made) == [(0, 250), (10_000, 1000)]
    for wrong, field in (
        ([], "levels"), ([rising[0], rising[0]], "levels"), ([{"threshold": Decimal(1), "percent": Decimal(101)}], "levels.0.percent"),
        ([rising[1], {"threshold": Decimal(9), "percent": Decimal(1)}], "levels"), ([{"threshold": Decimal(-1), "percent": Decimal(1)}], "levels.0.threshold"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            levels.put(made, wrong)
        assert refused.value.field == field
    assert levels.of(made) == [(0, 250), (10_000, 1000)]


def test_a_template_is_made_with_all_that_belongs_to_it_or_not_at_all(world):
    asked = [{"name": "First name", "kind": "FName"}, {"name": "first name", "kind": "text"}]
    with pytest.raises(Invalid) as refused:
        made_whole.create(world.acme.id, kinds.REWARD, given("reward"), asked, [])
    assert refused.value.field == "fields.1.name"
    tiers = [
        {"name": "Coffee", "type": 0, "value": Decimal(1), "threshold": 1},
        {"name": "Cake", "type": 2, "value": Decimal(500), "threshold": 2},
    ]
    with pytest.raises(Invalid) as refused:
        made_whole.create(world.acme.id, kinds.REWARD, given("reward"), asked[:1], tiers)
    assert refused.value.field == "tiers.1.value"
    assert not CardTemplate.select().exists()
    made = made_whole.create(world.acme.id, kinds.REWARD, given("reward"), asked[:1], tiers[:1])
    assert (len(fields.of(made)), len(reward_tiers.of(made))) == (1, 1)
    assert Event.select().where(Event.thing_id == made.uuid).count() == 1  # It was made at once.
