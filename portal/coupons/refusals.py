"""What the domain refuses, beside the fields of a form that are called otherwise there."""

from collections.abc import Callable, Mapping

from portal.domain.errors import DomainError, Invalid, Refused
from portal.web.forms import take_errors


def beside(names: Mapping[str, str]) -> Callable:
    """What `tried` takes: `names` are the form's, by the domain's."""

    def take(form, error: DomainError) -> None:
        if isinstance(error, Invalid):
            errors = [(names.get(field, field), sentence) for field, sentence in error.errors]
            error = Invalid(*errors[0], errors)
        elif isinstance(error, Refused):
            error.field = error.field and names.get(error.field, error.field)
        take_errors(form, error)

    return take
