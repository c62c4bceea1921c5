"""The shape of what promoters type; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import DecimalField, StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.domain import values
from portal.domain.values import checked

_REQUIRED = "This field is required."


class CodeForm(FlaskForm):
    """A promo code and what it takes off."""

    code = StringField("Code", [InputRequired(_REQUIRED)])
    percent_discounts = DecimalField("Discount", [InputRequired(_REQUIRED)], places=None)

    def hundredths(self) -> int:
        """The discount in hundredths of a percent. Raises Invalid for one that no code can have."""
        given = {"percent_discounts": self.percent_discounts.data}
        return checked(given, {"percent_discounts": values.percent("0", "95")})["percent_discounts"]


class QuestionForm(FlaskForm):
    """A question about a deal."""

    question = TextAreaField("Your question", [InputRequired(_REQUIRED)])
