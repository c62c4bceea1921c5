"""What a club's page answers where there is nothing: in the club's dress, with a way on."""

from portal.club.answers import page


def show() -> str:
    """It was taken away, or never was."""
    return page("club/missing.html")
