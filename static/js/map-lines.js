/* Lines between municipalities that work together. They are read from the picture of the server, which has them all, and
   those of the place that is pointed at or chosen stand out. */

import { made } from "./map-marks.js";
import { PICTURE_ZOOM } from "./map-outlines.js";

const NEAR = 2; // pixels of the picture: the places of the points are rounded

export function addLines(live) {
  const { figure, map, places } = live;
  const style = (className) => ({ className, interactive: false, smoothFactor: 0, renderer });
  const renderer = L.svg({ padding: 1 });
  const layers = L.layerGroup().addTo(map);
  const touched = L.polyline([], style("map__lines map__lines--touched"));
  let lines = []; // of [one end, the other], in the coordinates of the picture
  let [pointed, chosen] = [[], []];

  const onMap = (line) => line.map((end) => map.unproject(end, PICTURE_ZOOM));
  const isAt = (end, place) =>
    map.project([place.latitude, place.longitude], PICTURE_ZOOM).distanceTo(end) <= NEAR;

  live.drawLines = () => {
    layers.clearLayers();
    lines = [];
    for (const path of figure.querySelectorAll(".map__picture .map__lines")) {
      const drawn = linesIn(path);
      lines.push(...drawn);
      layers.addLayer(L.polyline(drawn.map(onMap), style(path.getAttribute("class"))));
      if (path.matches(".map__lines--mentoring")) for (const line of drawn) layers.addLayer(arrow(line));
    }
    if (lines.length) layers.addLayer(touched);
    touch();
  };

  function touch() {
    const places = [...pointed, ...chosen];
    const own = lines.filter((line) => places.some((place) => line.some((end) => isAt(end, place))));
    touched.setLatLngs(own.map(onMap));
  }

  places.on("point", (event) => {
    pointed = event.places;
    touch();
  });
  places.on("chosen", ({ place }) => {
    chosen = place ? [place] : [];
    touch();
  });
  live.drawLines();

  /* In the middle of a line as it is drawn, which on this projection is where the picture has it. */
  function arrow([start, end]) {
    const middle = map.unproject(start.add(end).divideBy(2), PICTURE_ZOOM);
    const turn = (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI;
    const sign = made("svg", { width: 1, height: 1, "aria-hidden": "true" });
    const shape = figure.querySelector(".map__picture .map__arrow").cloneNode();
    shape.setAttribute("transform", `rotate(${Math.round(turn)})`);
    sign.append(shape);
    const icon = L.divIcon({ className: "map-arrow", html: sign, iconSize: [0, 0] });
    return L.marker(middle, { icon, interactive: false, keyboard: false, pane: "overlayPane" });
  }
}

/* The lines of a path: "M1 2L3 4…" */
function linesIn(path) {
  const numbers = path.getAttribute("d").match(/-?\d+/g).map(Number);
  const lines = [];
  for (let at = 0; at + 3 < numbers.length; at += 4) {
    lines.push([L.point(numbers[at], numbers[at + 1]), L.point(numbers[at + 2], numbers[at + 3])]);
  }
  return lines;
}
