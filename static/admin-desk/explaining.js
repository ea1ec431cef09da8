"use strict";

/* While one types: the sentence that the public page will say, and the titles held on the day.
   The server makes both from the unsaved form, by the code that makes the page. */
(() => {
  const TOLD = /^(csrfmiddlewaretoken|form|said_on(_qualifier|_until)?|(parties|citations)-.*)$/;
  const SILENT = /-(quote|prefix|suffix|locator|chosen_capacity|id|statement)$/;
  const PAUSE = 250;

  const start = () => {
    const explained = document.querySelector(".explained");
    const form = explained && explained.dataset.explainsAt && explained.closest("form");
    if (!form) return;
    const sentences = explained.querySelector(".explained-sentences");
    const lacks = explained.querySelector(".explained-lacks");
    let asked = null;
    let waiting = null;
    let last = "";

    const typed = () => {
      const told = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (TOLD.test(name) && !SILENT.test(name) && typeof value === "string") told.append(name, value);
      }
      return told;
    };

    const choose = (row, title) => {
      const post = row.querySelector("select[name$='-post']");
      if (![...post.options].some((option) => option.value === String(title.post))) {
        post.append(new Option(title.text, title.post));
      }
      post.value = title.post;
      // Select2 draws what was chosen when jQuery tells it, and the desk listens to the page.
      django.jQuery(post).trigger("change");
      post.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const showTitles = (number, held) => {
      const row = document.getElementById(`parties-${number}`);
      const help = document.querySelector(`#id_parties-${number}-official_helptext > div`);
      if (!row || !help) return;
      const taken = row.querySelector("select[name$='-post']").value;
      const offers = held.titles.map((title) => {
        const offer = document.createElement("button");
        offer.type = "button";
        offer.className = "title-offer";
        offer.textContent = title.text;
        offer.setAttribute("aria-pressed", String(title.post) === taken);
        offer.addEventListener("click", () => choose(row, title));
        return offer;
      });
      const told = document.createElement("span");
      told.textContent = `${held.told} `;
      help.replaceChildren(told, ...offers);
    };

    const show = (answer) => {
      sentences.replaceChildren(...answer.sentences.map((sentence) => {
        const line = document.createElement("p");
        line.dir = "auto";
        line.textContent = sentence;
        return line;
      }));
      lacks.hidden = answer.sentences.length > 0;
      for (const [number, held] of Object.entries(answer.titles)) showTitles(number, held);
    };

    const ask = async () => {
      const told = typed();
      if (String(told) === last) return;
      if (asked) asked.abort();
      asked = new AbortController();
      try {
        const response = await fetch(explained.dataset.explainsAt, {
          method: "POST",
          body: told,
          signal: asked.signal,
          redirect: "error",  // to the log-in: what is typed says so when it is saved
        });
        if (!response.ok) return;
        show(await response.json());
        last = String(told);
      } catch (error) {
        if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      }
    };

    const wait = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    };
    form.addEventListener("input", wait);
    form.addEventListener("change", wait);
    // What an autocomplete chooses, jQuery alone is told.
    django.jQuery(form).on("change", "select", wait);
    document.addEventListener("formset:removed", wait);
    ask();
  };

  window.addEventListener("load", start);
})();
