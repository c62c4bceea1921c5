"""What the search knows of the operator's pages, by the words that people type."""

from portal.domain.sentences import say
from portal.web.shortcuts import Look

OTHER_WORDS = {
    "operator.partners": say("tenants companies merchants confirm disable installation"),
    "operator.people.index": say("users accounts persons reset second factor installation"),
    "operator.terms.versions": say("legal conditions publish installation"),
    "operator.mail.index": say("emails outbox queue failed letters smtp installation"),
}
LOOKS = (
    Look(say("Partners of the installation with “{text}”"), "building-2", "operator.partners"),
    Look(say("People of the installation with “{text}”"), "users", "operator.people.index"),
)
