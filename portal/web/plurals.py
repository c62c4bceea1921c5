"""Words that templates ask for: sentences that name a number, and roles."""

from flask import Flask

from portal.domain.accounts.roles import ROLE_NAMES, ROLE_WORDS
from portal.domain.sentences import counted


def install(app: Flask) -> None:
    """Give them to the templates: `counted(…)`, `role|role_name` as a heading has it, `role|role_word` within a sentence."""
    app.jinja_env.globals["counted"] = counted
    app.jinja_env.filters.update(role_name=ROLE_NAMES.get, role_word=ROLE_WORDS.get)
