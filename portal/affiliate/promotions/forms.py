"""The shape of what promoters type; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.affiliate.code_forms import LimitsForm
from portal.domain.sentences import say
from portal.web.inputs import NumberField

_REQUIRED = say("This field is required.")


class CodeForm(LimitsForm):
    """A promo code and what it takes off."""

    code = StringField(say("Code"), [InputRequired(_REQUIRED)])
    percent_discounts = NumberField(say("Discount"), [InputRequired(_REQUIRED)])


class OwnLinkForm(FlaskForm):
    """A name for the link that was put together, with what it was made of."""

    slug = StringField(say("Name of the link"), [InputRequired(_REQUIRED)])
    landing = HiddenField(say("Leads to"))
    page = HiddenField(say("Page of the shop"))
    subid = HiddenField(say("Subid"))

    def given(self) -> dict:
        """What was typed, as the domain takes it; what is empty was not given."""
        return {name: (self[name].data or "").strip() or None for name in ("slug", "landing", "page", "subid")}


class QuestionForm(FlaskForm):
    """A question about a deal."""

    question = TextAreaField(say("Your question"), [InputRequired(_REQUIRED)])
