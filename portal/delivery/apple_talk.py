"""A conversation over HTTP/2 (RFC 9113) that asks the same of many, a bounded number at once, on one connection."""

import json
import ssl
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import quote

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    RemoteSettingsChanged,
    ResponseReceived,
    StreamEnded,
    StreamReset,
)
from h2.settings import SettingCodes, Settings

from portal.delivery import told
from portal.delivery.told import Told

_AT_ONCE = 20  # open streams, where the service allows as many
_PIECE, _MOST_SAID = 64 * 1024, 4096
_NOTHING = b"{}"
# Nothing is pushed to us, and answers are short.
_OURS = {SettingCodes.ENABLE_PUSH: 0, SettingCodes.MAX_HEADER_LIST_SIZE: 16 * 1024}


@dataclass
class _Answer:
    """What has come on a stream so far, and whose it is."""

    place: int
    status: int | None = None
    retry_after: str = ""
    body: bytes = b""


@dataclass
class Talk:
    """Phones that wait to be told, by their places; what was answered for each; and why the service broke off, if it did."""

    line: ssl.SSLSocket
    host: str
    topic: str
    waiting: deque[tuple[int, str]]
    answers: dict[int, Told] = field(default_factory=dict)
    broken: str = ""

    def __post_init__(self) -> None:
        self._h2 = H2Connection(H2Configuration(client_side=True, header_encoding="utf-8"))
        self._h2.local_settings = Settings(client=True, initial_values=_OURS)
        self._open: dict[int, _Answer] = {}
        self._is_greeted = False

    def run(self) -> None:
        """Until all is answered, or the service says that it ends. Raises OSError, ProtocolError."""
        self._h2.initiate_connection()
        while not self.broken and (self.waiting or self._open):
            self._ask()
            self.line.sendall(self._h2.data_to_send())
            self._hear(self.line.recv(_PIECE))

    def _ask(self) -> None:
        # Not before it says how many it takes.
        most = min(_AT_ONCE, self._h2.remote_settings.max_concurrent_streams) if self._is_greeted else 0
        while self.waiting and len(self._open) < most:
            place, phone = self.waiting.popleft()
            stream = self._h2.get_next_available_stream_id()
            self._open[stream] = _Answer(place)
            asked = {":method": "POST", ":scheme": "https", ":authority": self.host}
            asked |= {":path": f"/3/device/{quote(phone, safe='')}", "apns-topic": self.topic}
            self._h2.send_headers(stream, list(asked.items()))
            self._h2.send_data(stream, _NOTHING, end_stream=True)

    def _hear(self, piece: bytes) -> None:
        if not piece:
            raise ConnectionError
        for event in self._h2.receive_data(piece):
            self._take(event)

    def _take(self, event: Event) -> None:
        match event:
            case RemoteSettingsChanged():
                self._is_greeted = True
            case ResponseReceived(stream_id=stream, headers=headers):
                self._begins(self._open[stream], {str(name): str(value) for name, value in headers or ()})
            case DataReceived(stream_id=stream, data=data, flow_controlled_length=length):
                self._h2.acknowledge_received_data(length or 0, stream)
                self._open[stream].body = (self._open[stream].body + (data or b""))[:_MOST_SAID]
            case StreamEnded(stream_id=stream) | StreamReset(stream_id=stream):
                self._ends(self._open.pop(stream, None), isinstance(event, StreamReset))
            case ConnectionTerminated(additional_data=why):
                self.broken = f"{self.host} broke off: {reason(why or b'') or 'it said no more'}."

    def _begins(self, answer: _Answer, headers: dict[str, str]) -> None:
        status = headers.get(":status", "")
        answer.status = int(status) if status.isascii() and status.isdigit() else None
        answer.retry_after = headers.get("retry-after", "")

    def _ends(self, answer: _Answer | None, is_reset: bool) -> None:
        if answer is None:
            return
        if is_reset or answer.status is None:
            self.answers[answer.place] = Told(None, f"{self.host} broke off an answer.")
        else:
            said = reason(answer.body)
            self.answers[answer.place] = Told(answer.status, said, told.retry_after(answer.retry_after))


def reason(body: bytes) -> str:
    """What Apple calls the reason, in one word; else how the answer begins."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    word = given.get("reason") if isinstance(given, dict) else None
    return told.quoted(word.encode() if isinstance(word, str) else body)
