// Forms of operations go through the queue: kept first, then sent. How many are unsent is always on the screen.
const kept = document.querySelector("#counter-kept");
const body = document.body;
let unsent = 0;
let leads = false; // on to a page of the counter, which has the queue as well
let isCut = false;
const TRIES_EVERY = 2000;
const shell = document.querySelector("form[data-operation]:not([data-verb])"); // of the page that knows no card

const UNSAID = {
  cut: said("No connection. What you book is kept on this phone, and sent by itself as soon as there is one."),
  "signed out": said("You are signed out. What was kept is sent after you have signed in."),
  refused: said("This sign-in may not serve here. What was kept waits for somebody who may."),
  "another partner": said("What was kept belongs to another partner. It waits until somebody works for that one here."),
};

const lineOf = (operation) => {
  const line = document.querySelector("#counter-line").content.cloneNode(true);
  const many = operation.fields.whole || operation.fields.amount;
  line.querySelector("[data-label]").textContent = `${operation.label}${many ? `: ${many}` : ""} · ${operation.fields.serial}`;
  line.querySelector("[data-time]").textContent = new Date(operation.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const isRefused = operation.state === "refused";
  line.querySelector("[data-text]").textContent = isRefused ? [operation.text, operation.fix].filter(Boolean).join(" ")
    : operation.isTried ? said("Sent, but not answered: it is sent again, and booked once") : said("Not sent yet");
  offer(line.querySelector("[data-seen]"), isRefused, () => window.counterStore.drop(operation.request));
  offer(line.querySelector("[data-take-back]"), !isRefused && !operation.isTried, () => window.counterQueue.takeBack(operation.request));
  line.querySelector("li").classList.toggle("is-refused", isRefused);
  return line;
};

const offer = (button, isOffered, act) => {
  button.hidden = !isOffered;
  button.addEventListener("click", async () => {
    await act();
    await show();
    document.querySelector("#content").focus();
  });
};

const show = async () => {
  const operations = await window.counterStore.all();
  const before = unsent;
  unsent = operations.filter((one) => one.state === "waits").length;
  document.querySelector("[data-unsent]").textContent = unsent;
  document.querySelector("[data-unsent-of]").classList.toggle("is-waiting", unsent > 0);
  kept.hidden = !operations.length;
  kept.querySelector("ul").replaceChildren(...operations.map(lineOf));
  if (shell && before && !unsent) comeBack();
};

const standing = ({ detail }) => {
  const note = document.querySelector("#counter-standing");
  note.hidden = !detail || (detail === "cut" && shell); // That page says so itself.
  note.querySelector("span").textContent = UNSAID[detail] ?? "";
  note.querySelector("a").hidden = detail !== "signed out";
};

const operationOf = async (form) => {
  const { csrf_token, acting_for, request, seen, ...fields } = Object.fromEntries(new FormData(form));
  const serves = body.dataset.proof ? body.dataset : await window.counterStore.serves();
  const chosen = form.querySelector("select[name=verb]");
  const verb = form.dataset.verb ?? fields.verb;
  const number = (fields.serial ?? "").split(".")[0]; // of a live code: who reads it later cannot tell how old it was
  if (fields.quantity !== undefined) fields.whole = fields.amount = fields.quantity;
  return {
    request: request ?? crypto.randomUUID(), partner: serves?.partner, proof: serves?.proof,
    label: form.dataset.label ?? chosen.selectedOptions[0].textContent, fields: { ...fields, verb, serial: form.dataset.serial ?? number },
  };
};

const go = (place) => {
  leads = true;
  location.assign(place);
};

const submit = (form) => {
  leads = true;
  form.submit();
};

const keepAndSend = async (form, seen) => {
  const operation = await operationOf(form);
  if (!operation.proof) return standing({ detail: "signed out" });
  const answer = await window.counterQueue.add(operation, seen);
  if (answer?.state === "booked") return go(answer.place);
  if (answer && form.dataset.verb) return submit(form); // The page says why, and what it would do now.
  if (answer) await window.counterStore.keep({ ...operation, state: "refused", at: Date.now(), text: answer.text, fix: answer.fix });
  if (form.dataset.verb) return go("/counter?kept=1");
  form.reset();
  show();
};

const mayBeKept = (form, seen) => form.matches("[data-operation]") && window.indexedDB && navigator.locks
  && (seen || isCut || !navigator.onLine || form.dataset.verb === undefined);

document.addEventListener("submit", (event) => {
  const form = event.target, seen = form.querySelector("[name=seen]")?.value;
  if (form.matches("[data-sign-out]")) return;
  if (form.dataset.sending !== undefined) return event.preventDefault();
  leads = !mayBeKept(form, seen);
  if (leads) return;
  event.preventDefault();
  if (!form.reportValidity()) return;
  form.dataset.sending = "";
  keepAndSend(form, seen).catch(() => submit(form)).finally(() => delete form.dataset.sending);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("a[href^='/counter'], a[href^='/sign-in']")) leads = true;
});
// Without a connection nobody can say what an operation will do, and the button says what it does then.
const cut = () => {
  isCut = true;
  const foreseen = document.querySelector("[data-verb] #foreseen");
  if (!foreseen) return;
  foreseen.querySelector(".counter-foreseen").textContent = said("No connection: what it does is seen when it is sent.");
  foreseen.querySelector(".counter-do").textContent = said("Keep it, and send it later");
};

const joined = () => {
  isCut = false;
  const form = document.querySelector("[data-operation][data-verb]");
  if (form) window.htmx?.trigger(form, "input"); // What it will do can be said again.
  if (shell) comeBack();
};

// The page without a connection gives way when the server answers: browsers say that they are online some time before it does.
// What is not sent goes first.
let again;
const comeBack = async () => {
  clearTimeout(again);
  if (unsent || location.pathname === "/counter/shell") return; // Its own address shows nothing else, however often it is opened.
  const answer = await fetch("/counter/session", { headers: { "HX-Request": "true" }, redirect: "manual", cache: "no-store" }).catch(() => null);
  if (!answer || answer.status >= 500) {
    again = setTimeout(comeBack, TRIES_EVERY);
    return;
  }
  if (["", meant].includes(shell.elements.serial.value)) return go(location.href);
  const note = document.querySelector("#counter-standing");
  note.hidden = false;
  note.querySelector("span").textContent = said("There is a connection again. The arrow at the top leads back to the counter.");
};

// Every address shows that page while there is no connection: which card was meant, and what should be booked, stand in it.
const [, meant = "", wanted = ""] = location.pathname.match(/^\/counter\/cards\/([\d-]+)(?:\/([\w-]+))?$/) ?? [];
if (shell) {
  shell.elements.serial.value = meant;
  if (shell.querySelector(`option[value="${wanted}"]`)) shell.elements.verb.value = wanted;
}

// What is there to begin with is typed over; and what was said of it is not what is typed now.
document.querySelector("[data-verb] [name=whole]")?.select();
document.querySelector("[data-verb]")?.addEventListener("input", ({ currentTarget }) => {
  window.htmx?.trigger(currentTarget, "htmx:abort");
  document.querySelector("#foreseen [name=seen]")?.remove();
});
document.addEventListener("htmx:sendError", cut);
document.addEventListener("htmx:afterOnLoad", () => { isCut = false; });
addEventListener("offline", cut);
addEventListener("online", joined);
document.addEventListener("counter:changed", show);
document.addEventListener("counter:standing", standing);
addEventListener("pageshow", () => { leads = false; });
addEventListener("beforeunload", (event) => unsent && !leads && event.preventDefault());

// Whoever signs out leaves nothing on the phone but what was not sent: it has no name in it.
document.querySelector("[data-sign-out]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (unsent && !confirm(said("There are operations that were not sent. They stay on this phone, and are sent after the next sign-in. Sign out?"))) return;
  leads = true;
  const form = event.target;
  Promise.allSettled([window.counterStore.forget(), caches.delete("counter-shell")]).then(() => form.submit());
});

if (body.dataset.proof) {
  window.counterStore.setServes({ proof: body.dataset.proof, partner: body.dataset.partner }).catch(() => {});
  navigator.serviceWorker?.register("/counter/worker.js", { scope: "/counter" }).then(() => navigator.serviceWorker.ready).then(({ active }) => active.postMessage("keep")).catch(() => {});
}
show().then(() => shell && comeBack()).catch(() => {});
