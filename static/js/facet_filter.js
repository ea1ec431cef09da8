"use strict";

/* A facet of many choices gets a box that hides those without the letters typed. */
(() => {
  let n = 0;

  // Accents and case are folded, as the search does.
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const make = (tag, attributes) => Object.assign(document.createElement(tag), attributes);

  const narrow = (facet, words) => {
    const choices = [...facet.querySelectorAll(".facet__choices > li")];
    for (const choice of choices) {
      choice.hidden = !fold(choice.querySelector(".facet__value").textContent).includes(words);
    }
    return choices.filter((choice) => !choice.hidden).length;
  };

  const addBox = (details) => {
    if (details.querySelector("input")) return;
    const facet = details.closest(".facet");
    const id = `facet-filter-${(n += 1)}`;
    const label = make("label", { htmlFor: id, textContent: details.dataset.label });
    const input = make("input", { id, type: "search", autocomplete: "off", dir: "auto" });
    const status = make("span", { className: "visually-hidden" });
    const box = make("div", { className: "facet__filter" });
    status.setAttribute("role", "status");
    box.append(label, input, status);
    details.querySelector("summary").after(box);
    input.addEventListener("input", () => {
      const nShown = narrow(facet, fold(input.value.trim()));
      status.textContent = details.dataset.counted.replace("{n}", nShown);
    });
    details.addEventListener("toggle", () => {
      if (details.open || !input.value) return;
      input.value = "";
      status.textContent = "";
      narrow(facet, "");
    });
  };

  const addBoxes = () => document.querySelectorAll(".facet details[data-label]").forEach(addBox);

  addBoxes();
  document.addEventListener("htmx:afterSettle", addBoxes);
  document.addEventListener("htmx:historyRestore", addBoxes);
})();
