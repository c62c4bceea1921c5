"""Deals: the live list, what is new above it, one deal's passport, and reports that were refused."""

import hashlib

from flask import g, make_response, render_template, request, url_for

from portal.affiliate import sentences as shared
from portal.affiliate.deals import filters, sentences, stands
from portal.affiliate.deals.forms import AnswerForm, CommentForm, CostForm
from portal.affiliate.trials.sentences import explained
from portal.domain import money
from portal.domain.affiliate.deal_lists import lists as deal_lists
from portal.domain.affiliate.deal_lists import views as saved_views
from portal.domain.affiliate.deals import again as deals_again
from portal.domain.affiliate.deals import buyers, consequences
from portal.domain.affiliate.deals import chain as deal_chain
from portal.domain.affiliate.deals import passport as deal_passport
from portal.domain.affiliate.deals import standing as deal_standing
from portal.domain.affiliate.deals.passport import Passport
from portal.domain.affiliate.deals.words import CANCELED
from portal.domain.affiliate.questions import lists as question_lists
from portal.domain.affiliate.refunds import lists as refund_lists
from portal.domain.affiliate.refunds import refunds
from portal.domain.affiliate.trials import trials
from portal.domain.offers import choices as catalog_choices
from portal.domain.traces import refusals
from portal.web import answers, thing_pages, waits
from portal.web.addresses import asks_for_oldest, place_asked, row_id, with_arguments
from portal.web.forms import status

NEWEST = 2**62


def index():
    """The partner's deals, newest first."""
    chosen, asked = filters.read()
    before, after = place_asked()
    is_oldest_first = asks_for_oldest()
    page = deal_lists.page(g.partner.id, chosen, before, after, is_oldest_first)
    values = {
        "page": page,
        "asked": asked,
        "chips": filters.chips(asked),
        "query": filters.query(asked),
        "is_oldest_first": is_oldest_first,
        "news": None if before or after or is_oldest_first else _news(asked, page.rows),
        "page_url": with_arguments,
        "suggestions": filters.suggestions(asked),
        "views": saved_views.of(g.partner.id, g.person.user_id),
        "address": filters.address(asked),
    }
    if answers.is_fragment():
        return render_template("affiliate/deals/_deals.html", **values)
    return render_template(
        "affiliate/deals/index.html",
        catalogs=catalog_choices.catalogs(g.partner.id),
        statuses=list(deal_standing.SAID.items()),
        only=list(filters.ONLY.items()),
        currencies=[(code, code) for code in deal_lists.currencies(g.partner.id)],
        more_in_use=sum(bool(asked[name]) for name in filters.MORE),
        waiting=waits.counts()["questions"],
        **values,
    )


def totals():
    """What the filtered deals sum up to. The list asks for it once it stands, because it reads every one of them."""
    chosen, asked = filters.read()
    template = answers.page_or_part("affiliate/deals/totals.html", "affiliate/deals/_totals.html")
    found = deal_lists.totals(g.partner.id, chosen, g.partner.time_zone)
    said = sentences.totals(found, chosen.status == CANCELED)
    return render_template(template, said=said, count=sentences.how_many(found), query=filters.query(asked))


def news():
    """What changed in the list that somebody is looking at: 304 while nothing did."""
    chosen, asked = filters.read()
    newest = min(request.args.get("newest", 0, type=row_id), NEWEST)
    rows = deal_lists.seen(g.partner.id, chosen, newest)
    count = deal_lists.count_above(g.partner.id, chosen, newest)
    since = request.args.get("since", 0, type=int)
    changed = [row for row in rows if row.modified_at > since]
    return answers.unless_seen(
        _mark(rows, count),
        lambda: render_template("affiliate/deals/_news.html", news=_news(asked, rows, newest, count), changed=changed),
    )


def show(uuid: str):
    """One deal's passport."""
    return passport_page(deal_passport.of(g.partner.id, uuid))


def refused():
    """Reports that were refused, and what would mend them."""
    traces = [(trace, shared.steps(trace.steps or [])) for trace in refusals.recent(g.partner.id, "deal")]
    return render_template("affiliate/deals/refused.html", traces=traces)


def passport_page(
    passport: Passport,
    cost: CostForm | None = None,
    comment: CommentForm | None = None,
    answer: AnswerForm | None = None,
    answered: str | None = None,
):
    """The passport with its forms, one of them perhaps to be corrected: `answered` is the question that `answer` is for."""
    cost = cost or CostForm(passport.currency, formdata=None, cost=money.to_decimal(passport.cost, passport.currency))
    comment = comment or CommentForm(formdata=None, comment=passport.comment)
    answer = answer or AnswerForm(formdata=None)
    linked, left = deals_again.linked(passport.id), passport.cost - refund_lists.sums_of(passport.id).amount
    page = render_template(
        "affiliate/deals/show.html",
        deal=passport,
        buyer=buyers.of(g.partner.id, passport.customer),
        chain=deal_chain.of(g.partner.id, passport),
        stands=stands.of(passport),
        consequences=consequences.of(passport.id),
        at_stake=consequences.at_stake(passport.id),
        page_of=thing_pages.link,
        left=left,
        steps=shared.steps(passport.attribution, passport.promoter),
        refunds=refund_lists.latest(passport.id),
        linked=linked,
        may_be_again=deals_again.may_be(passport, linked),
        may_be_refunded=refunds.hindrance(passport, left) is None,
        questions=question_lists.of_deal(g.partner.id, passport.id),
        cost_form=cost,
        comment_form=comment,
        answer_form=answer,
        answered=answered,
        explained=g.partner.is_test and trials.is_one(g.partner.id, passport.uuid) and explained(passport),
        sentences=sentences,
    )
    return make_response(page, status(cost, comment, answer))


def _news(asked: dict, rows: list, newest: int | None = None, count: int = 0) -> dict:
    """What the polling part carries: the newest deal that is shown, when the rows last changed, and its ETag."""
    newest = newest if newest is not None else rows[0].id if rows else 0
    since = max((row.modified_at for row in rows), default=0)
    return {
        "url": url_for("deals.news", **(filters.query(asked) | {"newest": newest, "since": since})),
        "filters": filters.query(asked),
        "count": count,
        "is_first": not newest,
        "shows": sentences.show_new(count),
        "etag": f'"{_mark(rows, count)}"',
    }


def _mark(rows: list, count: int) -> str:
    seen = repr([(row.id, row.modified_at) for row in rows] + [count])
    return hashlib.blake2b(seen.encode(), digest_size=9).hexdigest()
