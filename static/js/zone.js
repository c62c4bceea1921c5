// The time zone of this browser, in a field that nobody has typed into; it stays open to be changed.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("[data-own-time-zone]")) {
  if (field.value === field.defaultValue && [...(field.list?.options ?? [])].some(({ value }) => value === own)) field.value = own;
}
