// A page that shows a secret once is kept nowhere: its place in the history leads on, and nothing asks to send its form again.
const shownOnce = document.querySelector("[data-leads-to]");
if (shownOnce) history.replaceState(null, "", shownOnce.dataset.leadsTo);
