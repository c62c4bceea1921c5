"""The shape of what people type about payouts; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired


class ReversalForm(FlaskForm):
    """Why a payout is taken back."""

    reason = TextAreaField("Reason", [InputRequired("Say why, for you and for the promoter.")])
