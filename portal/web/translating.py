"""Sentences of templates, in the language of the environment that compiles them.

`{{ _("Sign in") }}` and `{{ _("{count} of {all}", count=n, all=m) }}` are texts; `{% trans %}Read the
<a href="{{ place }}">terms</a>.{% endtrans %}` keeps its markup, and names what it shows by its last word. Both are looked
up while the template is compiled, so that a page costs what it did without them.
"""

import re
from collections.abc import Iterator
from string import Formatter

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer

from portal import languages

TEXT, MARKUP = "_", "_markup"
_SPACES = re.compile(r"\s+")


class TransTag(Extension):
    """`{% trans name=value %}…{% endtrans %}`."""

    tags = {"trans"}

    def parse(self, parser: Parser) -> nodes.Node:
        """The call that stands for the sentence until it is looked up."""
        line = next(parser.stream).lineno
        named = self._given(parser)
        parser.stream.expect("block_end")
        body = _Body(named, line)
        body.read(parser)
        call = nodes.Call(
            nodes.Name(MARKUP, "load"), [nodes.Const(body.message)],
            [nodes.Keyword(name, value) for name, value in named.items()], None, None,
        )  # fmt: skip
        return nodes.Output([*body.before, call, *body.after], lineno=line).set_lineno(line)

    @staticmethod
    def _given(parser: Parser) -> dict[str, nodes.Expr]:
        named: dict[str, nodes.Expr] = {}
        while parser.stream.current.type != "block_end":
            if named:
                parser.stream.skip_if("comma")
            name = parser.stream.expect("name").value
            parser.stream.expect("assign")
            named[name] = parser.parse_expression()
        return named


class _Body:
    """What stands between the tags: the message, and the spaces around it."""

    def __init__(self, named: dict[str, nodes.Expr], line: int):
        self.message, self.line, self._named = "", line, named
        self.before: list[nodes.Node] = []
        self.after: list[nodes.Node] = []

    def read(self, parser: Parser) -> None:
        while True:
            token = next(parser.stream)
            if token.type == "data":
                self.message += self._plain(token.value)
            elif token.type == "variable_begin":
                self.message += "{" + self._name(parser.parse_expression()) + "}"
                parser.stream.expect("variable_end")
            elif token.type == "block_begin" and parser.stream.current.test("name:endtrans"):
                next(parser.stream)
                return self._trim()
            else:
                raise TemplateSyntaxError("{% trans %} holds texts and {{ values }} alone.", token.lineno)

    def _plain(self, text: str) -> str:
        if "{" in text or "}" in text:
            raise TemplateSyntaxError("A sentence has no braces of its own.", self.line)
        return text

    def _name(self, value: nodes.Expr) -> str:
        name = named_by(value)
        if name is None:
            raise TemplateSyntaxError("Give it a name: {% trans name=… %}.", self.line)
        if isinstance(value, nodes.Name) and name in self._named:
            return name
        if self._named.setdefault(name, value) != value:
            raise TemplateSyntaxError(f"Two values are called {name}.", self.line)
        return name

    def _trim(self) -> None:
        text = _SPACES.sub(" ", self.message)
        self.message = text.strip()
        self.before = [nodes.TemplateData(" ")] if text.startswith(" ") else []
        self.after = [nodes.TemplateData(" ")] if text.endswith(" ") and self.message else []


def named_by(value: nodes.Expr) -> str | None:
    """What a value is called: the last word of `deal.promoter.name|upper` is "name"."""
    if isinstance(value, nodes.Name):
        return value.name
    if isinstance(value, nodes.Getattr):
        return value.attr
    return named_by(value.node) if isinstance(value, nodes.Filter | nodes.Call) and value.node else None


class Translated(NodeTransformer):
    """A parsed template with its sentences in a language."""

    def __init__(self, language: str):
        self._language = language

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        """What a template writes: each piece of a sentence is written by itself."""
        node.nodes = [part for child in node.nodes for part in self._written(child)]
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        """A sentence that is handed on as a value."""
        self.generic_visit(node)
        if not is_sentence(node):
            return node
        parts = list(self._parts(node))
        return parts[0] if len(parts) == 1 and isinstance(parts[0], nodes.Const) else nodes.Concat(parts)

    def _written(self, child: nodes.Expr) -> list[nodes.Expr]:
        if not isinstance(child, nodes.Call) or not is_sentence(child):
            return [self.visit(child)]
        self.generic_visit(child)
        return list(self._parts(child))

    def _parts(self, call: nodes.Call) -> Iterator[nodes.Expr]:
        written, named = message_of(call), {keyword.key: keyword.value for keyword in call.kwargs}
        text = written if self._language == languages.ENGLISH else languages.catalog(self._language).text(written)
        of_text = nodes.TemplateData if call.node.name == MARKUP else nodes.Const
        if not named:
            yield of_text(text, lineno=call.lineno)
            return
        for plain, name, *_ in Formatter().parse(text):
            if plain:
                yield of_text(plain, lineno=call.lineno)
            if name is not None:
                yield named[name]


def is_sentence(node: nodes.Call) -> bool:
    """Whether it is one of the calls that a template's sentences become."""
    return isinstance(node.node, nodes.Name) and node.node.name in (TEXT, MARKUP)


def message_of(call: nodes.Call) -> str:
    """The sentence as the template has it."""
    if len(call.args) != 1 or not isinstance(call.args[0], nodes.Const) or call.dyn_args or call.dyn_kwargs:
        raise TemplateSyntaxError("_() takes one sentence as a literal, and values with names.", call.lineno)
    return call.args[0].value
