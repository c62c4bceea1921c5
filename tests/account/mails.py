"""Links as their receivers find them."""

import re

from portal.domain.mail.tables import Mail


def newest_link(mail: str) -> str:
    """The path that the last mail to this address leads to."""
    text = Mail.select().where(Mail.to == mail).order_by(Mail.id.desc()).get().text
    return re.search(r"https?://[^/\s]+(/\S+)", text)[1]
