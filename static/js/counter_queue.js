// The queue: the page owns it, for no browser sends anything by itself. It is tried on load, with the connection, when the page is seen
// and by a timer; one tab at a time sends, and the server books each UUID once.
const store = window.counterStore;
const EVERY = 15000;
const GIVE_UP_AFTER = 10000;
const SESSION = "/counter/session";
const QUEUE = "/counter/queue";
const tabs = new BroadcastChannel("counter");

const ask = (address, options = {}) =>
  fetch(address, { ...options, headers: { "HX-Request": "true" }, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(GIVE_UP_AFTER) });

const isJson = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

// What a phone sends with: { token, partner, proof }; "signed out", "refused" or "cut" where there is none.
const session = async () => {
  try {
    const answer = await ask(SESSION);
    if (answer.status === 204 || answer.type === "opaqueredirect") return "signed out";
    if (!answer.ok || !isJson(answer)) return answer.status === 403 ? "refused" : "cut";
    return await answer.json();
  } catch {
    return "cut";
  }
};

// What the server says of an operation; null where it said nothing, or nothing that can be read, or somebody took it back before.
const sent = async (operation, { token }, seen) => {
  if (!(await store.begin(operation.request))) return null;
  const body = new URLSearchParams({ ...operation.fields, request: operation.request, proof: operation.proof, acting_for: operation.partner, csrf_token: token });
  if (seen) body.set("seen", seen);
  try {
    const answer = await ask(QUEUE, { method: "POST", body });
    return isJson(answer) && [200, 422].includes(answer.status) ? await answer.json() : null;
  } catch {
    return null;
  }
};

const tell = () => {
  tabs.postMessage("changed");
  document.dispatchEvent(new Event("counter:changed"));
};

let standing = "";
const stand = (now) => {
  if (now === standing) return;
  standing = now;
  document.dispatchEvent(new CustomEvent("counter:standing", { detail: now }));
};

const sendAll = async () => {
  const waiting = (await store.all()).filter((one) => one.state === "waits");
  if (!waiting.length) return stand("");
  const with_ = await session();
  if (typeof with_ === "string") return stand(with_);
  stand("");
  for (const operation of waiting.filter((one) => one.partner === with_.partner)) {
    const answer = await sent(operation, with_);
    if (!answer) continue;
    if (answer.state === "booked") await store.drop(operation.request);
    else await store.keep({ ...operation, state: "refused", text: answer.text, fix: answer.fix });
    tell();
  }
  if (waiting.some((one) => one.partner !== with_.partner)) stand("another partner");
};

const replay = () => navigator.locks.request("counter-queue", { ifAvailable: true }, (lock) => lock && sendAll()).catch(() => {});

window.counterQueue = {
  // Keep an operation, and send it at once: what was answered; null while it waits.
  add: async (operation, seen) => {
    await store.keep({ ...operation, state: "waits", at: Date.now() });
    navigator.storage?.persist?.();
    tell();
    const with_ = await session();
    const answer = typeof with_ === "string" || with_.partner !== operation.partner ? null : await sent(operation, with_, seen);
    if (answer) await store.drop(operation.request);
    else stand(typeof with_ === "string" ? with_ : "cut");
    tell();
    return answer;
  },
  // An operation that was not sent so far is as if it had never been.
  takeBack: async (request) => {
    await store.takeBack(request);
    tell();
  },
  replay,
};

tabs.addEventListener("message", () => document.dispatchEvent(new Event("counter:changed")));
addEventListener("online", replay);
addEventListener("pageshow", replay);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && replay());
setInterval(replay, EVERY);
