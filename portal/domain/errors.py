"""What the domain refuses. Pages and APIs only translate these; they decide nothing."""

from collections.abc import Mapping, Sequence

from portal.domain import codes
from portal.domain.codes import Code
from portal.domain.sentences import say


class DomainError(Exception):
    """Base of every refusal. `sentence` says what failed and how to mend it, in words a person can read; `code` is its name
    for programs.

    A refusal that leaves a trace says what it is `about`, as (partner id, thing, thing id), its `steps` in order, and what was
    `asked` where it can be asked again. `told` is what whoever asks is told where the sentence, which the trace keeps, is not
    for them, and `told_steps` are the steps as they are told then.
    """

    code: Code = codes.REFUSED
    told: str | None = None
    about: tuple | None = None
    steps: list = []
    told_steps: list = []
    asked: dict | None = None

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(DomainError):
    """Missing, or another partner's: the two are told apart by nobody."""

    code = codes.NOT_FOUND

    def __init__(self, thing: str = say("object")):
        super().__init__(say("There is no such {thing} here.", thing=thing))
        self.thing = thing


class Invalid(DomainError):
    """Values that cannot be taken: the first field and its sentence, and all of them in `errors`.

    `of_fields` are the codes of those fields whose own is not the code of the whole.
    """

    code = codes.FIELDS_INVALID

    def __init__(
        self,
        field: str,
        sentence: str,
        errors: Sequence[tuple[str, str]] | None = None,
        *,
        code: Code = codes.FIELDS_INVALID,
        of_fields: Mapping[str, Code] | None = None,
    ):
        super().__init__(sentence)
        self.field, self.code, self.of_fields = field, code, of_fields or {}
        self.errors = list(errors or [(field, sentence)])

    def code_of(self, field: str) -> Code:
        """What one of its fields is refused with."""
        usual = codes.INVALID_VALUE if self.code is codes.FIELDS_INVALID else self.code
        return self.of_fields.get(field, usual)


class Refused(DomainError):
    """A rule forbids it."""

    def __init__(
        self,
        sentence: str,
        *,
        field: str | None = None,
        steps: list | None = None,
        about: tuple | None = None,
        asked: dict | None = None,
        code: Code = codes.REFUSED,
    ):
        super().__init__(sentence)
        self.field, self.steps, self.about, self.asked, self.code = field, steps or [], about, asked, code


class Taken(Refused):
    """Something else has it, and only one may."""


class Forbidden(DomainError):
    """Whoever asks may not do it, whatever the state of the thing."""

    code = codes.FORBIDDEN


class Gone(DomainError):
    """It was here and is not kept any more; `code` says what."""

    def __init__(self, sentence: str, code: Code):
        super().__init__(sentence)
        self.code = code
