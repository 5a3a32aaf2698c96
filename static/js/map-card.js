/* What a choice on the map does: a number opens, a point says its name, what it is, and leads to its page. */

import { entriesOf } from "./map-marks.js";

export function addCards(live) {
  const { map, places, still } = live;
  const words = live.part("card");
  let chosen = null; // { item, popup } of the open card

  places.on("choose", ({ item, keyboard }) => {
    if (item.places.length > 1) open(item, keyboard);
    else show(item, keyboard);
  });
  map.on("popupclose", () => {
    places.fire("chosen", { place: null });
    chosen = null;
  });
  live.card = {
    isOpen: () => Boolean(chosen),
    contains: (element) => Boolean(chosen) && chosen.popup.getElement().contains(element),
    item: () => chosen?.item,
    focus: () => chosen.popup.getElement().querySelector("a").focus(),
    close: () => map.closePopup(),
  };

  function open(item, keyboard) {
    if (places.spread?.item === item) return void places.gatherAgain();
    if (places.coincide(item)) {
      const [first] = places.spreadItem(item);
      if (keyboard) live.keyboard.focus(first);
      return;
    }
    const bounds = L.latLngBounds(item.places.map(({ latitude, longitude }) => [latitude, longitude])).pad(0.2);
    const zoom = Math.max(map.getBoundsZoom(bounds), map.getZoom() + 1);
    if (keyboard) map.once("moveend", () => live.keyboard.focusPlace(item.places[0]));
    map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()), { animate: !still });
  }

  function show(item, keyboard) {
    const [place] = item.places;
    const content = words.content.firstElementChild.cloneNode(true);
    const link = content.querySelector("a");
    link.href = place.url;
    link.textContent = place.name;
    for (const kind of content.querySelectorAll("[data-kind]")) kind.hidden = kind.dataset.kind !== place.kind;
    content.querySelector(".map-card__networks").append(...entriesOf(live.figure, place).map((entry) => entry.cloneNode(true)));
    const rows = live.rowsOf([place]);
    const inList = content.querySelector("[data-do=list]");
    inList.hidden = !rows.length;
    inList.addEventListener("click", () => live.goToRow(rows[0]));
    content.querySelector("[data-do=close]").addEventListener("click", () => {
      const { item: from } = chosen;
      map.closePopup();
      live.keyboard.focus(from);
    });
    const origin = map.getPixelOrigin();
    const where = map.layerPointToLatLng([item.x - origin.x, item.y - origin.y]);
    const popup = L.popup({
      className: "map-popup", closeButton: false, minWidth: 160, maxWidth: 260, offset: [0, -4], autoPanPadding: [12, 12],
    }).setLatLng(where).setContent(content).openOn(map);
    chosen = { item, popup };
    places.fire("chosen", { place });
    if (keyboard) link.focus();
  }
}
