"""Forms of pages, and what the domain refused beside the fields it came in."""

from portal.domain.errors import DomainError, Invalid


def take_errors(form, error: DomainError) -> None:
    """Put what the domain refused beside the fields it came in, or on top of the form."""
    for field, sentence in (
        error.errors if isinstance(error, Invalid) else [(getattr(error, "field", None), error.sentence)]
    ):
        name = (field or "").split(".")[0]
        if name in form and form[name].type != "CSRFTokenField":
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors.append(sentence)
