/* Where the visitor is: asked first in our words, then by the browser, and never told to anybody. */

const NEAREST = 5;
const EARTH = 6371; // km, its radius
const PATIENCE = { timeout: 20_000, maximumAge: 300_000, enableHighAccuracy: false };

export function addLocating(live) {
  const { map, places, still } = live;
  const button = live.part("tools").querySelector("[data-do=locate]");
  const [asking, panel] = [live.part("ask-position"), live.part("nearest")];
  const list = panel.querySelector("ol");
  let shown = null;

  button.addEventListener("click", () => asking.showModal());
  asking.addEventListener("close", () => {
    if (asking.returnValue !== "yes") return;
    asking.returnValue = "";
    if (!navigator.geolocation) return say("failed");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => show(coords),
      ({ code, PERMISSION_DENIED }) => say(code === PERMISSION_DENIED ? "denied" : "failed"),
      PATIENCE,
    );
  });
  panel.querySelector("[data-do=close]").addEventListener("click", () => {
    panel.hidden = true;
    shown?.remove();
    shown = null;
    button.focus();
  });

  function show({ latitude, longitude, accuracy }) {
    shown?.remove();
    const here = [latitude, longitude];
    shown = L.layerGroup([
      L.circle(here, { radius: accuracy, className: "map-here map-here--around", interactive: false }),
      L.circleMarker(here, { radius: 8, className: "map-here", interactive: false }),
    ]).addTo(map);
    const nearest = places.places
      .map((place) => ({ place, km: distance(place, { latitude, longitude }) }))
      .sort((one, other) => one.km - other.km)
      .slice(0, NEAREST);
    list.replaceChildren(...nearest.map(row));
    say("found");
    const around = nearest.slice(0, 3).map(({ place }) => [place.latitude, place.longitude]);
    map.fitBounds(L.latLngBounds([here, ...around]).pad(0.3), { animate: !still, maxZoom: 9 });
  }

  function say(what) {
    panel.hidden = false;
    for (const part of panel.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== what;
    panel.focus();
  }
}

function row({ place, km }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = place.url;
  link.textContent = place.name;
  const far = document.createElement("span");
  far.textContent = new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit", unit: "kilometer", maximumFractionDigits: km < 10 ? 1 : 0,
  }).format(km);
  item.append(link, " ", far);
  return item;
}

/* In km along the surface. */
function distance(one, other) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const half = (from, to) => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(one.latitude, other.latitude) +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * half(one.longitude, other.longitude);
  return 2 * EARTH * Math.asin(Math.sqrt(chord));
}
