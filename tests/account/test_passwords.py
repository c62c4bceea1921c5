"""A password is what was typed, on whichever keyboard, also one that was hashed before there was one form of it."""

from unicodedata import normalize

import pytest

from portal.domain.accounts.people import people
from portal.domain.accounts.sign_ins import app_codes, passwords
from portal.domain.accounts.tables import User
from tests.support import hashing

COMPOSED, DECOMPOSED = (normalize(form, "Café am Meer") for form in ("NFC", "NFD"))
WIDE = COMPOSED.replace(" ", "\N{IDEOGRAPHIC SPACE}").replace("M", "\N{FULLWIDTH LATIN CAPITAL LETTER M}")
MAIL = "manager@acme.example"


def kept(typed: str) -> User:
    """The manager, with a hash of the password just as it was typed."""
    user = User.get(User.mail == MAIL)
    user.password_hash = passwords._hasher.hash(typed)
    user.save()
    return user


def test_a_password_fits_however_its_letters_are_composed():
    stored = passwords.hashed(DECOMPOSED)
    assert [passwords.matches(stored, typed) for typed in (COMPOSED, DECOMPOSED, WIDE)] == [True] * 3
    assert not passwords.matches(stored, "Cafe am Meer") and not passwords.matches(None, COMPOSED)
    assert passwords.renewed(stored, DECOMPOSED) is None


def test_the_portal_hashes_with_what_owasp_recommends():
    by = hashing.EARNEST
    assert (by.type.name, by.memory_cost, by.time_cost, by.parallelism) == ("ID", 19_456, 2, 1)
    assert not by.check_needs_rehash(hashing.OF_NOBODY), "Whom nobody knows is told as slowly as who mistyped."


def test_how_long_a_password_is_is_counted_in_its_form():
    assert passwords.matches(passwords.hashed("é" * 196 + "abcd"), normalize("NFD", "é" * 196) + "abcd")


@pytest.mark.parametrize("then", [COMPOSED, DECOMPOSED, WIDE], ids=["composed", "decomposed", "wide"])
def test_who_comes_in_with_an_older_hash_has_a_new_one_and_comes_in_again(world, then):
    user = kept(then)
    assert (
        people.proven(MAIL, COMPOSED if then != WIDE else WIDE).password_hash == User.get_by_id(user.id).password_hash
    )
    assert passwords.renewed(User.get_by_id(user.id).password_hash, COMPOSED) is None
    for typed in (COMPOSED, DECOMPOSED, WIDE):
        found = people.proven(MAIL, typed)
        people.sign_in(found, "127.0.0.1", "a browser")
    assert people.proven(MAIL, "Cafe am Meer") is None


def test_an_older_hash_is_not_put_over_a_new_password(world, monkeypatch):
    user, renewed = kept(DECOMPOSED), passwords.renewed

    def meanwhile(stored, password):
        people.set_password(user, passwords.hashed("another password, long enough"))
        return renewed(stored, password)

    monkeypatch.setattr(passwords, "renewed", meanwhile)
    assert people.proven(MAIL, COMPOSED) is None


def test_a_code_of_the_app_is_typed_in_any_digits():
    for typed in ("123456", "123 456", "123-456", "１２３４５６", "۱۲۳۴۵۶", "\u200b123456\u2060"):
        assert app_codes._digits(typed) == "123456", typed
