"""What things of the graph are called in words, and the pages on which people see them."""

from portal.domain.areas import Named
from portal.domain.graph.ways import GRAPH, Found
from portal.web import thing_pages


def name(found: Found) -> str:
    """The name of a thing."""
    said = GRAPH.nodes[found.kind].said
    return said(found.name) if said else found.name


def page(found: Found) -> str | None:
    """The address of the page on which a thing stands, if one has it."""
    page_of = thing_pages.of_thing(found.page_kind)
    return page_of and page_of.url(found.page_key, Named(found.page_key, found.name, found.stands))
