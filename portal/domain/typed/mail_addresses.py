"""Mail addresses as they are kept and compared: without regard to case, and to what cannot be seen."""

import re

from portal.domain.sentences import say
from portal.domain.typed.texts import visible
from portal.domain.values import Wrong

_LONGEST = 254
# What stands between the dots of a host's name: letters of any script, digits, and hyphens within.
_LABEL = r"(?!-)[^\s\x00-,./:-@\[-^`{-\x7f]{1,63}(?<!-)"
_ADDRESS = re.compile(rf"[^@\s,;:<>()\[\]\"\\]{{1,64}}@{_LABEL}(?:\.{_LABEL})*")


def normal_mail(mail: str) -> str:
    """The mail address as it is stored and compared; empty for what is too long to be one, which anybody may send."""
    return visible(mail).lower() if len(mail) <= 4 * _LONGEST else ""


def mail_address(value) -> str:
    """An address that mail can be sent to, as it is stored. Raises Wrong."""
    mail = normal_mail(value or "")
    if len(mail) > _LONGEST or not _ADDRESS.fullmatch(mail) or not mail.isprintable():
        raise Wrong(say("Give a mail address such as ada@example.com."))
    return mail
