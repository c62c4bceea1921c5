// A chart tells the values of the place under the pointer or the finger, and of the one that the arrow keys come to.
// They are read from the table beneath it; nothing moves.
const SVG = "http://www.w3.org/2000/svg";
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
let shown = null; // the chart that tells something, and the number of its place

const drawing = (chart) => [...chart.querySelectorAll("svg")].find((svg) => svg.getBoundingClientRect().width > 0);
const rows = (chart) => chart.closest(".card").querySelectorAll(".chart-data tbody tr");
const element = (name, attributes) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

// The middle of a place in units of the drawing, and how far the next one is.
const middle = (svg, place, count) => {
  const first = Number(svg.dataset.first);
  const step = count > 1 ? (Number(svg.dataset.last) - first) / (count - 1) : 0;
  return { at: first + step * place, step: step || 40 };
};

const placeUnder = (svg, event, count) => {
  const box = svg.getBoundingClientRect();
  const isAcross = svg.dataset.axis === "x";
  const along = isAcross ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height;
  const at = along * (isAcross ? svg.viewBox.baseVal.width : svg.viewBox.baseVal.height);
  const { at: first, step } = middle(svg, 0, count);
  return Math.min(count - 1, Math.max(0, Math.round((at - first) / step)));
};

// Where the lines of the drawing are at this place.
const marks = (svg, at) => [...svg.querySelectorAll(".chart-line")].flatMap((line) => {
  const points = [...line.getAttribute("d").matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)];
  const series = line.getAttribute("class").split(" ").find((name) => name.startsWith("series-"));
  return points.filter(([, x]) => Math.abs(x - at) < 0.2)
    .map(([, x, y]) => element("circle", { class: `chart-mark ${series}`, cx: x, cy: y, r: 4.5 }));
});

const band = (svg, at, step) => {
  const { width, height } = svg.viewBox.baseVal;
  if (svg.dataset.axis === "y") return element("rect", { class: "chart-here", x: 0, width, y: at - step / 2, height: step });
  if (svg.querySelector(".chart-line, .chart-area")) {
    return element("rect", { class: "chart-here is-line", x: at - 0.5, width: 1, y: 12, height: height - 38 });
  }
  return element("rect", { class: "chart-here", x: at - step / 2, width: step, y: 12, height: height - 38 });
};

const hide = () => {
  shown?.chart.querySelectorAll("[data-here]").forEach((part) => part.remove());
  shown?.chart.querySelector(".chart-tip")?.replaceChildren();
  shown = null;
};

const say = (tip, row) => {
  const [head, ...cells] = row.cells;
  const title = document.createElement("strong");
  title.textContent = head.textContent.trim();
  tip.replaceChildren(title, ...cells.map((cell, number) => {
    const line = document.createElement("span");
    line.className = `series-${number + 1}`;
    line.textContent = `${cell.dataset.label}: ${cell.textContent.trim()}`;
    return line;
  }));
};

// Beside the place, on the side where there is room, and inside the chart.
const put = (tip, chart, svg, at) => {
  const outer = chart.getBoundingClientRect();
  const box = svg.getBoundingClientRect();
  const x = box.left - outer.left + (at / svg.viewBox.baseVal.width) * box.width;
  const y = box.top - outer.top + (at / svg.viewBox.baseVal.height) * box.height;
  const isAcross = svg.dataset.axis === "x";
  const before = x > outer.width / 2;
  const left = isAcross ? (before ? x - tip.offsetWidth - 12 : x + 12) : (outer.width - tip.offsetWidth) / 2;
  tip.style.left = `${Math.max(0, Math.min(outer.width - tip.offsetWidth, left))}px`;
  tip.style.top = `${isAcross ? 8 : Math.max(0, y - tip.offsetHeight - 20)}px`;
};

const tell = (chart, place) => {
  if (shown?.chart === chart && shown.place === place) return;
  hide();
  const svg = drawing(chart);
  const listed = rows(chart);
  if (!svg || !listed[place]) return;
  const { at, step } = middle(svg, place, listed.length);
  const tip = chart.querySelector(".chart-tip");
  for (const part of [band(svg, at, step), ...marks(svg, at)]) {
    part.dataset.here = "";
    svg.append(part);
  }
  say(tip, listed[place]);
  put(tip, chart, svg, at);
  shown = { chart, place };
};

const follow = (event) => {
  const chart = event.target.closest?.("[data-chart]");
  if (!chart) return event.pointerType === "mouse" || event.type === "pointerdown" ? hide() : undefined;
  const svg = drawing(chart);
  if (svg) tell(chart, placeUnder(svg, event, rows(chart).length));
};
addEventListener("pointermove", follow);
addEventListener("pointerdown", follow);
// A finger that is lifted leaves what it has asked for.
document.documentElement.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hide());

addEventListener("keydown", (event) => {
  const chart = event.target.closest?.("[data-chart]");
  if (!chart || event.target !== chart || event.ctrlKey || event.altKey || event.metaKey) return;
  const last = rows(chart).length - 1;
  const present = shown?.chart === chart ? shown.place : null;
  const wanted = { Home: 0, End: last }[event.key] ?? (STEPS[event.key] && (present ?? (STEPS[event.key] > 0 ? -1 : last + 1)) + STEPS[event.key]);
  if (event.key === "Escape") hide();
  if (wanted === undefined) return;
  event.preventDefault();
  tell(chart, Math.min(last, Math.max(0, wanted)));
});
addEventListener("focusout", (event) => event.target.matches?.("[data-chart]") && hide());

// A stop of the keyboard only where keys do something.
const prepare = () => document.querySelectorAll("[data-chart]:not([tabindex])").forEach((chart) => {
  chart.tabIndex = 0;
  chart.setAttribute("role", "group");
  chart.setAttribute("aria-label", chart.dataset.chart);
  const tip = document.createElement("output");
  tip.className = "chart-tip";
  chart.append(tip);
});
prepare();
document.addEventListener("htmx:afterSettle", prepare);
