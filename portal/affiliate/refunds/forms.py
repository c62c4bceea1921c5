"""The shape of what people type about a part that goes back; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from portal.domain.sentences import say
from portal.web.inputs import SumField


class RefundForm(FlaskForm):
    """How much goes back, in units of the deal's currency, and what of the cost was left (minor units) when that was asked."""

    amount = SumField(
        say("Amount"), [InputRequired(say("Give the amount that goes back."))], currency=lambda form: form.currency
    )
    left = IntegerField(validators=[Optional()], widget=HiddenInput())
    comment = TextAreaField(say("Comment"), filters=[lambda text: (text or "").strip() or None])

    def __init__(self, currency: str, **more):
        super().__init__(**more)
        self.currency = currency
