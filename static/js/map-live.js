/* The live map: the same view and the same points as the picture, to be moved, zoomed and chosen from. */

import { addGestures } from "./map-gestures.js";
import { addKeyboard } from "./map-keyboard.js";
import { addLarge } from "./map-large.js";
import { addLines } from "./map-lines.js";
import { addListing } from "./map-listing.js";
import { addLocating } from "./map-locate.js";
import { signsOf } from "./map-marks.js";
import { outlinesLayer, PICTURE_ZOOM } from "./map-outlines.js";
import { addCards } from "./map-card.js";
import { placesLayer, placesOf } from "./map-places.js";

const DEEPEST_ZOOM = 9; // the outlines are too coarse for more
const ZOOM_STEP = 0.5;

/* Made in steps between which the page can answer the visitor, and shown when it is whole.
   What each part of the map works with:
   { figure, stage, container, map, places, still, keyboard, card, goHome(), isAtHome(), follow(), part(name) }. */
export async function startMap(figure, cities, outlines) {
  const stage = figure.querySelector(".map__stage");
  stage.append(figure.querySelector(".map__parts").content.cloneNode(true));
  const container = stage.querySelector(".map__live");
  const live = {
    figure,
    stage,
    container,
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    part: (name) => stage.querySelector(`[data-part="${name}"]`),
  };
  live.map = mapIn(container, live.still);
  addHome(live);
  await pause();
  live.outlines = outlinesLayer(outlines, () => {
    const { fill, stroke } = getComputedStyle(stage.querySelector(".map__land"));
    return { land: fill, coast: stroke };
  }, { updateWhenZooming: false, keepBuffer: 1 });
  await pause();
  live.outlines.addTo(live.map);
  await pause();
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => live.outlines.redraw());
  }
  live.places = placesLayer(figure.dataset, fontOf(live.part("enter")), signsOf(figure));
  live.places.setPlaces(placesOf(cities));
  await pause();
  live.places.arrangeFor(live.map.getZoom());
  await pause();
  live.places.addTo(live.map);
  await pause();
  addLines(live);
  addCards(live);
  addTools(live);
  addKeyboard(live);
  addGestures(live);
  addLarge(live);
  addListing(live);
  addLocating(live);
  if (figure.dataset.tiles) import("./map-streets.js").then(({ addStreets }) => addStreets(live));

  await focusElsewhere(figure);
  figure.classList.add("map--live");
  figure.cityMap = live.map;
  return live;
}

function pause() {
  return new Promise((resolve) => { setTimeout(resolve); });
}

/* A link of the picture that has the focus would lose it with the picture. */
async function focusElsewhere(figure) {
  while (figure.querySelector(".map__picture").contains(document.activeElement)) {
    await new Promise((resolve) => { figure.addEventListener("focusout", resolve, { once: true }); });
    await pause(); // until then nothing has the focus
  }
}

function mapIn(container, still) {
  return L.map(container, {
    zoomSnap: ZOOM_STEP,
    minZoom: 1,
    maxZoom: DEEPEST_ZOOM,
    maxBounds: [[-85, -200], [85, 200]],
    maxBoundsViscosity: 1,
    zoomControl: false,
    attributionControl: false,
    keyboard: false, // map-keyboard.js
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: false,
    inertia: !still,
  });
}

function fontOf(element) {
  const { fontFamily } = getComputedStyle(element);
  const size = 0.8125 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  return `680 ${size}px ${fontFamily}`;
}

/* Home is exactly the view of the picture. As long as nobody has moved the map, it stays there when its window changes. */
function addHome(live) {
  const { figure, map, stage } = live;
  let home = true;
  let going = false;
  live.isAtHome = () => home;
  live.goHome = (options = { animate: false }) => {
    const [x, y, width, height] = figure.dataset.view.split(" ").map(Number);
    const scale = Math.min(stage.clientWidth / width, stage.clientHeight / height);
    going = true;
    map.options.zoomSnap = 0;
    map.setView(map.unproject([x + width / 2, y + height / 2], PICTURE_ZOOM), PICTURE_ZOOM + Math.log2(scale), options);
    map.options.zoomSnap = ZOOM_STEP;
    going = false;
    home = true;
  };
  live.goHome();
  map.on("movestart zoomstart", () => { if (!going) home = false; });
  new ResizeObserver(() => {
    const wasHome = home;
    map.invalidateSize({ animate: false });
    if (wasHome) live.goHome();
  }).observe(stage);
}

/* Zoom and reset. The buttons are one stop for the keyboard; the arrow keys go from one to the next. */
function addTools(live) {
  const { map, stage } = live;
  const tools = live.part("tools");
  const does = {
    in: () => map.zoomIn(1),
    out: () => map.zoomOut(1),
    reset: () => live.goHome({ animate: !live.still }),
  };
  tools.addEventListener("click", ({ target }) => does[target.closest("button")?.dataset.do]?.());
  const limits = () => {
    tools.querySelector("[data-do=in]").ariaDisabled = String(map.getZoom() >= map.getMaxZoom());
    tools.querySelector("[data-do=out]").ariaDisabled = String(map.getZoom() <= map.getMinZoom());
  };
  map.on("zoomend zoomlevelschange", limits);
  limits();

  const buttons = () => [...tools.querySelectorAll("button:not([hidden])")];
  buttons().forEach((button, number) => { button.tabIndex = number ? -1 : 0; });
  tools.addEventListener("focusin", ({ target }) => {
    for (const button of buttons()) button.tabIndex = button === target ? 0 : -1;
  });
  tools.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = buttons();
    all[(all.indexOf(stage.ownerDocument.activeElement) + step + all.length) % all.length].focus();
  });
}
