"""The shape of what promoters type; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import DecimalField, StringField, TextAreaField
from wtforms.validators import InputRequired

_REQUIRED = "This field is required."


class CodeForm(FlaskForm):
    """A promo code and what it takes off."""

    code = StringField("Code", [InputRequired(_REQUIRED)])
    percent_discounts = DecimalField("Discount", [InputRequired(_REQUIRED)], places=None)


class QuestionForm(FlaskForm):
    """A question about a deal."""

    question = TextAreaField("Your question", [InputRequired(_REQUIRED)])
