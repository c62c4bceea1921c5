"""What the wire calls what the domain refuses: its fields have other names there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from portal.domain.errors import Invalid, Refused


@contextmanager
def of_wire(names: Mapping[str, str]) -> Iterator[None]:
    """Inside the block a refusal names its fields by the wire's names; `names` are the domain's by those."""
    theirs = {ours: name for name, ours in names.items()}
    try:
        yield
    except Invalid as error:
        error.field = theirs.get(error.field, error.field)
        error.of_fields = {theirs.get(field, field): code for field, code in error.of_fields.items()}
        error.errors = [(theirs.get(field, field), sentence) for field, sentence in error.errors]
        raise
    except Refused as error:
        error.field = error.field and theirs.get(error.field, error.field)
        raise
