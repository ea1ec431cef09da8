"use strict";

/* What was typed outlives a log-in that ran out: this tab keeps it until it is known to be saved. */
(() => {
  const NAME = `demarche-form ${location.pathname}`;
  const NEVER = new Set(["csrfmiddlewaretoken"]);

  const fields = (form) => [...form.elements].filter((field) => field.name && !NEVER.has(field.name) &&
    !["submit", "button", "file"].includes(field.type));

  const told = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return { checked: field.checked };
    if (field.tagName !== "SELECT") return { value: field.value };
    // With their words, since an autocomplete's choices are not on the empty page.
    return { chosen: [...field.selectedOptions].map((option) => [option.value, option.text]) };
  };

  const nameOf = (field) => (field.type === "checkbox" || field.type === "radio"
    ? `${field.name}=${field.value}` : field.name);

  const keep = (form) => {
    const kept = fields(form).map((field) => [nameOf(field), told(field)]);
    try {
      sessionStorage.setItem(NAME, JSON.stringify({ at: Date.now(), fields: kept }));
    } catch { /* A full or forbidden store keeps nothing; the form itself is untouched. */ }
  };

  const put = (field, value) => {
    if ("checked" in value) field.checked = value.checked;
    else if ("value" in value) field.value = value.value;
    else {
      for (const option of field.options) option.selected = false;
      for (const [chosen, words] of value.chosen) {
        const there = [...field.options].find((option) => option.value === chosen);
        if (there) there.selected = true;
        else field.append(new Option(words, chosen, true, true));
      }
      django.jQuery(field).trigger("change");
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const addRows = (form, kept) => {
    for (const [name, value] of kept) {
      const found = name.match(/^(.+)-TOTAL_FORMS$/);
      if (!found) continue;
      const link = form.querySelector(`#${found[1]}-group .add-row a`);
      const total = form.elements[name];
      for (let n = Number(total.value); link && n < Math.min(Number(value.value), 100); n += 1) link.click();
    }
  };

  const restore = (form, kept) => {
    addRows(form, kept);
    const values = new Map(kept);
    for (const field of fields(form)) {
      const value = values.get(nameOf(field));
      if (value && !/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(field.name)) put(field, value);
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const offer = (form, kept) => {
    const words = form.querySelector(".kept-form");
    if (!words) return;
    const [back, forget] = words.querySelectorAll("button");
    words.hidden = false;
    back.addEventListener("click", () => {
      restore(form, kept.fields);
      words.hidden = true;
      const text = form.querySelector("#id_text");
      if (text) text.focus();
    });
    forget.addEventListener("click", () => {
      sessionStorage.removeItem(NAME);
      words.hidden = true;
    });
    back.focus();
  };

  const start = () => {
    const form = document.getElementById("statement_form");
    const isRefused = form && form.querySelector(".errornote");
    if (document.querySelector(".messagelist .success")) {
      // Saved: whatever of this kind was kept has come home.
      Object.keys(sessionStorage).filter((name) => name.startsWith("demarche-form ") &&
        name.includes("/statement/")).forEach((name) => sessionStorage.removeItem(name));
    }
    if (!form) return;
    const kept = sessionStorage.getItem(NAME);
    if (kept && !isRefused) offer(form, JSON.parse(kept));
    let waiting = null;
    const wait = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(form), 400);
    };
    form.addEventListener("input", wait);
    django.jQuery(form).on("change", "select", wait);
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      keep(form);
    });
  };

  window.addEventListener("load", start);
})();
