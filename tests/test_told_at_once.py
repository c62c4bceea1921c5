"""What is missing in a form, and what breaks a rule of the domain's, are told at once, not in two rounds."""

import pytest
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectMultipleField, StringField

from portal.domain.coupons.ticketed_events.tables import TicketedEvent
from tests.support import things
from tests.support.forms import TYPED
from tests.test_nothing_typed_is_dropped import ENDING, all_forms
from tests.test_route_matrix import browser_of

# What is typed, what of it is missing, and what breaks a rule.
FORMS = {
    "/catalogs/new": ({"title": "", "reward_percent": "99"}, "title", "reward_percent"),
    "/customers/new": ({"first_name": "", "mail": "nobody"}, "first_name", "mail"),
    "/rewards/details": ({"holder": "", "account": "DE89 3704 0044 0532 0130 01"}, "holder", "account"),
    "/companies/tariffs/new": ({"name": "", "templates": "-3", "kind": "paid", "currency": "EUR"}, "name", "templates"),
    "/member-offers/new": ({"name": "", "external_url": "javascript:alert(1)"}, "name", "external_url"),
    "/templates/new?type=stamp": ({"name": "", "card_days": "-1"}, "name", "card_days"),
    "/coupons/new": ({"name": "", "code": "ab", "customer_limit": "1"}, "name", "code"),
    "/coupons/batches/new": ({"name": "", "minimum_tickets": "0"}, "name", "minimum_tickets"),
    "/coupons/mailings/new": ({"name": "", "message": "a" * 5000}, "name", "message"),
    "/developers/tokens/new": ({"name": "", "rate_limit": "-1"}, "name", "rate_limit"),
    "/club-apps/new": ({"name": "", "redirect_uris": "nowhere"}, "name", "redirect_uris"),
    "/collections/new": ({"title": "", "description": "a" * 5000}, "title", "description"),
    "/account/locations/new": ({"name": "", "address": "a" * 500}, "name", "address"),
}

WRONG = ("", "-1", "a" * 70_000)
# By which pictures and people there are, by the card, and by the hours that stand beside the days.
JUDGED_LATER = frozenset(
    {"logo", "promoter", "own_reward", "purchase_sum", "whole", "hold_duration", "canceled_duration"}
)


@pytest.mark.parametrize("path", FORMS)
def test_what_is_missing_and_what_breaks_a_rule_are_told_together(world, path):
    given, missing, wrong = FORMS[path]
    answer = world.as_("acme").post(path, given)
    assert answer.status_code == 422
    assert f'id="{missing}-error"' in answer.text and f'id="{wrong}-error"' in answer.text
    told = world.as_("acme").post(path, given | {missing: "Named"}).text
    assert f'id="{missing}-error"' not in told and f'id="{wrong}-error"' in told


@pytest.fixture
def begin():
    return things.begin


@pytest.mark.long
@pytest.mark.engine("sqlite")
def test_whatever_is_wrong_in_the_fields_of_a_form_is_told_at_once(app, world):
    """Of every form: each field with something wrong by itself, then all of them together, missing here and breaking a rule there; of
    the others nothing is said."""
    own, owner, tried, late, untrue = things.of(world.acme), browser_of(world, "owner"), set(), [], []
    for _, place, _, form in all_forms(app, world, own.named):
        action = (form.action or place).partition("?form=")[0]  # Without the mark by which it would act once.
        names = [one.name for one in form.fields if one.kind in TYPED]
        if len(names) < 2 or (action, *names) in tried or any(word in action for word in ENDING):
            continue

        def told(given, action=action, form=form, names=names) -> set[str]:
            answer = owner.post(action, form.sent() | {"csrf_token": owner.csrf_token} | given)
            found = {name for name in names if f'id="{name}-error"' in answer.text}
            return found if answer.status_code == 422 else set()

        wrong = {name: [value for value in WRONG if name in told({name: [value]})] for name in names}
        wrong = {name: values for name, values in wrong.items() if values}
        tried |= {(action, *names)} if len(wrong) > 1 else set()
        untrue += [(action, name) for name in names if told({name: [""]}) - told({}) - {name}]
        for turn in range(len(WRONG)):
            given = {name: [values[(turn + n) % len(values)]] for n, (name, values) in enumerate(wrong.items())}
            late += [(action, name, turn) for name in set(wrong) - told(given) - JUDGED_LATER]
    assert len(tried) > 40 and not late and not untrue


def test_of_a_price_with_cents_nothing_is_said_beside_what_is_missing(app, world):
    things.of(world.acme)
    level = {"name": "", "price": "12.50", "capacity": "-1"}
    told = world.as_("acme").post(f"/events/{TicketedEvent.get().id}/levels/new", level).text
    assert [f'id="{name}-error"' in told for name in level] == [True, False, True]


@pytest.mark.engine("sqlite")
def test_a_password_may_be_of_spaces_and_of_several_each_counts(app):
    class Form(FlaskForm):
        word, words, password = StringField(), SelectMultipleField(validate_choice=False), PasswordField()

    with app.test_request_context(method="POST", data={"word": "  ", "words": ["a", "  "], "password": "  "}):
        form = Form(meta={"csrf": False})
        assert (form.word.data, form.words.data, form.password.data) == ("", ["a", ""], "  ")
    with app.test_request_context(method="POST", data={"words": ["a", "  "]}):
        assert Form(meta={"csrf": False}).words.data == ["a", ""]
