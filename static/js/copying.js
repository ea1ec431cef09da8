"use strict";

/* Buttons that copy a text of the page, with its italics, and say what came of it. */
(() => {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");

  const isField = (source) => source.matches("textarea, input");

  const plain = (source) =>
    isField(source) ? source.value : source.textContent.replace(/\s+/g, " ").trim();

  const select = (source) => {
    if (isField(source)) {
      source.focus();
      source.select();
    } else {
      getSelection().selectAllChildren(source);
    }
  };

  const write = async (source) => {
    const text = plain(source);
    if (isField(source) || !window.ClipboardItem) return navigator.clipboard.writeText(text);
    const item = new ClipboardItem({
      "text/plain": new Blob([text], { type: "text/plain" }),
      "text/html": new Blob([source.innerHTML], { type: "text/html" }),
    });
    return navigator.clipboard.write([item]);
  };

  // The clipboard is refused on pages without TLS, where the older command still serves.
  const writeSelected = (source) => {
    select(source);
    return document.execCommand("copy");
  };

  const say = (words) => {
    status.textContent = "";
    requestAnimationFrame(() => {
      status.textContent = words; // anew, so that the same words are heard again
    });
  };

  const copy = async (button) => {
    const source = document.getElementById(button.dataset.copies);
    const isCopied = await write(source).then(
      () => true,
      () => writeSelected(source),
    );
    if (isCopied) {
      button.focus();
      button.dataset.state = "done";
      setTimeout(() => delete button.dataset.state, 2000);
    }
    say(isCopied ? button.dataset.done : button.dataset.failed);
  };

  document.body.append(status);
  for (const button of document.querySelectorAll("button[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
})();
