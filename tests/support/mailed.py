"""Mailed links as their receivers find them: the worker has answered whoever asked for one."""

import re

from portal.domain.accounts.sign_ins import asked_links, password_resets
from portal.domain.mail.tables import Mail


def answer() -> None:
    """Have the links mailed that were asked for."""
    while password_resets.answer_asked():
        pass


def link(mail: str) -> str:
    """The path of the newest link that was mailed to the address."""
    answer()
    text = Mail.select().where(Mail.to == mail).order_by(Mail.id.desc()).get().text
    return re.search(r"http://127\.0\.0\.1:\d+(/(?:password-reset|address-proof|sign-up/confirmation)/[\w-]+)", text)[1]


def code(mail: str) -> str:
    """The newest code that was mailed to the address."""
    answer()
    text = Mail.select().where(Mail.to == mail).order_by(Mail.id.desc()).get().text
    return re.search(r"^\d{4} \d{4}$", text, re.MULTILINE)[0]


def reset_key(mail: str) -> str:
    """Ask for a link that sets a new password; what the mailed one carries."""
    asked_links.ask(mail, asked_links.RESET)
    return link(mail).rpartition("/")[2]
