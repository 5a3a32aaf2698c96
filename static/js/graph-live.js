/* The graph of networks, live: the picture that the server drew, to be moved, zoomed, searched and asked. */

import { readGraph } from "./graph-data.js";
import { showChosen } from "./graph-card.js";
import { startFind } from "./graph-find.js";
import { startFog } from "./graph-fog.js";
import { startMoving } from "./graph-move.js";
import { nameNodes } from "./graph-names.js";

const NEAR = 24; // pixels from a node at which a click still means it

export function startGraph(figure) {
  const live = { figure, stage: figure.querySelector(".graph__stage"), picture: figure.querySelector(".graph__picture") };
  const parts = figure.querySelector(".graph__parts").content.cloneNode(true);
  figure.classList.add("graph--live");
  live.card = parts.querySelector(".graph__card");
  live.stage.before(parts.querySelector(".graph__find"));
  live.stage.append(parts.querySelector(".graph__tools"));
  live.stage.after(live.card);
  live.over = [live.stage.querySelector(".graph__tools"), live.stage.previousElementSibling];
  live.data = readGraph(figure);
  live.chosen = null;
  live.settled = () => nameNodes(live);
  startFog(live);
  startMoving(live);
  live.choose = (node, { move = false } = {}) => {
    live.chosen = node;
    showChosen(live);
    if (node && move) live.show([node, ...node.neighbours]);
    else live.settled();
  };
  startFind(live);
  startChoosing(live);
}

function startChoosing(live) {
  const { stage, picture, figure } = live;
  picture.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (live.hasMoved()) return;
    const node = event.target.node ?? live.data.of(event.target.closest("a")) ?? nearest(live, event);
    live.choose(node);
  });
  stage.addEventListener("click", (event) => {
    if (event.target !== stage || live.hasMoved()) return;
    live.choose(nearest(live, event));
  });
  const leave = () => {
    live.choose(null);
    stage.focus({ preventScroll: true });
  };
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && live.chosen) leave();
  });
  live.card.querySelector("[data-do=close]").addEventListener("click", leave);
}

/* The node that lies nearest to where somebody clicked, if it is near. */
function nearest(live, { clientX, clientY }) {
  const point = live.at(clientX, clientY);
  let best = null;
  let least = (NEAR / live.scale()) ** 2;
  for (const node of live.data.nodes) {
    const distance = (node.x - point.x) ** 2 + (node.y - point.y) ** 2;
    if (distance < least) [best, least] = [node, distance];
  }
  return best;
}
