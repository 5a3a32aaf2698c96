/* Which names show: as many as have room in what can be seen now, those of the chosen node and its neighbours first. */

const SVG = "http://www.w3.org/2000/svg";
const MOST = 120;
const LINE = 16;
const SQUARE = 48;
const ink = document.createElement("canvas").getContext("2d");

export function nameNodes(live) {
  const { stage, picture, data, chosen } = live;
  const box = { width: stage.clientWidth, height: stage.clientHeight };
  const around = chosen && new Set([chosen, ...chosen.neighbours]);
  const seen = [];
  for (const node of around ?? data.nodes) {
    const spot = live.spot(node);
    if (spot.x > 0 && spot.x < box.width && spot.y > 0 && spot.y < box.height) seen.push({ node, spot, reach: reachOf(live, node) });
  }
  seen.sort((one, other) => rank(other.node, chosen) - rank(one.node, chosen));
  // The names of networks, and those of a choice, may lie over dots: they have a rim.
  const taken = new Taken(seen.filter(({ node }) => chosen || node.kind === "network"));
  for (const part of live.over) taken.add(boxIn(stage, part));
  const crowded = new Taken(chosen ? [] : seen);
  const shown = [];
  for (const seeing of seen) {
    if (shown.length === MOST) break;
    const named = roomFor(seeing, {
      taken: seeing.node.kind === "network" ? [taken] : [taken, crowded], box, chosen,
    });
    if (named) {
      taken.add(named.box);
      shown.push(named);
    }
  }
  draw(picture, live, shown);
}

function rank(node, chosen) {
  return (node === chosen) * 1e9 + (node.kind === "network") * 1e6 + node.neighbours.length;
}

function reachOf(live, node) {
  if (node.kind === "network") return Math.min(5 + Math.sqrt(node.neighbours.length) / 2, 14);
  return Math.max(live.dot(node), 2);
}

/* Boxes in squares of the stage, so that only those nearby have to be compared. */
class Taken {
  constructor(seen) {
    this.squares = new Map();
    for (const { node, spot, reach } of seen) {
      this.add({ node, left: spot.x - reach, right: spot.x + reach, top: spot.y - reach, bottom: spot.y + reach });
    }
  }

  add(box) {
    for (const square of squaresOf(box)) {
      if (!this.squares.has(square)) this.squares.set(square, []);
      this.squares.get(square).push(box);
    }
  }

  crosses(box, node) {
    return squaresOf(box).some((square) => this.squares.get(square)?.some((other) => other.node !== node && crosses(box, other)));
  }
}

/* The box of what lies over the graph; nothing shows under it. */
function boxIn(stage, part) {
  const around = stage.getBoundingClientRect();
  const { left, right, top, bottom } = part.getBoundingClientRect();
  return { left: left - around.left, right: right - around.left, top: top - around.top, bottom: bottom - around.top };
}

function squaresOf({ left, right, top, bottom }) {
  const squares = [];
  for (let x = Math.floor(left / SQUARE); x <= right / SQUARE; x += 1) {
    for (let y = Math.floor(top / SQUARE); y <= bottom / SQUARE; y += 1) squares.push(`${x} ${y}`);
  }
  return squares;
}

function roomFor({ node, spot, reach }, { taken, box, chosen }) {
  ink.font = node.kind === "network" || node === chosen ? fonts().bold : fonts().regular;
  const width = ink.measureText(node.label).width + 4;
  for (const side of ["end", "start"]) {
    const left = side === "end" ? spot.x + reach + 3 : spot.x - reach - 3 - width;
    const named = { left, right: left + width, top: spot.y - LINE / 2, bottom: spot.y + LINE / 2 };
    if (left < 0 || named.right > box.width || named.top < 0 || named.bottom > box.height) continue;
    if (!taken.some((boxes) => boxes.crosses(named, node))) return { node, side, reach, box: named };
  }
  return null;
}

function crosses(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

let kept;
function fonts() {
  if (kept) return kept;
  const style = getComputedStyle(document.documentElement);
  const rem = parseFloat(style.fontSize);
  const family = style.getPropertyValue("--font");
  kept = { bold: `680 ${0.8125 * rem}px ${family}`, regular: `400 ${0.75 * rem}px ${family}` };
  return kept;
}

function draw(picture, live, shown) {
  let layer = picture.querySelector(".graph__names");
  if (!layer) {
    layer = document.createElementNS(SVG, "g");
    layer.classList.add("graph__names");
    picture.append(layer);
  }
  layer.replaceChildren(...shown.map(({ node, side, reach }) => {
    const holder = document.createElementNS(SVG, "svg");
    const { x, y } = live.share(node);
    holder.setAttribute("x", x);
    holder.setAttribute("y", y);
    const name = document.createElementNS(SVG, "text");
    name.setAttribute("class", `graph__name graph__name--shown${node.kind === "network" || node === live.chosen ? " graph__name--strong" : ""}`);
    name.setAttribute("x", (side === "end" ? 1 : -1) * (reach + 4));
    name.setAttribute("y", 4.5);
    if (side === "start") name.setAttribute("text-anchor", "end");
    if (node.language) name.setAttribute("lang", node.language);
    name.textContent = node.label;
    name.node = node;
    holder.append(name);
    return holder;
  }));
}
