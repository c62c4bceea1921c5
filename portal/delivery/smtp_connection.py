"""A conversation with the mail server that ends in time, however slowly the other side talks."""

import functools
import smtplib
import socket
import ssl
from typing import Any

from portal.delivery.addresses import Address, look_up
from portal.delivery.errors import Undelivered
from portal.delivery.smtp_settings import SmtpSettings
from portal.delivery.wire import Deadline, dial, secure


class Conversation(smtplib.SMTP):
    """SMTP within `smtp.whole` seconds from the look-up of the name to the good-bye, `smtp.timeout` for each wait."""

    def __init__(self, smtp: SmtpSettings):
        self._deadline = Deadline(smtp.whole, smtp.timeout)
        self._is_tls = smtp.security == "tls"
        super().__init__(smtp.host, smtp.port, local_hostname=_own_name(), timeout=smtp.timeout)

    def encrypt(self) -> None:
        """STARTTLS; the certificate is checked."""
        context: Any = self
        self.starttls(context=context)

    def wrap_socket(self, plain: socket.socket, server_hostname: str) -> socket.socket:
        """What `starttls` asks of its context."""
        return secure(plain, server_hostname, self._deadline, ssl.create_default_context())

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = _reached(host, port, self._deadline)
        return self.wrap_socket(plain, host) if self._is_tls else plain


def _reached(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first of the host's addresses that takes one."""
    try:
        answers = look_up(host, port, deadline.left())
    except Undelivered as error:
        raise OSError(str(error)) from error
    for last, answer in enumerate(answers, start=1 - len(answers)):
        try:
            return dial(Address(host, str(answer), port), deadline)
        except OSError:
            if not last:
                raise
    raise OSError(f"The host {host} has no address.")


@functools.cache
def _own_name() -> str:
    # Asks the resolver, which takes no timeout.
    return socket.getfqdn()
