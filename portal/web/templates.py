"""The environments in which templates are compiled: one for each language, made when somebody first reads in it."""

from flask.templating import Environment as FlaskEnvironment
from jinja2 import Template as JinjaTemplate
from jinja2 import nodes
from markupsafe import Markup, escape

from portal import languages
from portal.web import formats
from portal.web.translating import Translated, TransTag


def escaped(value) -> Markup:
    """What is drawn is markup already in most places, which MarkupSafe asks twice and makes anew."""
    return value if type(value) is Markup else escape(value)


class Template(JinjaTemplate):
    """Jinja's, whose macros are the same for whoever imports them."""

    @classmethod
    def _from_namespace(cls, environment, namespace, globals):
        namespace["escape"] = escaped  # It is what the template's functions read their names from.
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx=None):
        """None here is drawn with globals of its own. Jinja looks for such at each import, a quarter of a list's time."""
        return super()._get_default_module()


class Environment(FlaskEnvironment):
    """Flask's, whose templates are compiled in a language."""

    template_class = Template
    language = languages.ENGLISH

    def _generate(self, source: nodes.Template, name, filename, defer_init=False):
        translated = Translated(self.language).visit(source)
        return super()._generate(translated.set_environment(self), name, filename, defer_init)


class Environments(dict[str, Environment]):
    """The environments by their languages. What is installed in the English one is in all of them."""

    def __init__(self, english: Environment):
        english.add_extension(TransTag)
        super().__init__({languages.ENGLISH: english})

    def __missing__(self, language: str) -> Environment:
        english = self[languages.ENGLISH]
        made = english.overlay(bytecode_cache=None)  # Its code is kept by names, which are those of the English.
        made.language, made.filters = language, english.filters | formats.filters(language)
        self[language] = made
        return made
