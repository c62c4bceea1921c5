"""Why something could not leave the house. Every message is a sentence a person can read."""


class Undelivered(Exception):
    """Base of every error here; `str(error)` may be shown to a user."""


class ForbiddenAddress(Undelivered):
    """The URL or host must not be connected to. Trying again does not help."""


class Unreachable(Undelivered):
    """No whole answer came: unknown host, refused connection, TLS failure, broken HTTP. Worth a retry."""


class TimedOut(Unreachable):
    """The other side was too slow; it may have what it was sent."""


class NeverSent(TimedOut):
    """It was too slow before anything was sent to it."""


class AnswerTooLarge(Undelivered):
    """The answer exceeds the cap. `status` is its status, so that a webhook may still count as received."""

    def __init__(self, sentence: str, status: int):
        super().__init__(sentence)
        self.status = status


class PictureRefused(Undelivered):
    """The bytes are no picture that we keep."""


class MailRefused(Undelivered):
    """This mail will never be accepted. Trying again does not help."""


class MailDeferred(Undelivered):
    """The mail was not accepted this time. Worth a retry with the same id."""
