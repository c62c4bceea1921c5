// A card's code is renewed while somebody looks at it; without a connection its number stands there instead, and says so.
const RENEW_AGAIN = 5000;
const cardCode = () => document.querySelector("#card-code");

const renewCode = () => {
  if (cardCode() && document.visibilityState === "visible") htmx.trigger(cardCode(), "renew");
};

const showNumber = () => {
  const code = cardCode();
  if (!code) return;
  code.querySelector("[data-live]").hidden = true;
  code.querySelector("[data-still]").hidden = false;
};

if (cardCode()) {
  if (!navigator.onLine) showNumber(); // A page that was kept has a code of long ago.
  addEventListener("pageshow", (event) => event.persisted && renewCode());
  addEventListener("offline", showNumber);
  addEventListener("online", renewCode);
  document.addEventListener("visibilitychange", renewCode);
  for (const failed of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(failed, () => {
      showNumber();
      setTimeout(renewCode, RENEW_AGAIN);
    });
  }
}
