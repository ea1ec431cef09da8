"use strict";

/* Names for what is drawn or left without one: autocompletes, the corner of a table of rows, a box
   that scrolls. A screen reader reads what the eye sees beside them. */
(() => {
  const labelled = new Set();

  // The words above or beside a field, given an id by which others may refer to them.
  const labelOf = (select) => {
    const label = select.labels && select.labels[0];
    if (!label) return "";
    label.id = label.id || `${select.id}_label`;
    return label.id;
  };

  const name = (element, select) => {
    const label = labelOf(select);
    if (label) element.setAttribute("aria-labelledby", label);
    else if (select.ariaLabel) element.setAttribute("aria-label", select.ariaLabel);
  };

  const nameAutocomplete = (select) => {
    const drawn = select.nextElementSibling;
    if (!drawn || !drawn.matches(".select2-container") || labelled.has(drawn)) return;
    labelled.add(drawn);
    const box = drawn.querySelector(".select2-selection");
    const shown = drawn.querySelector(".select2-selection__rendered");
    const search = drawn.querySelector(".select2-search__field");
    for (const part of [shown, search]) if (part) name(part, select);
    listItems(drawn);
    const label = labelOf(select);
    if (label && shown) box.setAttribute("aria-labelledby", `${label} ${shown.id}`);
    else {
      box.removeAttribute("aria-labelledby");
      name(box, select);
    }
  };

  // A list holds items alone; Select2 puts the cross that empties it among them, and draws it anew.
  const listItems = (drawn) => {
    const list = drawn.querySelector("ul.select2-selection__rendered");
    if (!list) return;
    const wrap = () => list.querySelectorAll(":scope > span").forEach((stray) => {
      stray.setAttribute("role", "listitem");
    });
    wrap();
    new MutationObserver(wrap).observe(list, { childList: true });
  };

  const nameAll = (within) => {
    within.querySelectorAll("select.select2-hidden-accessible").forEach(nameAutocomplete);
  };

  // The search field of a list that opens stands at the end of the page, far from its name.
  const nameOpened = (event) => {
    const search = document.querySelector(".select2-container--open .select2-search__field");
    if (search) name(search, event.target);
  };

  // A corner heads no column.
  const emptyCorners = () => {
    for (const corner of document.querySelectorAll(".tabular thead th")) {
      if (corner.textContent.trim() || corner.children.length) continue;
      const cell = document.createElement("td");
      cell.className = corner.className;
      corner.replaceWith(cell);
    }
  };

  const letScroll = () => {
    const title = document.querySelector("#content h1");
    for (const box of document.querySelectorAll(".results")) {
      if (box.scrollWidth <= box.clientWidth) continue;
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", title ? title.textContent : document.title);
    }
  };

  const markTips = () => {
    document.querySelectorAll("span.help-tooltip[aria-label]").forEach((tip) => { tip.role = "img"; });
  };

  window.addEventListener("load", () => {
    emptyCorners();
    letScroll();
    window.addEventListener("resize", letScroll);
    markTips();
    if (!window.django || !django.jQuery) return;
    // After those that draw the autocompletes, which wait for the same.
    django.jQuery(() => setTimeout(() => nameAll(document)));
    django.jQuery(document).on("select2:open", nameOpened);
    document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
  });
})();
