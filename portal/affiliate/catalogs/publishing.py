"""Whether promoters can have a catalog: publishing it, taking it back, and putting it away for good or for a while."""

from flask import g, render_template, request, url_for

from portal.affiliate import catalog_page
from portal.affiliate.catalogs import consequences
from portal.domain.affiliate.catalogs import lists as catalog_lists
from portal.domain.errors import Invalid
from portal.domain.offers import catalogs
from portal.domain.offers.tables import Catalog
from portal.domain.sentences import say
from portal.web import answers
from portal.web.inputs import is_on


def publication(short_code: str):
    """Publish a catalog, or ask and take it back."""
    catalog = catalogs.find(g.partner.id, short_code)
    if request.method == "GET":
        lost = consequences.of_unpublishing(catalog_lists.promoters_of(catalog))
        return render_template("affiliate/catalogs/publication.html", catalog=catalog, lost=lost)
    is_published = is_on("published")
    try:
        catalogs.change(catalog, {"is_published": is_published})
    except Invalid as error:
        return answers.done(_place(catalog), error.sentence, "warning")
    if not is_published:
        said = say("“{title}” is unpublished: promoters’ links and codes no longer work.", title=catalog.title)
        return answers.done(_place(catalog), said)
    if missing := catalog_lists.lacking(catalog_lists.offers_of(catalog), catalog_lists.landings_of(catalog)):
        said = say("“{title}” is published. {lacks}", title=catalog.title, lacks=catalog_page.said(missing))
        return answers.done(_place(catalog), said, "warning")
    said = say("“{title}” is published: promoters’ links and codes work.", title=catalog.title)
    return answers.done(_place(catalog), said)


def archive(short_code: str):
    """Ask, and put a catalog away; or have it among the others again."""
    catalog = catalogs.find(g.partner.id, short_code)
    if request.method == "GET":
        return render_template("affiliate/catalogs/archive.html", catalog=catalog, lost=lost_by_archiving(catalog))
    if is_on("archived"):
        catalogs.archive(catalog)
        return answers.done(
            _place(catalog), say("“{title}” is archived. You find it in the list by its state.", title=catalog.title)
        )
    catalogs.restore(catalog)
    return answers.done(
        _place(catalog),
        say("“{title}” is restored. It is unpublished: publish it when you are ready.", title=catalog.title),
    )


def lost_by_archiving(catalog: Catalog) -> list[str]:
    """What archiving ends and what goes on, for the question before it."""
    promoters, running = catalog_lists.promoters_of(catalog), catalog_lists.running_deals(catalog)
    return consequences.of_archiving(catalog.is_published, promoters, running)


def _place(catalog: Catalog) -> str:
    return url_for("catalogs.show", short_code=catalog.short_code)
