// The timeline is complete without this: every way to move is a link. Here are the conveniences:
// a tooltip, arrow keys between marks, zoom with ctrl + wheel or a pinch, a period picked by dragging.
(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const DRAG_FROM = 6; // pixels; less is a click
  const SHORTEST = 7 * 86400;

  const shown = (section) => [...section.querySelectorAll(".tl-svg")].find((svg) => svg.getClientRects().length);
  const marksOf = (root) => [...root.querySelectorAll(".tl-mark")];
  const leftOf = (mark) => mark.getBoundingClientRect().left;

  // Names: the browser's own tooltip would stand beside ours.
  function takeTitles(section) {
    for (const mark of marksOf(section)) {
      const title = mark.querySelector("title");
      if (!title) continue;
      mark.setAttribute("aria-label", title.textContent);
      title.remove();
    }
  }

  // Keyboard: one stop for Tab, arrows from mark to mark.
  function rove(section) {
    for (const svg of section.querySelectorAll(".tl-svg")) {
      marksOf(svg).forEach((mark, place) => mark.setAttribute("tabindex", place ? "-1" : "0"));
    }
    section.addEventListener("focusin", (event) => {
      const mark = event.target.closest(".tl-mark");
      if (!mark) return;
      for (const other of marksOf(mark.ownerSVGElement)) other.setAttribute("tabindex", "-1");
      mark.setAttribute("tabindex", "0");
    });
    section.addEventListener("keydown", (event) => {
      const mark = event.target.closest(".tl-mark");
      if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = neighbour(mark, event.key);
      if (next) {
        event.preventDefault();
        next.focus();
      } else if (event.key === "+" || event.key === "-") {
        section.querySelector(`[data-move=${event.key === "+" ? "in" : "out"}]`)?.click();
      }
    });
  }

  function neighbour(mark, key) {
    const lane = mark.closest(".tl-lane");
    const inLane = marksOf(lane); // in time order
    const place = inLane.indexOf(mark);
    if (key === "ArrowRight") return inLane[place + 1];
    if (key === "ArrowLeft") return inLane[place - 1];
    if (key === "Home") return inLane[0];
    if (key === "End") return inLane.at(-1);
    if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
    const lanes = [...lane.parentNode.querySelectorAll(".tl-lane")];
    const other = lanes[lanes.indexOf(lane) + (key === "ArrowDown" ? 1 : -1)];
    const x = leftOf(mark);
    return other && marksOf(other).sort((a, b) => Math.abs(leftOf(a) - x) - Math.abs(leftOf(b) - x))[0];
  }

  // Tooltip: stays while the pointer is on it, goes with Escape.
  function tooltip(section, figure) {
    const tip = document.createElement("div");
    tip.className = "tl-tip";
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true"); // the mark's own name says the same
    figure.append(tip);
    let leaving;
    const hide = () => {
      tip.hidden = true;
    };
    const hideSoon = () => {
      leaving = setTimeout(hide, 160);
    };
    const show = (mark) => {
      clearTimeout(leaving);
      write(tip, mark.getAttribute("aria-label") || "");
      tip.hidden = false;
      place(tip, mark, figure);
    };
    for (const kind of ["pointerover", "focusin"]) {
      figure.addEventListener(kind, (event) => {
        const mark = event.target.closest(".tl-mark");
        if (mark) show(mark);
        else if (event.target.closest(".tl-tip")) clearTimeout(leaving);
      });
    }
    for (const kind of ["pointerout", "focusout"]) figure.addEventListener(kind, hideSoon);
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    return { hide };
  }

  function write(tip, name) {
    const [first, ...rest] = name.split(/; | · /);
    tip.replaceChildren(document.createTextNode(first));
    for (const line of rest) tip.append(Object.assign(document.createElement("span"), { textContent: line }));
  }

  function place(tip, mark, figure) {
    const box = mark.getBoundingClientRect();
    const frame = figure.getBoundingClientRect();
    const wanted = (box.left + box.right) / 2 - frame.left - tip.offsetWidth / 2;
    const left = Math.min(Math.max(wanted, 4), frame.width - tip.offsetWidth - 4);
    const below = box.bottom + tip.offsetHeight + 10 < document.documentElement.clientHeight;
    const top = below ? box.bottom - frame.top + 6 : box.top - frame.top - tip.offsetHeight - 6;
    tip.style.left = `${left + figure.scrollLeft}px`;
    tip.style.top = `${top + figure.scrollTop}px`;
  }

  // Time under a place on the screen.
  function axis(svg) {
    const number = (name) => Number(svg.dataset[name]);
    const [left, right, begin, finish] = ["left", "right", "begin", "finish"].map(number);
    const scale = () => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const held = (unit) => Math.min(Math.max(unit, left), right);
    const unitAt = (clientX) => held((clientX - svg.getBoundingClientRect().left) / scale());
    const timeAt = (clientX) => begin + ((unitAt(clientX) - left) / (right - left)) * (finish - begin);
    return { left, right, begin, finish, unitAt, timeAt };
  }

  function dayOf(section, seconds) {
    const zone = { timeZone: section.dataset.zone, year: "numeric", month: "2-digit", day: "2-digit" };
    const parts = Object.fromEntries(
      new Intl.DateTimeFormat("en-GB", zone).formatToParts(seconds * 1000).map((part) => [part.type, part.value]),
    );
    return `${parts.year.padStart(4, "0")}-${parts.month}-${parts.day}`;
  }

  function go(section, changes, anchor) {
    const url = new URL(section.dataset.href, location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    url.hash = anchor;
    location.assign(url);
  }

  function goToWindow(section, begin, finish) {
    const changes = { from: dayOf(section, begin), to: dayOf(section, finish - 1), span: null, page: null };
    go(section, { ...changes, period_from: null, period_to: null }, section.id);
  }

  // A period picked by dragging with mouse or pen; fingers scroll.
  function brush(section, figure, tip) {
    let start = null;
    let box = null;
    const clear = () => {
      box?.remove();
      start = box = null;
    };
    figure.addEventListener("pointerdown", (event) => {
      const svg = event.target.closest(".tl-svg");
      if (!svg || event.button !== 0 || event.pointerType === "touch") return;
      start = { x: event.clientX, svg, axis: axis(svg) };
    });
    figure.addEventListener("dragstart", (event) => event.preventDefault());
    addEventListener("pointermove", (event) => {
      if (!start || (!box && Math.abs(event.clientX - start.x) < DRAG_FROM)) return;
      tip.hide();
      box ??= start.svg.appendChild(newBrush(start.svg));
      const ends = [start.x, event.clientX].map(start.axis.unitAt).sort((a, b) => a - b);
      box.setAttribute("x", ends[0]);
      box.setAttribute("width", ends[1] - ends[0]);
    });
    addEventListener("pointerup", (event) => {
      if (box) {
        const ends = [start.x, event.clientX].map(start.axis.timeAt).sort((a, b) => a - b);
        addEventListener("click", stop, { capture: true, once: true });
        setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
        const last = Math.max(ends[0], ends[1] - 1);
        const days = { period_from: dayOf(section, ends[0]), period_to: dayOf(section, last), page: null };
        go(section, days, `${section.id}-period`);
      }
      clear();
    });
    addEventListener("pointercancel", clear);
    document.addEventListener("keydown", (event) => event.key === "Escape" && clear());
  }

  const stop = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };

  function newBrush(svg) {
    const box = document.createElementNS(SVG, "rect");
    box.setAttribute("class", "tl-brush");
    box.setAttribute("y", "0");
    box.setAttribute("height", svg.viewBox.baseVal.height);
    return box;
  }

  // Zoom about a place: the drawing is stretched at once, the page follows when the hand rests.
  function zoom(section, figure) {
    let factor = 1;
    let resting;
    const by = (step, clientX) => {
      const svg = shown(section);
      if (!svg) return;
      const { begin, finish, timeAt } = axis(svg);
      const floor = SHORTEST / (finish - begin);
      factor = Math.min(Math.max(factor * step, floor), 40);
      svg.style.transformOrigin = `${clientX - svg.getBoundingClientRect().left}px 0`;
      svg.style.transform = `scaleX(${1 / factor})`;
      const pivot = timeAt(clientX);
      clearTimeout(resting);
      resting = setTimeout(() => {
        svg.style.transform = "";
        const ends = [pivot - (pivot - begin) * factor, pivot + (finish - pivot) * factor];
        if (Math.abs(factor - 1) > 0.05) goToWindow(section, ...ends);
        factor = 1;
      }, 350);
    };
    figure.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        by(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 160), event.clientX);
      },
      { passive: false },
    );
    pinch(figure, by);
  }

  function pinch(figure, by) {
    let apart = 0;
    const spread = (touches) => Math.abs(touches[0].clientX - touches[1].clientX) || 1;
    figure.addEventListener("touchstart", (event) => {
      apart = event.touches.length === 2 ? spread(event.touches) : 0;
    });
    figure.addEventListener(
      "touchmove",
      (event) => {
        if (!apart || event.touches.length !== 2) return;
        event.preventDefault();
        const now = spread(event.touches);
        by(apart / now, (event.touches[0].clientX + event.touches[1].clientX) / 2);
        apart = now;
      },
      { passive: false },
    );
  }

  function enhance(section) {
    if (section.dataset.ready) return;
    section.dataset.ready = "yes";
    const figure = section.querySelector(".tl__figure");
    takeTitles(section);
    rove(section);
    brush(section, figure, tooltip(section, figure));
    zoom(section, figure);
  }

  const enhanceAll = () => document.querySelectorAll("[data-timeline]").forEach(enhance);
  document.addEventListener("htmx:after:swap", enhanceAll);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", enhanceAll);
  else enhanceAll();
})();
