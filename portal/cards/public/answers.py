"""Answers at addresses that are secrets: kept by no browser, told to no other site, listed by no search engine."""

from typing import TypeVar

from werkzeug import Response

Answer = TypeVar("Answer", bound=Response)


def secret(response: Answer) -> Answer:
    """The same answer, which nobody keeps and from which no link leads on with its address."""
    response.headers.update(
        {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
    )
    return response
