// What a page of the library gains with script; everything works without it.

// Before and after: one slider in place of the five choices.
for (const frame of document.querySelectorAll(".app-slider")) {
  const range = document.createElement("input");
  range.type = "range";
  range.min = "0";
  range.max = "100";
  range.value = "50";
  range.className = "app-slider__range";
  range.setAttribute("aria-label", frame.dataset.label);
  range.addEventListener("input", () => frame.style.setProperty("--after", `${range.value}%`));
  frame.style.setProperty("--after", "50%");
  frame.querySelector(".app-slider__choices").after(range);
  frame.classList.add("app-slider--scripted");
}
