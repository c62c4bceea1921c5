"""A list of mail addresses as people paste it."""

import re

from portal.domain.errors import Invalid
from portal.domain.sentences import say
from portal.domain.typed.mail_addresses import mail_address
from portal.domain.values import Wrong

MOST = 2000
_BETWEEN = re.compile(r"[\s,;<>]+")
_SHOWN = 3


def read(text: str) -> list[str]:
    """Each address once, in its order; names beside them are passed over. Raises Invalid with what is none."""
    found: dict[str, None] = {}
    wrong = []
    for line in filter(str.strip, re.split(r"[\r\n,;]+", text)):
        for typed in [part for part in _BETWEEN.split(line) if "@" in part] or [line.strip()]:
            try:
                found[mail_address(typed)] = None
            except Wrong:
                wrong.append(typed)
    if wrong:
        named = ", ".join(f"“{one[:60]}”" for one in wrong[:_SHOWN])
        raise Invalid("addresses", say("These are no mail addresses: {named}. Mend or remove them.", named=named))
    if not 1 <= len(found) <= MOST:
        raise Invalid("addresses", say("Give from 1 to {most} addresses, one a line.", most=f"{MOST:,}"))
    return list(found)
