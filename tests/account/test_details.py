"""What a person is called, and what nobody should choose as a password."""

import pytest

from portal.domain.accounts.sign_ins import passwords
from portal.domain.accounts.tables import User
from portal.domain.errors import Invalid
from portal.domain.events.tables import Event

PLACE = "/account/details"


@pytest.mark.parametrize("role", ["owner", "cashier"])
def test_anybody_changes_their_own_name(world, role):
    visitor, user = world.as_("acme", role), world.acme.users[role]
    assert f'value="{user.name}"' in visitor.get(PLACE).text
    for _ in range(2):
        assert visitor.post(PLACE, {"name": "  Ada Okafor "}).location == PLACE
    assert User.get_by_id(user.id).name == "Ada Okafor"
    assert Event.select().where(Event.type == "person.renamed", Event.thing_id == str(user.id)).count() == 1


@pytest.mark.parametrize(("name", "sentence"), [("", "required"), ("x" * 121, "at most 120"), ("a\nb", "one line")])
def test_a_name_that_cannot_be_is_refused(world, name, sentence):
    answer = world.as_("acme").post(PLACE, {"name": name})
    assert answer.status_code == 422 and sentence in answer.text
    assert User.get_by_id(world.acme.users["owner"].id).name == "Acme Owner"


@pytest.mark.parametrize("password", ["password123", "QWERTYUIOP", "1212121212", "aaaaaaaaaaaa"])
def test_a_password_that_is_guessed_first_is_refused(password):
    with pytest.raises(Invalid, match="first that are guessed"):
        passwords.hashed(password)


@pytest.mark.parametrize("password", ["a long password", "password123 and more", "4711 green owls"])
def test_a_few_words_are_a_password(password):
    assert passwords.matches(passwords.hashed(password), password)
