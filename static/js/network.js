"use strict";

/* What is pointed at, focused or tapped in a network is lit with all that it has to do with, and
   its numbers are told. One key press reaches the graph, arrows walk from mark to mark. */
(() => {
  const network = document.querySelector("[data-network]");
  if (!network) return;
  const graph = network.querySelector(".network__graph");
  const [graphTold, matrixTold] = document.querySelectorAll("[data-told]");
  const nodes = [...graph.querySelectorAll("[data-actor]")].reverse(); // the busiest first
  const lines = [...graph.querySelectorAll("[data-tie]")];

  // On a phone the middle is seen first.
  const box = graph.parentElement;
  box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;

  const nodeOf = new Map(nodes.map((node) => [node.dataset.actor, node]));

  const tell = (told, element) => {
    told.textContent = element ? element.querySelector("title").textContent : "";
  };

  const light = (chosen) => {
    const lit = new Set(chosen ? [chosen] : []);
    for (const line of lines) {
      const ends = line.dataset.tie.split("-");
      const isLit = chosen && (line === chosen || ends.includes(chosen.dataset.actor));
      line.classList.toggle("is-lit", Boolean(isLit));
      if (isLit) for (const end of ends) lit.add(nodeOf.get(end));
    }
    for (const node of nodes) node.classList.toggle("is-lit", lit.has(node));
    graph.classList.toggle("is-asked", Boolean(chosen));
    tell(graphTold, chosen);
  };

  const within = (target) => target.closest("[data-actor], [data-tie]");

  graph.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") light(within(event.target));
  });
  graph.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") light(null);
  });
  graph.addEventListener("focusin", (event) => light(within(event.target)));
  graph.addEventListener("focusout", () => light(null));

  // A finger has nothing to point with: its first tap tells, a second one follows the link.
  let tapped = null;
  graph.addEventListener("click", (event) => {
    const chosen = within(event.target);
    if (event.pointerType === "touch" && chosen && chosen !== tapped) event.preventDefault();
    tapped = chosen;
    if (event.pointerType === "touch") light(chosen);
  });

  let current = 0;
  nodes.forEach((node, place) => node.setAttribute("tabindex", place ? "-1" : "0"));
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  graph.addEventListener("keydown", (event) => {
    const place = nodes.indexOf(document.activeElement);
    if (place < 0) return;
    const last = nodes.length - 1;
    const goals = { Home: 0, End: last };
    const goal = goals[event.key] ?? (event.key in steps ? place + steps[event.key] : null);
    if (goal === null || goal < 0 || goal > last) return;
    event.preventDefault();
    nodes[current].setAttribute("tabindex", "-1");
    nodes[goal].setAttribute("tabindex", "0");
    nodes[goal].focus();
    current = goal;
  });

  const matrix = document.querySelector(".matrix");
  if (!matrix) return;
  const lineOf = new Map(lines.map((line) => [line.dataset.tie, line]));
  matrix.classList.add("is-led");

  const point = (cell) => {
    const [source, target] = cell ? cell.dataset.tie.split("-") : [];
    for (const [part, actor] of [["rows", source], ["columns", target]]) {
      for (const name of matrix.querySelectorAll(`.matrix__${part} [data-actor]`)) {
        name.classList.toggle("is-lit", name.dataset.actor === actor);
      }
    }
    for (const lit of matrix.querySelectorAll("rect.is-lit")) lit.classList.remove("is-lit");
    if (cell) cell.classList.add("is-lit");
    tell(matrixTold, cell);
  };

  matrix.addEventListener("pointerover", (event) => point(event.target.closest("[data-tie]")));
  matrix.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") point(null);
  });
  let pressed = null;
  matrix.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-tie]");
    const leads = cell && (event.pointerType !== "touch" || cell === pressed);
    if (leads) window.location.assign(lineOf.get(cell.dataset.tie).getAttribute("href"));
    pressed = cell;
    if (!leads) point(cell);
  });
})();
