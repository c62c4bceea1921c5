"""The shape of what people type about a deal; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import DecimalField, TextAreaField
from wtforms.validators import InputRequired


class CostForm(FlaskForm):
    """Another cost, in units of the deal's currency."""

    cost = DecimalField("New cost", [InputRequired("Give the cost.")], places=None)


class CommentForm(FlaskForm):
    """A note beside a deal."""

    comment = TextAreaField("Comment", filters=[lambda text: (text or "").strip() or None])
