// A list that is typed one a line becomes rows to add and remove; the textarea stays what is sent.
const element = (kind, values, ...children) => {
  const made = Object.assign(document.createElement(kind), values);
  made.append(...children);
  return made;
};

const listOf = (area) => {
  const label = document.querySelector(`label[for="${area.id}"]`)?.textContent.trim() ?? said("Line");
  const rows = element("div", { className: "lines" });
  const inputs = () => [...rows.querySelectorAll("input")];

  const name = () => inputs().forEach((input, place) => {
    input.setAttribute("aria-label", `${label} ${place + 1}`);
    input.nextElementSibling.setAttribute("aria-label", said("Remove {line}").replace("{line}", `${label} ${place + 1}`));
  });
  const keep = () => {
    area.value = inputs().map((input) => input.value.trim()).filter(Boolean).join("\n");
  };

  const drop = (row) => {
    const next = row.nextElementSibling ?? row.previousElementSibling ?? add("");
    row.remove();
    name();
    keep();
    next.querySelector("input").focus();
  };

  const add = (value, after = rows.lastElementChild) => {
    const input = element("input", { className: "input", type: "text", value, maxLength: 2000 });
    for (const described of ["aria-describedby", "aria-invalid"]) {
      if (area.hasAttribute(described)) input.setAttribute(described, area.getAttribute(described));
    }
    const remove = element("button", { className: "button quiet compact", type: "button", textContent: said("Remove") });
    const row = element("div", { className: "line" }, input, remove);
    remove.addEventListener("click", () => drop(row));
    input.addEventListener("input", keep);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      add("", row).querySelector("input").focus();
    });
    input.addEventListener("paste", (event) => {
      const [first, ...others] = event.clipboardData.getData("text").trim().split(/\r?\n/);
      if (!others.length) return;
      event.preventDefault();
      input.setRangeText(first, input.selectionStart, input.selectionEnd, "end");
      others.reduce((last, text) => add(text, last), row).querySelector("input").focus();
      keep();
    });
    after ? after.after(row) : rows.append(row);
    name();
    return row;
  };

  const shown = area.value;
  (shown || "\n").split("\n").forEach((line, place) => (line || (!shown && !place)) && add(line));
  const more = element("button", { className: "button compact", type: "button", textContent: said("Add a line") });
  more.addEventListener("click", () => add("").querySelector("input").focus());
  area.before(rows, element("div", {}, more));
  area.hidden = true;
  const { id } = area;
  area.removeAttribute("id");
  rows.querySelector("input").id = id;
};

document.querySelectorAll("textarea[data-lines]").forEach(listOf);
