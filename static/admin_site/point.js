/* The point picker of a city: a click sets the point, dragging moves it, and the two number fields always say the same.
   The numbers count; the map is a way to write them. */

import { outlinesLayer } from "../js/map-outlines.js";

const PRECISION = 5; // digits: about a metre

for (const picker of document.querySelectorAll("[data-point]")) start(picker);

function start(picker) {
  const { dataset } = picker;
  const store = picker.querySelector("textarea");
  const { latitude, longitude } = store.form.elements;
  const map = L.map(picker.querySelector(".point__map"), {
    minZoom: Number(dataset.minZoom),
    maxZoom: Number(dataset.maxZoom),
    maxBounds: [[-90, -220], [90, 220]],
    attributionControl: false,
    zoomControl: false,
    preferCanvas: true,
  }).setView(dataset.center.split(" ").map(Number), Number(dataset.zoom));
  L.control.zoom({ zoomInTitle: dataset.zoomIn, zoomOutTitle: dataset.zoomOut }).addTo(map);
  const marker = L.marker([0, 0], {
    draggable: true,
    keyboard: false, // the number fields are the way for the keyboard
    title: dataset.marker,
    icon: L.divIcon({ className: "point__marker", iconSize: [22, 22] }),
  });

  const typed = () => {
    const place = [latitude, longitude].map((field) => (field.value.trim() === "" ? NaN : Number(field.value)));
    return Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180 ? L.latLng(...place) : null;
  };

  const show = (place) => {
    store.value = place ? JSON.stringify({ type: "Point", coordinates: [place.lng, place.lat] }) : "";
    if (place) marker.setLatLng(place).addTo(map);
    else marker.remove();
  };

  const write = (place) => {
    const wrapped = place?.wrap();
    latitude.value = wrapped ? rounded(wrapped.lat) : "";
    longitude.value = wrapped ? rounded(wrapped.lng) : "";
    show(typed());
  };

  map.on("click", (event) => write(event.latlng));
  marker.on("dragend", () => write(marker.getLatLng()));
  picker.querySelector(".point__remove").addEventListener("click", () => write(null));
  for (const field of [latitude, longitude]) {
    field.addEventListener("input", () => {
      const place = typed();
      show(place);
      if (place && !map.getBounds().contains(place)) map.panTo(place);
    });
  }

  const place = typed();
  show(place);
  if (place) map.setView(place, 8);
  drawLand(map, picker);
  drawNeighbours(map, dataset.cities);
}

function rounded(degrees) {
  return String(Number(degrees.toFixed(PRECISION)));
}

async function drawLand(map, picker) {
  const response = await fetch(picker.dataset.land);
  const colours = () => {
    const values = getComputedStyle(picker);
    return { land: values.getPropertyValue("--land"), coast: values.getPropertyValue("--coast") };
  };
  outlinesLayer(await response.text(), colours).addTo(map);
}

/* The municipalities that the directory has already, to find one's way by. */
async function drawNeighbours(map, address) {
  const cities = await (await fetch(address)).json();
  const colour = getComputedStyle(map.getContainer()).getPropertyValue("--neighbour");
  L.geoJSON(cities, {
    pointToLayer: (feature, place) => L.circleMarker(place, { radius: 3, stroke: false, fillOpacity: 0.6, fillColor: colour }),
    onEachFeature: (feature, layer) => layer.bindTooltip(document.createTextNode(feature.properties.n)),
    bubblingMouseEvents: true,
  }).addTo(map);
}
