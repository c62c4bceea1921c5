"""The shape of what people type about a part that goes back; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import DecimalField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput


class RefundForm(FlaskForm):
    """How much goes back, in units of the deal's currency, and what of the cost was left (minor units) when that was asked."""

    amount = DecimalField("Amount", [InputRequired("Give the amount that goes back.")], places=None)
    left = IntegerField(validators=[Optional()], widget=HiddenInput())
    comment = TextAreaField("Comment", filters=[lambda text: (text or "").strip() or None])
