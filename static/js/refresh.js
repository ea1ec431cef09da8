"use strict";

/* The list of statements changes in place: htmx fetches, this keeps the reader's place in it. */
(() => {
  const REGION = "finding";
  const kept = { focused: "", opened: [] };

  const region = () => document.getElementById(REGION);

  const addressOf = (detail) => detail.pathInfo.finalRequestPath || detail.pathInfo.requestPath;

  const isOfThisPage = (address) =>
    new URL(address, location.href).pathname === location.pathname;

  const keep = () => {
    const focused = document.activeElement;
    kept.focused = region().contains(focused) ? focused.id : "";
    kept.opened = [...region().querySelectorAll("details[open][id]")].map((details) => details.id);
  };

  const reopen = () => {
    for (const id of kept.opened) {
      const details = document.getElementById(id);
      if (details) details.open = true;
    }
  };

  // What was focused is often gone (a removed filter): the count of what was found stands in.
  const refocus = () => {
    const heading = document.getElementById("results");
    const focused = (kept.focused && document.getElementById(kept.focused)) || heading;
    focused.focus({ preventScroll: true });
    focused.scrollIntoView({ block: "nearest" });
  };

  const announce = () => {
    const heading = document.getElementById("results");
    document.getElementById("announcement").textContent =
      heading.dataset.announced || heading.textContent;
  };

  // A bar is an SVG link, which htmx leaves alone; the table below has the same one in HTML.
  const followBar = (event) => {
    const bar = event.target.closest(`#${REGION} svg a`);
    if (!bar || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    const links = bar.closest("figure").querySelectorAll("table a");
    const same = [...links].find((a) => a.getAttribute("href") === bar.getAttribute("href"));
    if (!same) return;
    event.preventDefault();
    same.click();
  };

  // htmx spares clicks with Control and Command, not these, which open a window or save.
  const spareClick = (event) => {
    if ((event.shiftKey || event.altKey) && event.target.closest(`#${REGION} a`)) {
      event.stopPropagation();
    }
  };

  const leaveForOtherPages = (event) => {
    if (isOfThisPage(event.detail.path)) return;
    event.preventDefault();
    location.assign(event.detail.path);
  };

  const prepare = (event) => {
    const { xhr, shouldSwap } = event.detail;
    if (!shouldSwap) return;
    if (!isOfThisPage(xhr.responseURL)) {
      event.detail.shouldSwap = false;
      location.assign(xhr.responseURL);
    }
    keep();
  };

  const settle = (event) => {
    if (event.target.id !== REGION) return;
    reopen();
    refocus();
    announce();
  };

  const copyAlternates = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const old of document.head.querySelectorAll("link[rel=alternate]")) old.remove();
    document.head.append(...fresh.head.querySelectorAll("link[rel=alternate]"));
  };

  document.addEventListener("click", followBar);
  document.addEventListener("click", spareClick, true);
  document.addEventListener("htmx:configRequest", leaveForOtherPages);
  document.addEventListener("htmx:beforeSwap", prepare);
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.xhr) copyAlternates(detail.xhr.responseText);
  });
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("htmx:historyCacheMissLoad", keep);
  document.addEventListener("htmx:historyRestore", ({ detail }) => {
    copyAlternates(detail.serverResponse);
    reopen();
    announce();
  });
  // What cannot be shown in place is shown as without this script.
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, ({ detail }) => location.assign(addressOf(detail)));
  }
  document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());
})();
