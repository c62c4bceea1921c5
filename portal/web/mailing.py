"""Whether mail leaves this installation, so that no page says that something is on its way which stays here."""

from flask import current_app

from portal.domain.sentences import Sentence, say


def has_server() -> bool:
    """Whether a mail server is set up; without one the operator reads in the portal what was written."""
    return bool(current_app.config["SETTINGS"].smtp_url)


def on_its_way(sentence: Sentence) -> Sentence:
    """The sentence that says so; where no mail leaves, what is true instead."""
    return sentence if has_server() else _KEPT


def tone() -> str:
    """How such a sentence is said."""
    return "success" if has_server() else "warning"


_KEPT = say(
    "The mail is written, but this portal sends none: its operator finds it under Mail, and can hand its link over."
)
