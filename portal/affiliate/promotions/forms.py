"""The shape of what promoters type; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.affiliate.code_forms import LimitsForm
from portal.web.inputs import NumberField

_REQUIRED = "This field is required."


class CodeForm(LimitsForm):
    """A promo code and what it takes off."""

    code = StringField("Code", [InputRequired(_REQUIRED)])
    percent_discounts = NumberField("Discount", [InputRequired(_REQUIRED)])


class OwnLinkForm(FlaskForm):
    """A name for the link that was put together, with what it was made of."""

    slug = StringField("Name of the link", [InputRequired(_REQUIRED)])
    landing = HiddenField("Leads to")
    page = HiddenField("Page of the shop")
    subid = HiddenField("Subid")

    def given(self) -> dict:
        """What was typed, as the domain takes it; what is empty was not given."""
        return {name: (self[name].data or "").strip() or None for name in ("slug", "landing", "page", "subid")}


class QuestionForm(FlaskForm):
    """A question about a deal."""

    question = TextAreaField("Your question", [InputRequired(_REQUIRED)])
