"""The shape of the page for dead links; the rules are the domain's."""

from flask_wtf import FlaskForm
from wtforms import URLField


class FallbackForm(FlaskForm):
    """An address, or none."""

    url = URLField("Address")
