"""Fields that hang on a choice: nothing that is typed into a form is dropped.

With scripts typing chooses (static/js/chosen.js). Without them, what was typed for a choice that is not chosen is refused
with a sentence that says what to do.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import request
from wtforms import Field
from wtforms.validators import ValidationError

from portal.domain.sentences import say

Rows = Iterable[tuple[str, str]]  # the value and what it is called


def of_choice(kind: Callable[..., Any], label: str, choice: str, value: str, validators: Iterable = (), **more):
    """A field that says something of one choice alone: `of_choice(SumField, say("Fixed sum"), "reward", FIXED)`."""
    marks = {"data-chooses": choice, "data-chosen": value}
    return kind(label, [*validators, OfChoice(choice, value)], render_kw=marks, **more)


class OfChoice:
    """Refuses what was typed while something else was chosen; what the form had shown there was not typed."""

    def __init__(self, choice: str, value: str):
        self.choice, self.value = choice, value

    def __call__(self, form, field: Field) -> None:
        """Raises ValidationError."""
        choice = form[self.choice]
        if choice.data == self.value or field.data in (None, "", _shown(field)):
            return
        raise ValidationError(
            say(
                "You typed “{typed}” here, but chose “{chosen}”. Choose “{needed}”, or empty this field.",
                typed=" ".join(field.raw_data or [])[:40], chosen=_called(choice, choice.data),
                needed=_called(choice, self.value),
            )
        )  # fmt: skip


class Searched:
    """Of a field that is chosen by searching: a text that was typed and names one alone chooses it, any other is refused
    unless something that is called so was chosen. `rows` are all that can be."""

    def __init__(self, rows: Callable[[], Rows]):
        self.rows = rows

    def __call__(self, form, field: Field) -> None:
        """Raises ValidationError."""
        typed = request.form.get(f"{field.name}_search", "").strip()[:80].lower()
        if not typed:
            return
        rows = [(value, called.lower()) for value, called in self.rows()]
        found = [value for value, called in rows if typed in f"{value.lower()} {called}"]
        exact = [value for value, called in rows if typed in (value.lower(), called, called.partition(" (")[0])]
        chosen = field.data if isinstance(field.data, list) else [field.data]
        if set(found) & set(chosen):
            return
        named = exact or found
        if len(named) != 1:
            raise ValidationError(
                say("You looked for “{typed}” and chose none of them. Choose one, or empty the search.", typed=typed)
            )
        field.data = [*field.data, *named] if isinstance(field.data, list) else named[0]


def _shown(field: Field) -> Any:
    """What stood there before somebody typed; a select without a default shows its first choice."""
    offered = getattr(field, "choices", None)
    return field.object_data or (offered[0].value if offered else field.object_data)


def _called(choice: Field, value: str) -> str:
    return next((one.label for one in choice.choices if one.value == value), value or "–")
