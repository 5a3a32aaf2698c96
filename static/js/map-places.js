/* The points of a map as a layer of Leaflet: real buttons, those in view only, in the arrangement of the zoom level. */

import { arrange, halfOf, isFar, spotsOf } from "./map-clusters.js";
import { isSeat, marksIn } from "./map-marks.js";
import { spreadOut } from "./map-spread.js";

const NAME_GAP = 10; // from the middle of a point to its name
const AROUND = 80; // pixels beyond the window of the map in which points are drawn, too
const WORLD = 256;

/* The places of GeoJSON: [{ key, name, url, kind, marks, seat, latitude, longitude }], the largest first. `marks` are
   those of the networks that it is a member of, `seat` says whether organisations have their seats there. */
export function placesOf(cities) {
  return cities.features.map(({ geometry, properties: { n: name, s: url, f: featured, h: here, m: bits } }) => ({
    key: url.split("/").at(-2),
    name,
    url,
    kind: here ? "here" : featured ? "featured" : "municipality",
    marks: marksIn(bits),
    seat: isSeat(bits),
    latitude: geometry.coordinates[1],
    longitude: geometry.coordinates[0],
  }));
}

/* `words.cluster` names a number of places; `font` is that of the names; `signs` draw and name marks.
   Fires "choose" { item, keyboard }, "point" { places } when one comes under the pointer or takes focus, and "drawn". */
export function placesLayer(words, font, signs) {
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const pen = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  const widthOf = (name) => {
    pen.font = font;
    if (!widths.has(name)) widths.set(name, Math.ceil(pen.measureText(name).width) + 2);
    return widths.get(name);
  };

  const Places = L.Layer.extend({
    initialize() {
      this.spots = [];
      this.items = [];
      this.elements = new Map(); // of the items in view
      this.active = new Set();
    },

    onAdd(map) {
      this.pane = map.getPane("points") || map.createPane("points");
      this.pane.addEventListener("click", (event) => this.click(event));
      this.pane.addEventListener("mousedown", (event) => event.preventDefault()); // a click moves no focus
      for (const [type, known] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
        this.pane.addEventListener(type, (event) => this.touched(event, known));
      }
      this.update();
    },

    getEvents() {
      return { moveend: this.update, zoom: this.follow, zoomanim: this.glide, preclick: () => this.gatherAgain() };
    },

    setPlaces(places) {
      this.places = places;
      this.spots = spotsOf(places);
      this.arranged = null;
      if (this._map) this.update();
    },

    update() {
      const zoom = this._map.getZoom();
      this.arrangeFor(zoom);
      this.pane.classList.toggle("map-points--far", isFar(zoom));
      this.draw();
    },

    /* May come before the layer is on a map. */
    arrangeFor(zoom) {
      if (this.arranged === zoom) return;
      this.arranged = zoom;
      this.items = arrange(this.spots, zoom, widthOf);
      this.spread = null;
    },

    /* Elements for the items in view, and for no others. */
    draw() {
      const { min, max } = this._map.getPixelBounds();
      const shown = new Set(
        [...this.items, ...(this.spread?.items || [])].filter(
          ({ x, y }) => x > min.x - AROUND && x < max.x + AROUND && y > min.y - AROUND && y < max.y + AROUND,
        ),
      );
      let lost = false;
      for (const [item, element] of this.elements) {
        if (shown.has(item)) continue;
        lost ||= element === document.activeElement;
        element.remove();
        this.elements.delete(item);
      }
      for (const item of shown) {
        if (!this.elements.has(item)) this.elements.set(item, this.pane.appendChild(this.element(item)));
      }
      this.follow();
      this.trimNames(min, max);
      this.markActive();
      this.fire("drawn", { lost });
    },

    /* A name that the edge or a button would cut is hidden until it is asked for. */
    trimNames(min, max) {
      const frame = this._map.getContainer().getBoundingClientRect();
      const covers = [...this._map.getContainer().parentElement.querySelectorAll("[data-covers]")]
        .map((part) => part.getBoundingClientRect())
        .map((box) => [box.left, box.right, box.top, box.bottom])
        .map(([left, right, top, bottom]) => [left - frame.left, right - frame.left, top - frame.top, bottom - frame.top]);
      for (const [item, element] of this.elements) {
        if (!item.side) continue;
        const width = widthOf(item.places[0].name);
        const left = item.side === "end" ? item.x + NAME_GAP : item.x - NAME_GAP - width;
        const [x, y] = [left - min.x, item.y - min.y];
        const whole = x > 0 && left + width < max.x && y > 8 && item.y < max.y - 8 &&
          !covers.some((box) => x < box[1] && x + width > box[0] && y - 8 < box[3] && y + 8 > box[2]);
        element.firstChild.className = `map-point__name map-point__name--${whole ? item.side : "hidden"}`;
      }
    },

    element(item) {
      if (item.legs) return item.legs;
      const button = document.createElement("button");
      const [place] = item.places;
      const single = item.places.length === 1;
      button.type = "button";
      button.tabIndex = -1;
      button.className = single ? `map-point map-point--${place.kind}` : "map-cluster";
      if (single) {
        const name = document.createElement("span");
        name.className = `map-point__name map-point__name--${item.side || "hidden"}`;
        name.textContent = place.name;
        button.append(name);
        button.setAttribute("aria-label", signs.tell(place)); // a hidden name names nothing
        button.classList.toggle("map-point--seat", place.seat);
        if (place.marks.length) {
          button.classList.add("map-point--marked");
          button.append(signs.draw(place.marks, place.kind === "featured"));
        }
      } else {
        const count = item.places.length;
        button.textContent = numbers.format(count);
        button.setAttribute("aria-label", words.cluster.replace("{count}", button.textContent));
        button.style.inlineSize = button.style.blockSize = `${2 * halfOf(item)}px`;
        button.classList.toggle("map-cluster--featured", item.places.some(({ kind }) => kind === "featured"));
        const marks = [...new Set(item.places.flatMap((one) => one.marks))].sort();
        const seat = item.places.some((one) => one.seat);
        if (marks.length || seat) button.append(rowOf(marks, seat, signs));
      }
      return button;
    },

    itemOf(element) {
      for (const [item, made] of this.elements) if (made === element) return item;
      return null;
    },

    follow() {
      this.stand(this._map.getZoom(), this._map.getPixelOrigin());
    },

    /* The way of Leaflet's own markers: to the places after the zoom, in the time that the outlines take. */
    glide({ zoom, center }) {
      const map = this._map;
      const corner = map.project(center, zoom).subtract(map.getSize().divideBy(2));
      this.stand(zoom, corner.add(L.DomUtil.getPosition(map.getPane("mapPane"))).round());
    },

    stand(zoom, origin) {
      const scale = 2 ** (zoom - this.arranged);
      for (const [{ x, y }, element] of this.elements) {
        element.style.transform = `translate(${Math.round(x * scale - origin.x)}px, ${Math.round(y * scale - origin.y)}px)`;
      }
    },

    click(event) {
      event.stopPropagation(); // to the map it would be a click beside the points
      const item = this.itemOf(event.target.closest("button"));
      if (item && !this._map.dragging.moved()) this.fire("choose", { item, keyboard: event.detail === 0 });
    },

    touched(event, known) {
      const item = this.itemOf(event.target.closest("button"));
      if (item) this.fire("point", { places: known ? item.places : [] });
    },

    /* Marks the points of these places, or the numbers they are part of. */
    mark(keys) {
      this.active = new Set(keys);
      this.markActive();
    },

    markActive() {
      for (const [item, element] of this.elements) {
        element.classList.toggle("map-point--active", item.places?.some(({ key }) => this.active.has(key)) || false);
      }
    },

    /* Whether zooming in cannot part these places. */
    coincide(item) {
      const [first, ...others] = item.places;
      const apart = (place) => Math.hypot(place.latitude - first.latitude, place.longitude - first.longitude);
      const pixel = 360 / (WORLD * 2 ** this._map.getMaxZoom());
      return this._map.getZoom() >= this._map.getMaxZoom() || others.every((place) => apart(place) < 24 * pixel);
    },

    /* Places that lie on one spot stand around it until the map is clicked or zoomed. */
    spreadItem(item) {
      this.spread = { item, items: spreadOut(item) };
      this.elements.get(item).setAttribute("aria-expanded", "true");
      this.draw();
      return this.spread.items.filter(({ places }) => places.length === 1);
    },

    /* The item whose places were spread, or null. */
    gatherAgain() {
      const item = this.spread?.item || null;
      this.spread = null;
      if (!item) return null;
      this.elements.get(item)?.removeAttribute("aria-expanded");
      this.draw();
      return item;
    },
  });
  return new Places();
}

/* The marks that occur in a number, and the frame of seats, side by side. */
function rowOf(marks, seat, signs) {
  const row = document.createElement("span");
  row.className = "map-cluster__marks";
  row.append(...marks.map((mark) => signs.draw([mark])));
  if (seat) row.append(Object.assign(document.createElement("span"), { className: "map-cluster__seat" }));
  return row;
}
