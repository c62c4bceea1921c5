// What can be undone for a minute says how long still, and goes when the minute is over: the server counts it as well.
const countDown = (form) => {
  const ends = performance.now() + 1000 * Number(form.dataset.endsIn);
  const place = form.querySelector("[data-seconds]");
  const show = () => {
    const left = Math.ceil((ends - performance.now()) / 1000);
    if (left <= 0) return form.remove();
    if (place) place.textContent = `${left} s`;
    setTimeout(show, 1000);
  };
  show();
};
document.querySelectorAll("form[data-ends-in]").forEach(countDown);

// What is not kept on the phone needs a connection: where there is none nothing is sent, and it says so.
const needsConnection = document.querySelector("[data-needs-connection]");
document.addEventListener("submit", (event) => {
  if (navigator.onLine || !event.target.matches("[data-online]")) return;
  event.preventDefault();
  if (needsConnection) needsConnection.hidden = false;
  needsConnection?.scrollIntoView({ block: "nearest" });
});
addEventListener("online", () => needsConnection && (needsConnection.hidden = true));

// The camera's part is loaded when it is asked for.
const lens = document.querySelector("[data-camera]");
if (lens && navigator.mediaDevices) {
  lens.hidden = false;
  lens.addEventListener("click", async () => {
    await import(lens.dataset.script).catch(() => {});
    window.counterCamera?.(lens.dataset.decoder);
  });
  document.addEventListener("counter:read", ({ detail }) => location.assign(`/counter?by=camera&q=${encodeURIComponent(detail)}`));
}

// What the camera read as the connection went is in the number's place.
const unknown = document.querySelector("#serial");
const asked = new URLSearchParams(location.search).get("q") ?? "";
if (unknown && /^\d{12}(\.|$)/.test(asked)) unknown.value = asked.split(".")[0];
