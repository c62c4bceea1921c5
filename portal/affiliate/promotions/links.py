"""A promoter's links: put together with a subid, and drawn as a code to scan."""

import io
from urllib.parse import urlencode

import segno
from flask import Response, current_app, g, render_template, request, url_for
from markupsafe import Markup

from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.affiliate.catalogs.queries import ShownLanding
from portal.domain.affiliate.promotions import promotions
from portal.domain.affiliate.promotions.tables import Promotion
from portal.web import answers

_LONGEST_SUBID = 200
_DOT = 12  # pixels of a module of the downloaded code: sharp on paper as well


def link(uid: str):
    """The finished link to a landing, or to whichever fits the device, with the subid that was typed."""
    promotion = promotions.of_promoter(g.partner.id, uid)
    landings = catalog_lists.landings_of(promotion.catalog)
    template = answers.page_or_part("affiliate/promotions/link.html", "affiliate/promotions/_link.html")
    return render_template(template, promotion=promotion, landings=landings, made=made(promotion, landings))


def svg(uid: str):
    """The link as a code to scan, to be kept: lines, for paper of any size."""
    return _drawn(uid, "svg", "image/svg+xml", scale=4, xmldecl=True)


def png(uid: str):
    """The link as a code to scan, to be kept: dots, for whatever takes no lines."""
    return _drawn(uid, "png", "image/png", scale=_DOT)


def made(promotion: Promotion, landings: list[ShownLanding]) -> dict:
    """The link that this request asks for: its address, its code to scan, and what it was made of."""
    codes = [landing.code for landing in landings]
    code = request.args.get("landing", "")
    code = code if code in codes else ""
    subid = request.args.get("subid", "").strip()[:_LONGEST_SUBID]
    url = address(promotion, code, subid)
    chosen = {name: value for name, value in (("landing", code), ("subid", subid)) if value}
    return {"url": url, "landing": code, "subid": subid, "drawing": _inline(url), "chosen": chosen}


def address(promotion: Promotion, code: str = "", subid: str = "") -> str:
    """The full address of a link, as it is given to anybody."""
    path = (
        url_for("links.landing", uid=promotion.uid, code=code) if code else url_for("links.catalog", uid=promotion.uid)
    )
    query = f"?{urlencode({'subid': subid})}" if subid else ""
    return f"{current_app.config['SETTINGS'].public_url}{path}{query}"


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
