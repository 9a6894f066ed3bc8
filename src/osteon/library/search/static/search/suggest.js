// Suggestions while a reader types, as the browser's own list of an input. Without script the form simply searches.

const WAIT = 150; // milliseconds without a key before the library is asked

for (const input of document.querySelectorAll("input[data-suggestions]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  const addresses = new Map();
  let timer, asked = 0;

  async function ask() {
    const number = ++asked;
    const words = input.value.trim();
    if (words.length < 2) return list.replaceChildren();
    const answer = await fetch(`${input.dataset.suggestions}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || number !== asked) return; // an older answer must not replace a newer one
    const { suggestions } = await answer.json();
    addresses.clear();
    list.replaceChildren(...suggestions.map(({ title, url }) => {
      addresses.set(title, url);
      const option = document.createElement("option");
      option.value = title;
      return option;
    }));
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    const chosen = addresses.get(input.value);
    if (chosen && event.inputType !== "insertText" && event.inputType !== "deleteContentBackward") {
      location.assign(chosen);
    } else {
      timer = setTimeout(ask, WAIT);
    }
  });
}
