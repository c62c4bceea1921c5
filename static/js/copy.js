// Copies what a code box shows, and says so.
const announce = (text) => {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
};

addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = button.parentElement.querySelector("code");
  const word = button.querySelector("[data-word]");
  try {
    await navigator.clipboard.writeText(source.textContent);
    word.textContent = said("Copied");
    announce(said("Copied"));
  } catch {
    getSelection().selectAllChildren(source);
    word.textContent = said("Selected");
    announce(said("The browser does not allow copying here. The text is selected: press Ctrl and C."));
  }
  setTimeout(() => { word.textContent = said("Copy"); }, 2000);
});
