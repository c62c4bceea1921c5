"""What is done to accounts is in the partners' logs: who may look for it finds it."""

from portal.domain.accounts.partners import partners, profile
from portal.domain.accounts.sign_ins import sign_ins
from portal.domain.accounts.team import team
from portal.domain.accounts.tokens import tokens
from portal.domain.accounts.tokens.permits import PERMITS
from portal.domain.events.tables import Event


def told(partner, begins: str) -> list[tuple]:
    """(type, thing id, actor, data) of the partner's events of a kind, oldest first."""
    rows = Event.select().where(Event.partner == partner.id, Event.type.startswith(begins)).order_by(Event.id)
    return [(row.type, row.thing_id, row.actor, row.data) for row in rows]


def test_a_sign_in_from_a_new_address_is_told_to_every_partner_of_the_person(world):
    viewer = world.acme.users["viewer"]
    team.join(world.rival.id, viewer.id, "viewer")
    sign_ins.begin(viewer, "192.0.2.1", "a browser")
    sign_ins.begin(viewer, "192.0.2.1", "another browser")
    assert told(world.acme, "sign_in") == []
    sign_ins.begin(viewer, "192.0.2.2", "a browser")
    sign_ins.begin(viewer, "192.0.2.2", "a browser")
    for party in (world.acme, world.rival):
        ((fact, thing_id, actor, data),) = told(party, "sign_in")
        assert (fact, thing_id, actor) == ("sign_in.new_place", str(viewer.id), f"user:{viewer.id}")
        assert data.keys() == {"sign_in"}
    sign_ins.begin(viewer, "192.0.2.1", "a browser")
    assert len(told(world.acme, "sign_in")) == 1


def test_tokens_say_what_was_changed_and_by_which_they_were_replaced(world):
    token, _ = tokens.make(world.acme.partner, "Shop", list(PERMITS))
    tokens.change(token, "The shop", list(PERMITS), 5, None)
    successor, _ = tokens.rotate(token, tokens.LONGEST_OVERLAP)
    facts = [
        (fact, thing_id, data) for fact, thing_id, _, data in told(world.acme, "token.") if thing_id == str(token.id)
    ]
    assert facts[1:] == [
        ("token.changed", str(token.id), {"fields": ["name", "rate_limit"]}),
        ("token.rotated", str(token.id), {"successor": successor.id}),
    ]


def test_settings_say_which_were_changed(world):
    profile.change(world.acme.partner, {"name": "Acme", "time_zone": "Europe/Vienna", "currency": "EUR", "logo": None})
    assert told(world.acme, "partner.changed")[-1][3] == {"fields": ["time_zone", "currency"]}


def test_people_from_the_command_line_join_in_the_log_too(world):
    user = team.enrol("new@acme.example", "Nora New", "correct horse battery", world.acme.partner, "manager")
    facts = [(fact, thing_id, data) for fact, thing_id, _, data in told(world.acme, "team.")]
    assert facts == [("team.joined", str(user.id), {"role": "manager"})]


def test_test_mode_and_its_clock_are_told(world):
    twin = partners.twin_of(world.acme.partner)
    partners.twin_of(world.acme.partner)
    partners.advance_clock(twin, 86_400)
    assert [fact for fact, *_ in told(world.acme, "test_mode")] == ["test_mode.made"]
    assert [(fact, data) for fact, _, _, data in told(twin, "test_mode")] == [
        ("test_mode.put_ahead", {"seconds": 86_400})
    ]
