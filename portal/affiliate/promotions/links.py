"""A promoter's links: put together with a subid, and drawn as a code to scan."""

import io
from collections.abc import Mapping
from urllib.parse import urlencode

import segno
from flask import Response, current_app, g, render_template, request, url_for
from markupsafe import Markup

from portal.affiliate.promotions.forms import OwnLinkForm
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs.queries import ShownLanding
from portal.domain.affiliate.links import own_links
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.domain.values import Wrong
from portal.web import answers

_LONGEST_PAGE = 2000
_DOT = 12  # pixels of a module of the downloaded code: sharp on paper as well


def link(uid: str):
    """The finished link to a landing, another page of the shop, or whichever landing fits, with the subid that was typed."""
    promotion = promotions.of_promoter(g.partner.id, uid)
    landings = catalog_lists.landings_of(promotion.catalog)
    template = answers.page_or_part("affiliate/promotions/link.html", "affiliate/promotions/_link.html")
    naming = OwnLinkForm(formdata=None)
    return render_template(
        template, promotion=promotion, landings=landings, made=made(promotion, landings), naming=naming
    )


def svg(uid: str):
    """The link as a code to scan, to be kept: lines, for paper of any size."""
    return _drawn(uid, "svg", "image/svg+xml", scale=4, xmldecl=True)


def png(uid: str):
    """The link as a code to scan, to be kept: dots, for whatever takes no lines."""
    return _drawn(uid, "png", "image/png", scale=_DOT)


def made(promotion: Promotion, landings: list[ShownLanding], asked: Mapping | None = None) -> dict:
    """The link that is asked for, by this request where nothing else is given: its address, its code to scan, what it was
    made of, and what is wrong with the page."""
    asked = request.args if asked is None else asked
    code = asked.get("landing") or ""
    chosen = {
        "landing": code if code in [landing.code for landing in landings] else "",
        "page": (asked.get("page") or "").strip()[:_LONGEST_PAGE],
        "subid": (asked.get("subid") or "").strip()[: own_links.LONGEST_SUBID],
    }
    page, wrong = _page(promotion, chosen["page"])
    url = address(promotion, chosen["landing"], chosen["subid"], page)
    used = {name: value for name, value in chosen.items() if value}
    return {**chosen, "url": url, "wrong": wrong, "drawing": _inline(url), "chosen": used}


def address(promotion: Promotion, code: str = "", subid: str = "", page: str | None = None) -> str:
    """The full address of a link, as it is given to anybody."""
    place = url_for("links.landing", uid=promotion.uid, code=code) if code and not page else _catalog(promotion.uid)
    query = urlencode({name: value for name, value in (("to", page), ("subid", subid)) if value})
    return f"{current_app.config['SETTINGS'].public_url}{place}{'?' if query else ''}{query}"


def of_slug(slug: str) -> str:
    """The full address of a link with a name."""
    return f"{current_app.config['SETTINGS'].public_url}{_catalog(slug)}"


def _catalog(name: str) -> str:
    return url_for("links.catalog", uid=name)


def _page(promotion: Promotion, typed: str) -> tuple[str | None, str | None]:
    """The address of the page, and what is wrong with it."""
    try:
        return own_links.page_of(promotion, typed), None
    except Wrong as wrong:
        return None, str(wrong)


def _inline(url: str) -> Markup:
    """The code as part of a page. Segno writes the address into squares alone, never as text."""
    return Markup(segno.make(url, micro=False).svg_inline(omitsize=True, svgclass=None, lineclass=None))  # noqa: S704


def _drawn(uid: str, kind: str, content_type: str, **options) -> Response:
    promotion = promotions.of_promoter(g.partner.id, uid)
    code = made(promotion, catalog_lists.landings_of(promotion.catalog))
    drawing = io.BytesIO()
    segno.make(code["url"], micro=False).save(drawing, kind=kind, light="#ffffff", **options)
    response = Response(drawing.getvalue(), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="link-{promotion.uid}.{kind}"'
    return response
