/* The point picker of a city: a click sets the point, dragging moves it, and the two number fields always say the same.
   The numbers count; the map is a way to write them. */

const LAND_ZOOM = 7; // the coordinates of the outlines are pixels of this zoom level
const TILE = 256;
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

/* The outlines of countries and coasts, painted tile by tile. */
async function drawLand(map, picker) {
  const response = await fetch(picker.dataset.land);
  const outlines = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
  const [land, borders] = ["land", "borders"].map((id) => new Path2D(outlines.getElementById(id).getAttribute("d")));
  const Land = L.GridLayer.extend({
    createTile({ x, y, z }) {
      const tile = document.createElement("canvas");
      const sharpness = Math.max(1, devicePixelRatio);
      tile.width = tile.height = TILE * sharpness;
      const colours = getComputedStyle(picker);
      const scale = sharpness * 2 ** (z - LAND_ZOOM);
      const pen = tile.getContext("2d");
      pen.setTransform(scale, 0, 0, scale, -x * TILE * sharpness, -y * TILE * sharpness);
      pen.fillStyle = colours.getPropertyValue("--land");
      pen.strokeStyle = colours.getPropertyValue("--coast");
      pen.lineWidth = sharpness / scale;
      pen.fill(land);
      pen.stroke(land);
      pen.stroke(borders);
      return tile;
    },
  });
  new Land({ noWrap: true }).addTo(map);
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
