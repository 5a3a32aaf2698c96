/* Places on one spot, set out around it so that each can be chosen. */

const FIRST = 34; // pixels from the spot to the first ring
const ROOM = 30; // pixels for each point

/* Items around an item, each tied to it by a line: points, and one that draws the lines. */
export function spreadOut(item) {
  const items = item.places.map((place, number) => {
    const { x, y } = offset(number);
    return { x: item.x + x, y: item.y + y, dx: x, dy: y, places: [place], side: "", spread: true };
  });
  return [{ x: item.x, y: item.y, places: [], legs: legs(items) }, ...items];
}

/* The n-th place on rings around the spot. */
function offset(number) {
  let [ring, before] = [0, 0];
  const size = () => Math.floor((2 * Math.PI * (FIRST + ring * ROOM)) / ROOM);
  while (number - before >= size()) {
    before += size();
    ring += 1;
  }
  const angle = (2 * Math.PI * (number - before)) / size() - Math.PI / 2;
  const far = FIRST + ring * ROOM;
  return { x: far * Math.cos(angle), y: far * Math.sin(angle) };
}

function legs(items) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "map-legs");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", items.map(({ dx, dy }) => `M0 0L${dx.toFixed(1)} ${dy.toFixed(1)}`).join(""));
  svg.append(path);
  return svg;
}
