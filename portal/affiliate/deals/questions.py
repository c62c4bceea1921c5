"""What promoters ask about their deals: the questions that wait, and the answer to one."""

from flask import g, render_template, url_for

from portal.affiliate.deals import pages
from portal.affiliate.deals.forms import AnswerForm
from portal.domain.affiliate.deals import passport as deal_passport
from portal.domain.affiliate.questions import lists as question_lists
from portal.domain.affiliate.questions import questions
from portal.domain.errors import NotFound
from portal.domain.sentences import say
from portal.web import answers
from portal.web.forms import tried


def waiting():
    """The questions that nobody has answered, oldest first."""
    return render_template("affiliate/deals/questions.html", questions=question_lists.waiting(g.partner.id))


def answer(uuid: str, question: str):
    """Answer a question about the deal, once."""
    deal, form = deal_passport.of(g.partner.id, uuid), AnswerForm()
    if question not in {asked.uuid for asked in question_lists.of_deal(g.partner.id, deal.id)}:
        raise NotFound(say("question"))
    if form.validate_on_submit():
        with tried(form):
            questions.answer(g.partner.id, question, form.answer.data, g.person.user_id)
            return answers.done(
                url_for("deals.show", uuid=deal.uuid), say("The answer is given; the promoter sees it.")
            )
    return pages.passport_page(deal, answer=form, answered=question)
