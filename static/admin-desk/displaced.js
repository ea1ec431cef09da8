"use strict";

/* Citations to look at, one key each; without this file every one of them has its button. */
(() => {
  const ACTS = "form button, a.button";

  const start = () => {
    const all = [...document.querySelectorAll(".displaced-one")];
    const present = () => {
      const at = all.indexOf(document.activeElement && document.activeElement.closest(".displaced-one"));
      return at < 0 ? 0 : at;
    };
    const go = (to) => {
      const one = all[Math.max(0, Math.min(all.length - 1, to))];
      if (!one) return;
      (one.querySelector(ACTS) || one).focus({ preventScroll: true });
      one.scrollIntoView({ block: "nearest" });
    };
    const acts = {
      j: () => go(present() + 1),
      k: () => go(present() - 1),
      r: () => {
        const form = all[present()] && all[present()].querySelector("form");
        if (form) form.requestSubmit();
      },
      e: () => all[present()] && all[present()].querySelector(".displaced-statement").click(),
    };
    document.addEventListener("keydown", (event) => {
      const act = acts[event.key.toLowerCase()];
      const isTyping = event.target.closest("input:not([type=hidden]), textarea, select");
      if (!act || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    });
  };

  document.addEventListener("DOMContentLoaded", start);
})();
