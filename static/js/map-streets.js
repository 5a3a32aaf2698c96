/* Streets from the tile service that the operator has named. Nothing is asked of it before the visitor has agreed. */

const KEY = "map-streets"; // what this browser remembers: the service that the visitor agreed to
const NEAREST_ZOOM = 18;

export function addStreets(live) {
  const { figure, map, outlines } = live;
  const { tiles, tilesHost, tilesAsk } = figure.dataset;
  const [button, asking, credit] = ["streets", "ask-streets", "attribution"].map(live.part);
  const farthest = map.getMaxZoom();
  const layer = L.tileLayer(tiles, { maxZoom: NEAREST_ZOOM, noWrap: true });

  button.hidden = false;
  button.addEventListener("click", () => {
    if (map.hasLayer(layer)) hide();
    else if (tilesAsk && remembered() !== tilesHost) asking.showModal();
    else show();
  });
  asking?.addEventListener("close", () => {
    if (asking.returnValue === "yes") show();
    asking.returnValue = "";
  });
  if (!tilesAsk || remembered() === tilesHost) show();

  function show() {
    if (tilesAsk) remember(tilesHost);
    outlines.remove();
    layer.addTo(map);
    map.setMaxZoom(NEAREST_ZOOM);
    tell(true);
  }

  function hide() {
    remember(null);
    layer.remove();
    outlines.addTo(map);
    map.setMaxZoom(farthest);
    tell(false);
  }

  function tell(shown) {
    button.ariaPressed = String(shown);
    credit.hidden = !shown;
    figure.classList.toggle("map--streets", shown);
  }
}

/* Where a browser lets pages keep nothing, it is asked each time. */
function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(host) {
  try {
    if (host) localStorage.setItem(KEY, host);
    else localStorage.removeItem(KEY);
  } catch {
    // It may not keep anything.
  }
}
