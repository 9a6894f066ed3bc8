// Everything here is an enhancement: each page works without it.
import { initAll } from "./nhsuk-frontend.js";

initAll();

const TYPING = "input, textarea, select, [contenteditable]";

function focusSearch(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  const search = document.querySelector("[data-search], input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
}

document.addEventListener("keydown", focusSearch);

// A fragment that htmx swaps in may hold components of its own.
document.addEventListener("htmx:after:swap", (event) => initAll({ scope: event.target }));

// A form sent twice by an impatient thumb would be two acts: the second press is ignored.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.matches("[hx-post], [data-hx-post]")) form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
