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

// On a telephone the navigation scrolls sideways: the entry of this page is brought into sight.
const current = document.querySelector(".app-header__nav [aria-current]");
if (current) current.closest("ul").scrollLeft = current.offsetLeft - 16;

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

// Whoever walks away from a ward machine is signed out; whoever types is not. The page warns beforehand.
const WARNING = 120_000;
const idle = document.querySelector("[data-idle-minutes]");
if (idle) watchIdle(idle);

function watchIdle(form) {
  let until = Date.now() + form.dataset.idleMinutes * 60_000;
  let told = Date.now();
  let typed = false;

  async function ask(method) {
    const body = method === "POST" ? new FormData(form) : undefined;
    const answer = await fetch(form.action, { method, body, redirect: "manual" }).catch(() => null);
    if (answer?.ok) until = Date.now() + (await answer.json()).seconds * 1000;
    return answer;
  }

  function leave() {
    if (!typed) {
      location.replace(location.pathname + location.search);
      return;
    }
    clearInterval(clock);
    form.querySelector("[data-idle-soon]").hidden = true;
    form.querySelector("[data-idle-ended]").hidden = false;
    form.querySelector("button").hidden = true;
    form.hidden = false;
  }

  // Another tab may have been used meanwhile: the server knows, and asking it counts as no use.
  async function check() {
    if (until - Date.now() > WARNING) return;
    const answer = await ask("GET");
    if (answer && !answer.ok) leave();
    else form.hidden = until - Date.now() > WARNING;
  }

  const clock = setInterval(check, 10_000);
  document.addEventListener("visibilitychange", check);
  document.addEventListener("input", () => {
    typed = true;
    if (Date.now() - told < WARNING) return;
    told = Date.now();
    ask("POST").then(check);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.hidden = true;
    await ask("POST");
  });
}
