"""The shape of what people type about payouts; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired


class ReversalForm(FlaskForm):
    """Why a payout is taken back."""

    reason = TextAreaField("Reason", [InputRequired("Say why, for you and for the promoter.")])


class SentForm(FlaskForm):
    """When the money left, and what the bank calls the transfer."""

    day = DateField("Sent on", [InputRequired("Say on which day the money left your account.")])
    reference = StringField("Reference")
