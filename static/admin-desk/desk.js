"use strict";

/* The curation desk works without this file; with it, a form shows what applies and loses nothing. */
(() => {
  const RELAYER_FIELDS = ["form", "channel", "article"];

  // A form and a channel of its own, and an article it belongs to: only a relayer has them.
  const showRelayerFields = (row) => {
    const role = row.querySelector("select[name$='-role']");
    if (!role) return;
    row.classList.toggle("is-not-relayer", role.value !== "relayer");
    for (const name of RELAYER_FIELDS) {
      const field = row.querySelector(`select[name$='-${name}']`);
      const cell = field && (field.closest(".form-multiline > div") || field.closest(".form-row"));
      // What was filled in stays in sight, so that an error never stands on something hidden.
      if (cell) cell.classList.toggle("is-for-relayers", !field.value);
    }
  };

  const turn = (language) => {
    const text = document.getElementById(language.dataset.directs);
    const tag = language.value.trim().toLowerCase();
    const isFromTheRight = (language.dataset.fromTheRight || "").split(" ").filter(Boolean)
      .some((known) => tag === known || tag.startsWith(`${known}-`));
    if (text) text.dir = isFromTheRight ? "rtl" : "auto";
  };

  const directTexts = () => {
    for (const [language, text] of [["language", "text"], ["original_language", "original_text"]]) {
      const input = document.getElementById(`id_${language}`);
      if (!input || !document.getElementById(`id_${text}`)) continue;
      input.dataset.directs = `id_${text}`;
      turn(input);
    }
  };

  // After a refused save: to the first thing that is wrong, and into its field.
  const showFirstError = () => {
    const errors = document.querySelector("#content-main form[id$='_form'] .errorlist");
    if (!errors) return;
    // What two curators did stands above the form: it is read, and decided, before what is below.
    const collision = document.querySelector(".collision h2");
    if (collision && errors.classList.contains("nonfield")) {
      collision.tabIndex = -1;
      collision.focus();
      return;
    }
    const isOfAField = !errors.classList.contains("nonfield");
    const field = isOfAField &&
      errors.parentElement.querySelector("input:not([type=hidden]), select, textarea");
    const drawn = field && field.parentElement.querySelector(".select2-selection");
    const target = drawn || field || errors;
    if (target === errors) errors.tabIndex = -1;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.focus({ preventScroll: true });
    errors.scrollIntoView({ block: "center", behavior: isStill ? "auto" : "smooth" });
  };

  const start = () => {
    const form = document.querySelector("#content-main form[id$='_form']");
    if (!form) return;
    let isTouched = form.querySelector(".errornote") !== null;
    const touch = () => { isTouched = true; };

    form.querySelectorAll(".parties .inline-related").forEach(showRelayerFields);
    directTexts();
    form.addEventListener("input", touch);
    form.addEventListener("submit", (event) => {
      // A preview opens beside the form, which stays as unsaved as it was.
      if (!(event.submitter && event.submitter.name === "_preview")) isTouched = false;
    });
    form.addEventListener("change", (event) => {
      touch();
      const row = event.target.closest(".parties .inline-related");
      if (row) showRelayerFields(row);
      if (event.target.dataset.directs) turn(event.target);
    });
    document.addEventListener("formset:added", (event) => {
      if (event.target.closest(".parties")) showRelayerFields(event.target);
      const first = event.target.querySelector("select, textarea, input:not([type=hidden])");
      if (first) first.focus();
    });

    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        const save = form.querySelector("[name=_continue]") || form.querySelector("[name=_save]");
        if (!save) return;
        event.preventDefault();
        form.requestSubmit(save);
      } else if (event.altKey && event.code === "KeyP") {
        const add = form.querySelector("#parties-group .add-row a");
        if (!add) return;
        event.preventDefault();
        add.click();
      }
    });
    window.addEventListener("beforeunload", (event) => {
      if (isTouched) event.preventDefault();
    });
  };

  document.addEventListener("DOMContentLoaded", start);
  // Autocompletes are drawn by then, so that what takes the focus is there.
  window.addEventListener("load", showFirstError);
})();
