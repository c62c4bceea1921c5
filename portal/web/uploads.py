"""Uploads stay in memory, which MAX_CONTENT_LENGTH bounds: a temporary file would fail on a full disk."""

from io import BytesIO
from typing import ClassVar

from htmx_flask.requests import HtmxAwareRequest


class RequestInMemory(HtmxAwareRequest):
    """A request that writes nothing to disk while it is read."""

    blueprints: ClassVar[list[str]] = []  # None has any, and Flask looks for them at each step.

    def _get_file_stream(self, total_content_length, content_type, filename=None, content_length=None) -> BytesIO:
        return BytesIO()
