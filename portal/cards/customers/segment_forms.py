"""The shape of a segment as people type it; the rules are the domain's."""

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Optional

from portal.domain.cards.segments.rules import RULES
from portal.domain.cards.segments.segments import FIELDS
from portal.domain.sentences import say
from portal.web.forms import ToldAtOnce
from portal.web.inputs import NumberField, choices

_REQUIRED = InputRequired(say("This field is required."))


class NameForm(ToldAtOnce):
    """Its name."""

    checks = FIELDS

    name = StringField(say("Name"), [_REQUIRED])


class RuleForm(NameForm):
    """Its name, and who is in it."""

    rule = SelectField(say("Who is in it"), choices=choices(RULES.items()))
    template = SelectField(say("Template"))
    number = NumberField(say("Days or amount"), [Optional()])

    def __init__(self, templates: list[tuple[str, str]], **given):
        super().__init__(**given)
        self.template.choices = choices((("", say("None")), *templates))
