// What somebody types, ticks or chooses while the answer to a question is on its way goes into the fields that come with it.
const ticks = (field) => field.type === "checkbox" || field.type === "radio";
const keyOf = (field) => (ticks(field) ? `${field.name}=${field.value}` : field.name);
const valueOf = (field) => (ticks(field) ? field.checked : field.value);
const isFilled = (field) => field.name && field.type !== "hidden" && field.type !== "file";
const fieldsOf = (part) => [...part.querySelectorAll("input, select, textarea")].filter(isFilled);
const takes = (field, value) => field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value);

const asked = new WeakMap(); // by request: the values when it was sent, then what was typed since

document.addEventListener("htmx:beforeSend", ({ detail }) => {
  if (detail.requestConfig.verb !== "get") return;
  asked.set(detail.xhr, new Map(fieldsOf(detail.target).map((field) => [keyOf(field), valueOf(field)])));
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const then = asked.get(detail.xhr);
  if (!then) return;
  const isTyped = (field) => then.has(keyOf(field)) && then.get(keyOf(field)) !== valueOf(field);
  asked.set(detail.xhr, new Map(fieldsOf(detail.target).filter(isTyped).map((field) => [keyOf(field), valueOf(field)])));
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const typed = asked.get(detail.xhr);
  if (!typed?.size) return;
  const part = document.getElementById(detail.target.id) ?? detail.target;
  for (const field of fieldsOf(part)) {
    const value = typed.get(keyOf(field));
    if (value === undefined || !takes(field, value)) continue;
    if (ticks(field)) field.checked = value;
    else field.value = value;
  }
});
