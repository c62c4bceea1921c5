"""What is missing in a form, and what breaks a rule of the domain's, are told at once, not in two rounds."""

import pytest
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField

# What is typed, what of it is missing, and what breaks a rule.
FORMS = {
    "/catalogs/new": ({"title": "", "reward_percent": "99"}, "title", "reward_percent"),
    "/customers/new": ({"first_name": "", "mail": "nobody"}, "first_name", "mail"),
    "/rewards/details": ({"holder": "", "account": "DE89 3704 0044 0532 0130 01"}, "holder", "account"),
    "/companies/tariffs/new": ({"name": "", "templates": "-3", "kind": "paid", "currency": "EUR"}, "name", "templates"),
    "/member-offers/new": ({"name": "", "external_url": "javascript:alert(1)"}, "name", "external_url"),
}


@pytest.mark.parametrize("path", FORMS)
def test_what_is_missing_and_what_breaks_a_rule_are_told_together(world, path):
    given, missing, wrong = FORMS[path]
    answer = world.as_("acme").post(path, given)
    assert answer.status_code == 422
    assert f'id="{missing}-error"' in answer.text and f'id="{wrong}-error"' in answer.text
    told = world.as_("acme").post(path, given | {missing: "Named"}).text
    assert f'id="{missing}-error"' not in told and f'id="{wrong}-error"' in told


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("path", ["/catalogs/new", "/customers/new", "/companies/tariffs/new"])
def test_spaces_are_nothing_typed(world, path):
    """They are told as an empty field is, whatever the field is of."""
    empty, spaces = (
        world.as_("acme").post(
            path, dict.fromkeys(("title", "reward_percent", "first_name", "name", "templates"), sign)
        )
        for sign in ("", " ")
    )
    assert spaces.status_code == empty.status_code == 422
    assert spaces.text.count("-error") == empty.text.count("-error") > 0


def test_a_password_may_be_of_spaces(app):
    class Form(FlaskForm):
        word, password = StringField(), PasswordField()

    with app.test_request_context(method="POST", data={"word": "  ", "password": "  "}):
        form = Form(meta={"csrf": False})
        assert (form.word.data, form.password.data) == ("", "  ")
