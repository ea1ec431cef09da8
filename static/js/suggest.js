"use strict";

/* The search box offers names as one types: the combobox with a listbox of the WAI-ARIA APG. */
(() => {
  const N_CHARACTERS = 2;
  const PAUSE = 150; // milliseconds: between two keys of a quick typist

  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  class Suggestions {
    #form;
    #input;
    #list;
    #status = make("span", { class: "visually-hidden", role: "status" });
    #offered = [];
    #active = -1; // none: the words themselves
    #timer;
    #request;

    constructor(form) {
      this.#form = form;
      this.#input = form.querySelector("input[type=search]");
      this.#list = make("ul", {
        class: "suggestions",
        id: `${this.#input.id}-suggestions`,
        role: "listbox",
        "aria-label": form.dataset.label,
        hidden: "",
      });
      form.append(this.#list, this.#status);
      this.#become();
      this.#listen();
    }

    #become() {
      const attributes = {
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.#list.id,
      };
      for (const [name, value] of Object.entries(attributes)) {
        this.#input.setAttribute(name, value);
      }
    }

    #listen() {
      this.#input.addEventListener("input", () => this.#askSoon());
      this.#input.addEventListener("keydown", (event) => this.#press(event));
      this.#input.addEventListener("blur", () => this.close());
      this.#form.addEventListener("submit", () => this.close());
      // The box keeps the focus while the pointer chooses.
      this.#list.addEventListener("mousedown", (event) => event.preventDefault());
      this.#list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.#open(this.#options.indexOf(option));
      });
      window.addEventListener("pagehide", () => this.close());
    }

    get #options() {
      return [...this.#list.children];
    }

    #askSoon() {
      this.#forget();
      this.#activate(-1);
      if (!this.#isAskable()) return this.close();
      this.#timer = setTimeout(() => this.#ask(), PAUSE);
    }

    #isAskable() {
      return [...this.#input.value.trim()].length >= N_CHARACTERS;
    }

    /* Drops what was asked before, so that a slow answer never covers a later one. */
    #forget() {
      clearTimeout(this.#timer);
      this.#request?.abort();
      this.#request = undefined;
    }

    async #ask() {
      this.#forget();
      const request = new AbortController();
      this.#request = request;
      const offered = await this.#fetch(request.signal).catch(() => []);
      if (this.#request === request) this.#show(offered);
    }

    async #fetch(signal) {
      const address = new URL(this.#form.dataset.suggest, location.href);
      address.searchParams.set("q", this.#input.value.trim());
      const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
      return response.ok ? (await response.json()).suggestions : [];
    }

    #show(offered) {
      if (!offered.length) return this.close();
      this.#offered = offered;
      this.#activate(-1);
      this.#list.replaceChildren(...offered.map((each, index) => this.#option(each, index)));
      this.#list.hidden = false;
      this.#input.setAttribute("aria-expanded", "true");
      this.#status.textContent = this.#form.dataset.counted.replace("{n}", offered.length);
    }

    #option({ kind, name, detail }, index) {
      const label = this.#form.getAttribute(`data-kind-${kind}`) || "";
      return make(
        "li",
        { role: "option", id: `${this.#list.id}-${index}`, "aria-selected": "false" },
        make("bdi", { class: "suggestions__name" }, name),
        " ",
        make("span", { class: "suggestions__kind" }, label),
        " ",
        make("bdi", { class: "suggestions__detail" }, detail),
      );
    }

    close() {
      this.#forget();
      this.#activate(-1);
      this.#list.hidden = true;
      this.#list.replaceChildren();
      this.#offered = [];
      this.#status.textContent = "";
      this.#input.setAttribute("aria-expanded", "false");
    }

    #activate(index) {
      this.#options[this.#active]?.setAttribute("aria-selected", "false");
      this.#active = index;
      const option = this.#options[index];
      if (!option) return this.#input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      this.#input.setAttribute("aria-activedescendant", option.id);
      return option.scrollIntoView({ block: "nearest" });
    }

    #press(event) {
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.isComposing) return;
      if (event.key in steps && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        this.#move(event, steps[event.key]);
      } else if (event.key === "Escape" && !this.#list.hidden) {
        event.preventDefault(); // the first press closes, the next empties the box
        this.close();
      } else if (event.key === "Enter" && this.#active >= 0) {
        event.preventDefault();
        this.#open(this.#active);
      }
    }

    /* Past the last choice comes the box itself, then the first. */
    #move(event, step) {
      const n = this.#offered.length;
      if (n) {
        event.preventDefault();
        this.#activate(((this.#active + 1 + step + n + 1) % (n + 1)) - 1);
      } else if (step > 0 && this.#isAskable()) {
        event.preventDefault();
        this.#ask();
      }
    }

    #open(index) {
      location.assign(this.#offered[index].url);
    }
  }

  for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form);
})();
