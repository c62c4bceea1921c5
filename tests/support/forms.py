"""The forms of a page as a browser sees them: their fields, what stands in them, and what hangs on which choice."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset({"text", "number", "url", "email", "date", "datetime-local", "textarea", "password", "tel"})
_FEW = 3
_CHOSEN = frozenset({"radio", "checkbox"})


@dataclass
class Field:
    """An input, a textarea or a select; `chooses` and `chosen` name the choice that it hangs on."""

    name: str
    kind: str
    value: str = ""
    is_on: bool = False
    is_required: bool = False
    chooses: str = ""
    chosen: str = ""
    options: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class Form:
    """A form that is posted."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def choices(self) -> dict[str, list[str | None]]:
        """The first values of each select and group of radio buttons, and the two of each single box (None: not ticked)."""
        groups: dict[str, list[str | None]] = {}
        for one in self.fields:
            if one.kind in _CHOSEN:
                groups.setdefault(one.name, []).append(one.value)
            elif one.kind == "select":
                groups.setdefault(one.name, []).extend(value for value, _ in one.options)
        boxes = {one.name for one in self.fields if one.kind == "checkbox"}
        return {
            name: [*values, None] if name in boxes else values[:_FEW]
            for name, values in groups.items()
            if name not in boxes or len(values) == 1
        }

    def sent(self) -> dict[str, list[str]]:
        """What a browser sends when nobody touches it."""
        sent: dict[str, list[str]] = {}
        for one in self.fields:
            if one.kind == "select":
                value = next((value for value, is_on in one.options if is_on), one.options[0][0] if one.options else "")
            elif (one.kind in _CHOSEN and not one.is_on) or one.kind in ("submit", "file", "search"):
                continue
            else:
                value = one.value
            sent.setdefault(one.name, []).append(value)
        return sent


# Reading a page costs as much as making it.
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_DRAWN = re.compile(r"<svg\b.*?</svg>|</?(?:div|span|p|label)\b[^<>]*>", re.DOTALL)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.is_inside = False
        self.text: Field | None = None

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
            self.is_inside = True
        elif self.is_inside and tag == "option" and self.forms[-1].fields:
            self.forms[-1].fields[-1].options.append((given.get("value", ""), "selected" in given))
        elif self.is_inside and tag == "button" and given.get("name") == "confirmed":
            self._add("input", given | {"type": "hidden"})  # What was asked is answered with it.
        elif (
            self.is_inside and tag in ("input", "select", "textarea") and given.get("name") and "disabled" not in given
        ):
            self._add(tag, given)

    def _add(self, tag, given):
        kind = given.get("type", "text") if tag == "input" else tag
        one = Field(
            given["name"], kind, given.get("value", "on" if kind in _CHOSEN else ""), "checked" in given,
            "required" in given, given.get("data-chooses", ""), given.get("data-chosen", ""),
        )  # fmt: skip
        self.forms[-1].fields.append(one)
        self.text = one if tag == "textarea" else None

    def handle_data(self, data):
        if self.text is not None:
            self.text.value += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        elif tag == "textarea" and self.text is not None:
            self.text.value, self.text = self.text.value.removeprefix("\n"), None


def forms_of(page: str) -> list[Form]:
    """The forms of a page that are posted."""
    reader = _Reader()
    reader.feed(_DRAWN.sub("", "".join(_FORM.findall(page))))
    return [form for form in reader.forms if form.method == "post"]
