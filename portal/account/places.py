"""Where to go after signing in."""

from urllib.parse import urlsplit


def local_path(target: str | None) -> str:
    """The target if it is a path of this portal, else the start page: nobody is sent elsewhere by a link to sign in.

    Browsers read backslashes as slashes and drop tabs and line breaks, so a path with any of them is none.
    """
    if (
        not target
        or not target.startswith("/")
        or target.startswith("//")
        or "\\" in target
        or not target.isprintable()
    ):
        return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else target
