"""`verify` finds what the team's and the settings' own rules would never write."""

import pytest

from portal.domain import verify
from portal.domain.accounts.partners import partners, profile, terms
from portal.domain.accounts.tables import Membership, Partner
from portal.domain.accounts.team import invitations
from portal.domain.pictures import album

pytestmark = pytest.mark.on_both_engines


def test_what_the_rules_write_holds(world):
    twin = partners.twin_of(world.acme.partner)
    picture = album.keep_upload(world.acme.id, b"body", "image/png", 1, 1, lambda key: f"https://x.example/{key}")
    profile.change(world.acme.partner, {"logo": picture.key})
    invitations.invite(world.acme.partner, "new@x.example", "viewer", world.acme.users["owner"].id, str)
    terms.accept(world.acme.id, world.acme.users["owner"].id, terms.publish("Be kind.", None).number)
    assert Partner.get_by_id(twin.id).logo == picture.key
    assert verify.faults() == []


def test_a_test_mode_with_people_of_its_own_is_found(world):
    twin = partners.twin_of(world.acme.partner)
    Membership.create(user=world.acme.users["viewer"], partner=twin, role="viewer")
    assert verify.faults() == [f"Partner {twin.slug} is a test mode, but has people, invitations or terms of its own."]


def test_somebody_elses_picture_as_a_logo_is_found(world):
    picture = album.keep_upload(world.rival.id, b"body", "image/png", 1, 1, lambda key: f"https://x.example/{key}")
    Partner.update(logo=picture.key).where(Partner.id == world.acme.id).execute()
    assert verify.faults() == ["Partner acme shows a logo that is no picture of its own."]
