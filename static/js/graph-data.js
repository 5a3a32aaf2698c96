/* What the picture of a graph says, as nodes: everything is in it already, nothing has to be fetched. */

export function readGraph(figure) {
  const byPlace = new Map();
  const byLink = new Map();
  const nodes = [];

  function add(link, x, y, kind, radius = 0) {
    const title = link.querySelector("title");
    const node = {
      link, x, y, kind, radius, href: link.getAttribute("href"), neighbours: [], unconfirmed: new Set(),
      name: title.textContent, label: link.dataset.label ?? title.textContent, language: title.lang,
    };
    nodes.push(node);
    byLink.set(link, node);
    byPlace.set(`${x} ${y}`, node);
  }

  for (const link of figure.querySelectorAll(".graph__hub")) add(link, Number(link.dataset.x), Number(link.dataset.y), "network");
  for (const group of figure.querySelectorAll(".graph__dots")) {
    const kind = group.classList.contains("graph__dots--organisation") ? "organisation" : "municipality";
    const radius = parseFloat(getComputedStyle(group).getPropertyValue("--dot")) / 2;
    for (const link of group.children) {
      const [x, y] = link.lastElementChild.getAttribute("d").slice(1, -2).split(" ");
      add(link, Number(x), Number(y), kind, radius);
    }
  }
  for (const path of figure.querySelectorAll(".graph__lines path")) readEdges(path, byPlace);
  return { nodes, of: (link) => byLink.get(link) };
}

/* A path goes from an actor to the network, on to another actor, and so forth: the network is every second stop. */
function readEdges(path, byPlace) {
  const unconfirmed = path.classList.contains("graph__unconfirmed");
  for (const trip of path.getAttribute("d").slice(1).split("M")) {
    const [first, hub, second] = trip.split("L").map((place) => byPlace.get(place));
    for (const actor of second ? [first, second] : [first]) {
      actor.neighbours.push(hub);
      hub.neighbours.push(actor);
      if (unconfirmed) {
        actor.unconfirmed.add(hub);
        hub.unconfirmed.add(actor);
      }
    }
  }
}
