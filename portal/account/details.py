"""What a person is called, and the language that they read."""

from flask import g, redirect, request, url_for
from flask_login import current_user

from portal import clock
from portal.account.places import local_path
from portal.account.profile_forms import DetailsForm
from portal.domain.accounts import languages
from portal.domain.accounts.people import details as person_details
from portal.domain.sentences import say
from portal.web import answers, readers
from portal.web.forms import form_page, tried


def edit():
    """Change one's name and language."""
    clock.use(0)
    form = DetailsForm(name=current_user.name, language=current_user.language or "")
    if form.validate_on_submit():
        with tried(form):
            person_details.rename(current_user.user_id, form.name.data)
            languages.choose(current_user.user_id, form.language.data)
            readers.speak_to(form.language.data, g.partner and g.partner.language)
            return answers.done(url_for("account.details.edit"), say("Your details are saved."))
    return form_page("account/details.html", form)


def language():
    """The switch of pages outside the shell: this browser's language, and that of whoever is signed in."""
    chosen = readers.known(request.form.get("language"))
    if g.get("person") is not None:
        languages.choose(g.person.user_id, chosen)
    response = redirect(local_path(request.form.get("next")), 303)
    readers.keep(response, chosen)
    return response
