"""The sentences of the code, of its templates, scripts and mails, as catalogs name them."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from portal.domain.mail.written import paragraphs
from portal.web.assets import SAID
from portal.web.translating import TransTag, is_sentence, message_of

ROOT = Path(__file__).parent.parent
Message = str | tuple[str, str]  # one sentence, or that for one and that for several
_TAKES = {
    "say": slice(1),
    "marked": slice(1),
    "counted": slice(1, 3),
    "forms": slice(2),
}  # which of their arguments are said


@cache
def found() -> dict[Message, set[str]]:
    """Each sentence, and the files that it stands in."""
    places: dict[Message, set[str]] = defaultdict(set)
    for folder, pattern, messages in _SOURCES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            place = path.relative_to(ROOT).as_posix()
            for message in messages(path.read_text()):
                places[message].add(place)
    return dict(places)


def of_python(text: str) -> Iterator[Message]:
    """The literals in calls of `say`, `marked`, `counted` and `forms`. What is no literal stands as one elsewhere."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TAKES:
            texts = [arg.value for arg in node.args[_TAKES[node.func.id]] if isinstance(arg, ast.Constant)]
            if len(texts) in (1, 2):
                yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def of_script(text: str) -> Iterator[Message]:
    """The literals in calls of `said`."""
    yield from SAID.findall(text)


def of_template(text: str) -> Iterator[Message]:
    """The sentences in `_()`, `{% trans %}` and `counted()`."""
    for call in TEMPLATES.parse(text).find_all(nodes.Call):
        if is_sentence(call):
            yield message_of(call)
        elif isinstance(call.node, nodes.Name) and call.node.name == "counted":
            one, several = call.args[1:]
            yield one.as_const(), several.as_const()


TEMPLATES = Environment(extensions=[TransTag])  # noqa: S701 - it reads, and writes nothing
_SOURCES = (
    ("portal", "*.py", of_python),
    ("templates", "*.html", of_template),
    ("static/js", "*.js", of_script),
    ("portal/domain/mail/texts", "*.txt", paragraphs),
)
