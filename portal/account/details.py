"""What a person is called."""

from flask import url_for
from flask_login import current_user

from portal import clock
from portal.account.profile_forms import DetailsForm
from portal.domain.accounts.people import details as person_details
from portal.web import answers
from portal.web.forms import form_page, tried


def edit():
    """Change one's name."""
    clock.use(0)
    form = DetailsForm(name=current_user.name)
    if form.validate_on_submit():
        with tried(form):
            person_details.rename(current_user.user_id, form.name.data)
            return answers.done(url_for("account.details.edit"), "Your name is saved.")
    return form_page("account/details.html", form)
