/* Starts the script of the graph where a page has one, and again when a list refined in place brings a new one. */

import { startGraph } from "./graph-live.js";

function start() {
  for (const figure of document.querySelectorAll("[data-graph]:not(.graph--live)")) startGraph(figure);
}

document.addEventListener("listing:changed", start);
start();
