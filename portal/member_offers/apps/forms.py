"""The shape of what people type about apps; the rules are the domain's."""

from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from portal.domain.accounts.tables import ClientToken
from portal.domain.members.oauth.apps import FIELDS
from portal.domain.sentences import say
from portal.web.forms import ToldAtOnce
from portal.web.inputs import LinesField

_REQUIRED = InputRequired(say("This field is required."))
_TOKEN = InputRequired(say("Choose the client token that the app’s requests carry."))


class AppForm(ToldAtOnce):
    """An app of the club's."""

    checks = FIELDS

    name = StringField(say("Name"), [_REQUIRED])
    redirect_uris = LinesField(say("Where members come back to, one address on each line"), [_REQUIRED])
    origins = LinesField(say("Websites of the app, one on each line"))
    token_ids = SelectMultipleField(say("Client token that its requests carry"), [_TOKEN], coerce=int)

    def offer(self, tokens: list[ClientToken]) -> None:
        """The client tokens to choose from."""
        self.token_ids.choices = [SelectChoice(token.id, f"{token.name} ({token.hint}…)") for token in tokens]
