"""What is missing in a form, and what breaks a rule of the domain's, are told at once, not in two rounds."""

import pytest
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectMultipleField, StringField

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
def test_a_password_may_be_of_spaces_and_of_several_each_counts(app):
    class Form(FlaskForm):
        word, words, password = StringField(), SelectMultipleField(validate_choice=False), PasswordField()

    with app.test_request_context(method="POST", data={"word": "  ", "words": ["a", "  "], "password": "  "}):
        form = Form(meta={"csrf": False})
        assert (form.word.data, form.words.data, form.password.data) == ("", ["a", ""], "  ")
    with app.test_request_context(method="POST", data={"words": ["a", "  "]}):
        assert Form(meta={"csrf": False}).words.data == ["a", ""]
