// Open menus close on Escape and on a click elsewhere.
const openMenus = () => document.querySelectorAll("details.menu[open]");

addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

for (const shown of document.querySelectorAll(".sidebar [aria-current], .tabs [aria-current]"))
  shown.scrollIntoView({ block: "nearest", inline: "nearest" });
