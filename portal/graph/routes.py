"""The graph: its endpoint, and the part that the pages of things have."""

from portal.api.families import Tag, WireFamily
from portal.domain.accounts.roles import MAY_VIEW
from portal.domain.graph.ways import GRAPH
from portal.graph import api as json
from portal.graph import pages
from portal.graph.schemas import GraphAnswer, GraphQuery
from portal.routing import PERMIT_KIND, Access, Area, api, page, roles

READS = Access(PERMIT_KIND, frozenset().union(*(node.permits for node in GRAPH.nodes.values())))
_DEAL, _REWARD = (
    {
        "kind": kind,
        "id": "6f1c1f0e-6f39-4b43-9a75-0d5f6a3f2c11",
        "name": name,
        "state": state,
        "at": "2026-01-31T10:00:00.000Z",
        "url": "https://portal.example.com/deals/6f1c1f0e-6f39-4b43-9a75-0d5f6a3f2c11",
    }
    for kind, name, state in (("deal", "order-1001", "Approved"), ("reward", "12.90 EUR", "due"))
)
_TIE = {"relation": "reward", "direction": "to"}
_EXAMPLE = {
    "thing": _DEAL,
    "links": [_REWARD | _TIE],
    "more": {},
    "next": None,
    "others": [],
    "chain": {
        "things": [
            _DEAL | {"distance": 0, "by": None},
            _REWARD | {"distance": 1, "by": {"kind": "deal", "id": _DEAL["id"]} | _TIE},
        ],
        "is_cut": False,
    },
}
ROUTES = [
    api(
        "GET",
        "/api/graph/<kind>/<thing_id>",
        json.show,
        READS,
        "Ask a thing where it comes from and where it leads",
        operation="get_graph",
        query=GraphQuery,
        refuses=(404,),
        answer=GraphAnswer,
        answer_example=_EXAMPLE,
    ),
    page("GET", "/graph/<kind>/<thing_id>", pages.show, roles(MAY_VIEW)),
]
_KINDS = ", ".join(f"`{kind}`" for kind in GRAPH.nodes)
WIRE = WireFamily(
    "/api",
    {
        "graph": Tag(
            "The graph", "Any thing of yours with what it comes from and what it leads to, across all families."
        )
    },
    {
        "kind": f"`any`, or the kind of the thing: {_KINDS}.",
        "thing_id": "What the thing is known by, in any notation.",
    },
)
AREA = Area((ROUTES,), wire=WIRE)
