/* Map and list say the same: what is pointed at or chosen in the one is marked in the other, the map can narrow the list
   to its view, and it follows when the list is refined in place. */

import { placesOf } from "./map-places.js";

const DIGITS = 3; // of a degree: about 100 m

export function addListing(live) {
  const { figure, map, places, still } = live;
  let [pointed, chosen] = [[], []];

  live.rowsOf = (ones) => ones.flatMap(({ key }) => [...document.querySelectorAll(`[data-place="${CSS.escape(key)}"]`)]);
  live.goToRow = (row) => {
    live.closeLarge?.();
    row.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    row.querySelector("a").focus({ preventScroll: true });
  };

  const markRows = () => {
    for (const row of document.querySelectorAll(".row--active")) row.classList.remove("row--active");
    for (const row of live.rowsOf([...pointed, ...chosen])) row.classList.add("row--active");
  };
  places.on("point", (event) => {
    pointed = event.places;
    markRows();
  });
  places.on("chosen", ({ place }) => {
    chosen = place ? [place] : [];
    markRows();
    const [row] = live.rowsOf(chosen);
    if (row && staysInView(figure)) row.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  });
  for (const type of ["pointerover", "focusin"]) {
    document.addEventListener(type, ({ target }) => {
      if (figure.contains(target)) return;
      const row = target.closest?.("[data-place]");
      places.mark(row ? [row.dataset.place] : []);
    });
  }

  narrowToView(live);
  live.follow = () => follow(live);
  document.addEventListener("listing:changed", live.follow);
}

/* Whether the page can scroll to a row without scrolling the map away. */
function staysInView(figure) {
  return getComputedStyle(figure.parentElement).position === "sticky";
}

function narrowToView(live) {
  const { map, part } = live;
  const form = document.getElementById("filter");
  const button = part("within");
  if (!button || !form?.elements.bbox) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const bounds = map.getBounds();
    const sides = [
      Math.max(bounds.getWest(), -180), bounds.getSouth(), Math.min(bounds.getEast(), 180), bounds.getNorth(),
    ];
    form.elements.bbox.disabled = false;
    form.elements.bbox.value = sides.map((side) => Number(side.toFixed(DIGITS))).join(",");
    live.closeLarge?.();
    form.requestSubmit();
  });
}

/* The points of the list as it is now; city-map.js keeps their address. The visitor's view stays unless it shows none
   of them. */
async function follow(live) {
  const { figure, map, places } = live;
  const address = figure.dataset.cityMap;
  figure.ariaBusy = "true";
  const cities = await fetch(address).then((response) => (response.ok ? response.json() : null)).catch(() => null);
  if (figure.dataset.cityMap !== address) return; // refined again meanwhile
  figure.ariaBusy = null;
  figure.classList.toggle("map--still", !cities);
  if (!cities) return;
  places.setPlaces(placesOf(cities));
  live.drawLines();
  const view = map.getBounds();
  const seen = places.places.some(({ latitude, longitude }) => view.contains([latitude, longitude]));
  if (live.isAtHome() || (places.places.length && !seen)) live.goHome({ animate: !live.still });
}
