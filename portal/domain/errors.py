"""What the domain refuses. Pages and APIs only translate these; they decide nothing."""


class DomainError(Exception):
    """Base of every refusal. `sentence` says what failed and how to mend it, in words a person can read.

    A refusal that leaves a trace says what it is `about`, as (partner id, thing, thing id), and its `steps` in order.
    """

    about: tuple | None = None
    steps: list = []

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(DomainError):
    """Missing, or another partner's: the two are told apart by nobody."""

    def __init__(self, thing: str = "object"):
        super().__init__(f"There is no such {thing} here.")
        self.thing = thing


class Invalid(DomainError):
    """Values that cannot be taken: the first field and its sentence, and all of them in `errors`."""

    def __init__(self, field: str, sentence: str, errors: list[tuple[str, str]] | None = None):
        super().__init__(sentence)
        self.field = field
        self.errors = errors or [(field, sentence)]


class Refused(DomainError):
    """A rule forbids it."""

    def __init__(
        self, sentence: str, *, field: str | None = None, steps: list | None = None, about: tuple | None = None
    ):
        super().__init__(sentence)
        self.field, self.steps, self.about = field, steps or [], about


class Forbidden(DomainError):
    """Whoever asks may not do it, whatever the state of the thing."""
