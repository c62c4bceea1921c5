"""What a customer is called."""


def full(first_name: str | None, surname: str | None) -> str:
    """First name and surname, as far as they are known; nothing of somebody who was erased."""
    return " ".join(filter(None, (first_name, surname)))


def short(first_name: str, surname: str | None) -> str:
    """First name and initial, for whoever stands beside them."""
    return full(first_name, surname and f"{surname[0]}.")
