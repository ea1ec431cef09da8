"use strict";

/* A statement entered without a mouse: names are typed where they go, parts are a key away. */
(() => {
  const PARTS = "fieldset.module:not(.inline-group *), .inline-related:not(.empty-form), .submit-row";
  const FIELDS = "input:not([type=hidden]), select, textarea, button, .select2-selection";

  const isLetter = (event) =>
    event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;

  // The list opens on the first letter, which its search field gets; the focus it would take
  // only later, when more has been typed.
  const openOnLetter = (event) => {
    const selection = event.target.closest(".select2-selection");
    if (!selection || !isLetter(event)) return;
    const select = selection.closest(".select2-container").previousElementSibling;
    if (!select || !select.matches("select")) return;
    event.preventDefault();
    django.jQuery(select).select2("open");
    const search = document.querySelector(".select2-container--open .select2-search__field");
    if (!search) return;
    search.focus();
    search.value += event.key;
    search.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const press = (form, name) => {
    const button = form.querySelector(`[name=${name}]`);
    if (button) form.requestSubmit(button);
    return Boolean(button);
  };

  const add = (form, group) => {
    const link = form.querySelector(`#${group}-group .add-row a`);
    if (link) link.click();
    return Boolean(link);
  };

  const enterAnew = () => {
    const wrapper = document.activeElement.closest(".related-widget-wrapper");
    const link = wrapper && wrapper.querySelector(".add-related");
    if (link) link.click();
    return Boolean(link);
  };

  const isOpen = (field) =>
    field.offsetParent !== null && !field.classList.contains("select2-hidden-accessible");

  // Of a party its name, of a citation its article, or its words once the article is named.
  const firstField = (part) => {
    const fields = [...part.querySelectorAll(FIELDS)].filter(isOpen);
    if (!part.matches(".inline-related")) return fields[0];
    const article = part.querySelector("[id^=id_citations][id$=-article]");
    const isWanted = article && article.value ? "textarea" : ".select2-selection";
    return fields.find((field) => field.matches(isWanted)) || fields[0];
  };

  // The search field of an open list stands at the end of the page; its name stands in the form.
  const present = (form) =>
    form.querySelector(".select2-container--open .select2-selection") || document.activeElement;

  const goToPart = (form, step) => {
    const parts = [...form.querySelectorAll(PARTS)].filter(firstField);
    const here = parts.findIndex((part) => part.contains(present(form)));
    const part = parts[here < 0 ? 0 : Math.max(0, Math.min(parts.length - 1, here + step))];
    if (!part) return false;
    firstField(part).focus();
    part.scrollIntoView({ block: "start" });
    return true;
  };

  const start = () => {
    const form = document.getElementById("statement_form");
    if (!form) return;
    // A tab stop for each way to enter somebody new would double the way through; Alt N does it.
    form.querySelectorAll(".add-related").forEach((link) => { link.tabIndex = -1; });
    document.addEventListener("formset:added", (event) => {
      event.target.querySelectorAll(".add-related").forEach((link) => { link.tabIndex = -1; });
    });
    const acts = {
      KeyC: () => add(form, "citations"),
      KeyN: enterAnew,
      KeyV: () => press(form, "_preview"),
      ArrowDown: () => goToPart(form, 1),
      ArrowUp: () => goToPart(form, -1),
    };
    // Before Select2 hears of it, which opens its list on Alt and an arrow.
    document.addEventListener("keydown", (event) => {
      openOnLetter(event);
      const isNext = (event.ctrlKey || event.metaKey) && event.key === "Enter";
      const act = isNext ? () => press(form, "_addanother") : event.altKey && acts[event.code];
      if (!act || !act()) return;
      event.preventDefault();
      event.stopPropagation();
    }, true);
  };

  document.addEventListener("DOMContentLoaded", start);
})();
