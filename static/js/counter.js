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
