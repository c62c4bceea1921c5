"""Addresses of what people open: a card's page, its code, the link that its holder passes on, a template's form."""


def card(public_url: str, key: str) -> str:
    """The card's own page."""
    return f"{public_url}/c/{key}"


def code(public_url: str, key: str) -> str:
    """The QR code of the card's page, as a picture."""
    return f"{public_url}/c/{key}.svg"


def apple(page: str) -> str:
    """The card whose page this is, as a pass for Apple's wallet."""
    return f"{page}.pkpass"


def google(page: str) -> str:
    """What saves the card whose page this is in Google's wallet."""
    return f"{page}/google"


def share(public_url: str, share_key: str) -> str:
    """Where a friend gets a card, so that its holder is rewarded."""
    return f"{public_url}/c/with/{share_key}"


def template(public_url: str, key: str) -> str:
    """The form by which people get a card."""
    return f"{public_url}/c/new/{key}"


def template_icon(public_url: str, key: str) -> str:
    """A picture in the template's colours, for wallets of templates without a logo."""
    return f"{public_url}/c/new/{key}.png"


def template_code(public_url: str, key: str) -> str:
    """The QR code of that form, as a picture."""
    return f"{public_url}/c/new/{key}.svg"
