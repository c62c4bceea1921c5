"""Addresses of this portal as mails carry them."""

_public_url = ""


def use_public_url(url: str) -> None:
    """Take where people reach the portal; each process does so before it writes a mail."""
    global _public_url
    _public_url = url


def full(path: str) -> str:
    """The whole address of a path."""
    return _public_url + path


def full_for(slug: str, path: str) -> str:
    """The whole address of a partner's page, which opens for that partner whomever the reader acts for."""
    return full(f"/for/{slug}{path}")
