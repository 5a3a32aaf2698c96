/* The chosen node: its edges and neighbours stand out, a card names them. */

const SVG = "http://www.w3.org/2000/svg";

export function showChosen(live) {
  const { figure, picture, chosen } = live;
  figure.classList.toggle("graph--chosen", Boolean(chosen));
  picture.querySelector(".graph__lit")?.remove();
  for (const holder of picture.querySelectorAll(".graph__hub")) holder.parentNode.classList.remove("graph__lit-hub");
  fillCard(live);
  if (chosen) light(live);
}

function light({ figure, picture, chosen }) {
  const layer = element("svg", { class: "graph__lit", viewBox: figure.dataset.view, width: "100%", height: "100%" });
  const lines = element("g", { class: "graph__lit-lines" });
  const dots = element("g", { class: "graph__lit-dots" });
  for (const node of chosen.neighbours) {
    const path = element("path", { d: `M${chosen.x} ${chosen.y}L${node.x} ${node.y}` });
    if (chosen.unconfirmed.has(node)) path.classList.add("graph__unconfirmed");
    lines.append(path);
  }
  for (const node of [chosen, ...chosen.neighbours]) {
    if (node.kind === "network") node.link.parentNode.classList.add("graph__lit-hub");
    else {
      const group = node.link.parentNode.cloneNode();
      group.append(node.link.lastElementChild.cloneNode());
      dots.append(group);
    }
  }
  layer.append(lines, dots);
  picture.querySelector(".graph__plane").after(layer);
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function fillCard(live) {
  const { figure, card, chosen } = live;
  card.hidden = !chosen;
  if (!chosen) return;
  const name = document.createElement("a");
  name.className = "graph__chosen";
  name.href = chosen.href;
  name.textContent = chosen.name;
  name.lang = chosen.language;
  card.querySelector(".graph__chosen").replaceWith(name);
  const kind = document.createElement("span");
  kind.textContent = figure.querySelector(`.legend__key--${chosen.kind}`).textContent;
  const count = document.createElement("span");
  const meta = card.querySelector(".meta");
  const words = chosen.kind === "network" ? meta.dataset.members : meta.dataset.networks;
  count.textContent = words.replace("{count}", chosen.neighbours.length.toLocaleString(document.documentElement.lang));
  meta.replaceChildren(kind, count);
  const order = new Intl.Collator(document.documentElement.lang).compare;
  const neighbours = [...chosen.neighbours].sort((one, other) => order(one.name, other.name));
  card.querySelector(".graph__neighbours").replaceChildren(...neighbours.map((node) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = node.href;
    link.textContent = node.name;
    if (node.language) link.lang = node.language;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      live.choose(node, { move: true });
      card.querySelector(".graph__chosen").focus();
    });
    item.append(link);
    if (chosen.unconfirmed.has(node)) item.append(doubt(card));
    return item;
  }));
  card.scrollTop = 0;
}

function doubt(card) {
  const mark = card.querySelector(".graph__doubt").cloneNode(true);
  mark.hidden = false;
  return mark;
}
