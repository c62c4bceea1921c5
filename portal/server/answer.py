"""The answer to a request, whose headers are looked through once: Werkzeug looks for line breaks whenever it takes one over."""

from flask import Response
from werkzeug.datastructures import Headers

_REWRITTEN = frozenset({"location", "content-location"})
_WITHOUT_BODY = frozenset({204, 304})


class Answer(Response):
    """Flask's answer. Flask makes one of every other answer but those that are of a class of it."""

    def get_wsgi_headers(self, environ) -> Headers:
        """The headers as they are sent: its own where nothing about them changes, else a copy."""
        names = {name.lower() for name, _ in self.headers}
        is_ready = "content-length" in names and self.status_code >= 200 and self.status_code not in _WITHOUT_BODY
        return self.headers if is_ready and _REWRITTEN.isdisjoint(names) else super().get_wsgi_headers(environ)


def put(headers: Headers, *known: tuple[str, str]) -> None:
    """Add those that are of ours, or were looked through, as they are."""
    headers._list.extend(known)
