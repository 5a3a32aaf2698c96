/* A field that finds a node by its name. */

import { folded } from "./facets.js";

const MOST = 8;

export function startFind(live) {
  const box = live.figure.querySelector(".graph__find");
  const field = box.querySelector("input");
  const list = box.querySelector(".graph__found");
  const news = box.querySelector("[role=status]");

  field.addEventListener("input", () => {
    const sought = folded(field.value.trim());
    const nodes = sought ? found(live.data.nodes, sought) : [];
    list.hidden = !nodes.length;
    list.replaceChildren(...nodes.map((node) => item(node, () => choose(node))));
    news.textContent = sought ? (nodes.length ? nodes.map(({ name }) => name).join(", ") : news.dataset.none) : "";
    field.toggleAttribute("aria-invalid", Boolean(sought) && !nodes.length);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      list.querySelector("button")?.click();
    } else if (event.key === "Escape" && field.value) {
      event.stopPropagation();
      clear();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector("button")?.focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      clear();
      field.focus();
    }
    if (!next) return;
    event.preventDefault();
    (event.target.closest("li")[next]?.firstElementChild ?? field).focus();
  });

  function choose(node) {
    clear();
    live.choose(node, { move: true });
    live.figure.querySelector(".graph__chosen").focus({ preventScroll: true });
  }

  function clear() {
    field.value = "";
    list.hidden = true;
    list.replaceChildren();
    news.textContent = "";
    field.removeAttribute("aria-invalid");
  }
}

/* Names that begin with it come first, then those with a word that does. */
function found(nodes, sought) {
  const fitting = [];
  for (const node of nodes) {
    node.folded ??= folded(`${node.name} ${node.label ?? ""}`);
    const at = node.folded.indexOf(sought);
    if (at >= 0) fitting.push([at === 0 ? 0 : /\s/.test(node.folded[at - 1]) ? 1 : 2, node]);
  }
  fitting.sort(([one, first], [other, second]) => one - other || second.neighbours.length - first.neighbours.length);
  return fitting.slice(0, MOST).map(([, node]) => node);
}

function item(node, act) {
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = node.name;
  if (node.language) button.lang = node.language;
  button.addEventListener("click", act);
  line.append(button);
  return line;
}
