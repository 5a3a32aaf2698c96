/* The live map. It takes the place of the picture that the server drew, in the same view, when the picture comes near the window.
   If anything it needs does not arrive, the picture stays. */

const PICTURE_ZOOM = 7; // the picture's coordinates are pixels of this zoom level
const DEEPEST_ZOOM = 9; // the outlines are too coarse for more
const TILE = 256;
const OVERLAP = 1; // of neighbouring tiles, so that no seam shows between zoom levels; map.css has the size of both together
const SMALL_MAP = 560;

for (const figure of document.querySelectorAll("[data-city-map]")) {
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    afterLoading(() => start(figure));
  }, { rootMargin: "200px" }).observe(figure);
}

/* The page itself comes first. */
function afterLoading(run) {
  const whenIdle = () => (window.requestIdleCallback || setTimeout)(run);
  if (document.readyState === "complete") whenIdle();
  else addEventListener("load", whenIdle, { once: true });
}

async function start(figure) {
  const { cityMap, land, scripts, styles } = figure.dataset;
  const [leaflet, markers] = scripts.split(" ");
  try {
    const [cities, outlines] = await Promise.all([
      fetched(cityMap).then((response) => response.json()),
      fetched(land).then((response) => response.text()),
      element("script", { src: leaflet }).then(() => element("script", { src: markers })),
      ...styles.split(" ").map((href) => element("link", { rel: "stylesheet", href })),
    ]);
    draw(figure, cities, outlines);
  } catch (error) {
    console.warn("The map stays a picture.", error);
    figure.querySelector(".map__live")?.remove();
    figure.classList.remove("map--live");
  }
}

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

function element(name, attributes) {
  return new Promise((resolve, reject) => {
    const present = document.head.querySelector(`${name}[data-map-part="${attributes.src || attributes.href}"]`);
    const made = present || Object.assign(document.createElement(name), attributes);
    if (present?.dataset.loaded) return resolve();
    made.addEventListener("load", () => { made.dataset.loaded = "yes"; resolve(); });
    made.addEventListener("error", reject);
    if (present) return;
    made.dataset.mapPart = attributes.src || attributes.href;
    document.head.append(made);
  });
}

function draw(figure, cities, outlines) {
  const stage = figure.querySelector(".map__stage");
  const container = document.createElement("div");
  container.className = "map__live";
  stage.append(container);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const map = L.map(container, {
    zoomSnap: 0, // so that it starts exactly where the picture is
    minZoom: 1,
    maxZoom: DEEPEST_ZOOM,
    maxBounds: [[-85, -200], [85, 200]],
    maxBoundsViscosity: 1,
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: false,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  const view = viewOf(figure, map, stage);
  map.setView(view.center, view.zoom, { animate: false });
  map.options.zoomSnap = 0.5;

  landLayer(stage, outlines).addTo(map);
  const places = placeLayers(figure.dataset, cities, still);
  map.addLayer(places.plain).addLayer(places.featured);
  showNames(map, places);
  addButtons(map, figure.dataset, view);
  addPopups(map, [places.plain, places.featured], figure.dataset);
  leaveScrollingAlone(map, stage, figure.dataset.twoFingers);

  container.setAttribute("role", "region");
  container.setAttribute("aria-label", figure.getAttribute("aria-label"));
  figure.classList.add("map--live");
  figure.cityMap = map;
}

/* The view of the picture: its square fits the stage and stands in the middle. */
function viewOf(figure, map, stage) {
  const [x, y, width, height] = figure.dataset.view.split(" ").map(Number);
  const scale = Math.min(stage.clientWidth / width, stage.clientHeight / height);
  return {
    center: map.unproject([x + width / 2, y + height / 2], PICTURE_ZOOM),
    zoom: PICTURE_ZOOM + Math.log2(scale),
  };
}

/* The outlines, painted tile by tile from the same file as the picture. */
function landLayer(stage, outlines) {
  const parsed = new DOMParser().parseFromString(outlines, "image/svg+xml");
  const [land, borders] = ["land", "borders"].map((id) => new Path2D(parsed.getElementById(id).getAttribute("d")));
  const sharpness = Math.max(2, Math.ceil(devicePixelRatio)); // tiles are stretched a little between zoom levels

  const Land = L.GridLayer.extend({
    createTile({ x, y, z }) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = (TILE + OVERLAP) * sharpness;
      const { fill, stroke } = getComputedStyle(stage.querySelector(".map__land"));
      const scale = sharpness * 2 ** (z - PICTURE_ZOOM);
      const context = tile.getContext("2d");
      context.setTransform(scale, 0, 0, scale, -x * TILE * sharpness, -y * TILE * sharpness);
      context.lineWidth = sharpness / scale;
      context.lineJoin = "round";
      context.fillStyle = fill;
      context.strokeStyle = stroke;
      context.fill(land);
      context.stroke(land);
      context.stroke(borders);
      return tile;
    },
  });
  const layer = new Land({ noWrap: true, bounds: [[-90, -180], [90, 180]], updateWhenZooming: false, keepBuffer: 1 });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => layer.redraw());
  return layer;
}

/* Featured cities always show; other municipalities gather in clusters that say their number. */
function placeLayers(words, cities, still) {
  const ClusterIcon = L.DivIcon.extend({
    createIcon(former) {
      const icon = L.DivIcon.prototype.createIcon.call(this, former);
      icon.setAttribute("aria-label", words.cluster.replace("{count}", this.options.html));
      return icon;
    },
  });
  const plain = L.markerClusterGroup({
    maxClusterRadius: 22,
    showCoverageOnHover: false,
    spiderLegPolylineOptions: { weight: 1.5, color: "currentColor", opacity: 0.5 },
    chunkedLoading: true,
    chunkDelay: 10,
    animate: !still,
    iconCreateFunction(cluster) {
      const count = cluster.getChildCount();
      const size = clusterSize(count);
      return new ClusterIcon({ html: String(count), className: "map-cluster", iconSize: [size, size] });
    },
  });
  const featured = L.featureGroup();
  const point = L.divIcon({ className: "map-point", iconSize: [24, 24] });
  const member = L.divIcon({ className: "map-point map-point--member", iconSize: [24, 24] });

  const markers = [];
  for (const { geometry, properties } of cities.features) {
    const [longitude, latitude] = geometry.coordinates;
    const options = { title: properties.n, place: properties, icon: properties.m ? member : point };
    if (properties.f) {
      const name = document.createElement("span");
      name.className = "map-point__name";
      name.textContent = properties.n;
      options.icon = L.divIcon({ className: "map-point map-point--featured", iconSize: [24, 24], html: name });
      options.zIndexOffset = 10000;
    }
    const marker = L.marker([latitude, longitude], options);
    if (properties.f) featured.addLayer(marker);
    else markers.push(marker);
  }
  plain.addLayers(markers);
  return { plain, featured };
}

function clusterSize(count) {
  if (count < 10) return 24;
  return count < 100 ? 28 : 34;
}

/* Names of featured cities, as many as stand free of each other. Names free of clusters come first; then those
   that cover a cluster, on a small map only a small one. The rest show on hover and focus. */
function showNames(map, { plain, featured }) {
  const update = () => {
    const names = featured.getLayers().map((marker) => {
      const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
      const name = marker.getElement().querySelector(".map-point__name");
      marker.nameWidth ??= name.offsetWidth;
      const width = marker.nameWidth;
      return {
        name,
        point: [x - 8, y - 8, x + 8, y + 8],
        sides: { end: [x + 9, y - 9, x + 9 + width, y + 9], start: [x - 9 - width, y - 9, x - 9, y + 9] },
      };
    });
    const clusters = [];
    plain._featureGroup.eachLayer((marker) => {
      if (!marker.getChildCount) return;
      const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
      const half = clusterSize(marker.getChildCount()) / 2;
      clusters.push([x - half, y - half, x + half, y + half]);
    });

    const taken = [];
    const place = (candidate, obstacles) => {
      const isFree = (side) =>
        ![...obstacles, ...taken].some((box) => overlap(candidate.sides[side], box)) &&
        !names.some((other) => other !== candidate && overlap(candidate.sides[side], other.point));
      candidate.side = ["end", "start"].find(isFree);
      if (candidate.side) taken.push(candidate.sides[candidate.side]);
    };
    for (const candidate of names) place(candidate, clusters);
    const large = map.getSize().x > SMALL_MAP ? [] : clusters.filter(([left, , right]) => right - left > clusterSize(1));
    for (const candidate of names) if (!candidate.side) place(candidate, large);
    for (const { name, side } of names) {
      name.classList.toggle("map-point__name--hidden", !side);
      name.classList.toggle("map-point__name--start", side === "start");
    }
  };
  plain.on("animationend", update);
  map.on("zoomend", update);
  update();
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function addButtons(map, words, view) {
  L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  const Reset = L.Control.extend({
    onAdd() {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const button = L.DomUtil.create("button", "map-reset", bar);
      button.type = "button";
      button.title = words.reset;
      button.setAttribute("aria-label", words.reset);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", () => map.setView(view.center, view.zoom));
      return bar;
    },
  });
  new Reset({ position: "topright" }).addTo(map);
}

/* A click, or Enter, names the municipality and leads to its page. Escape closes and returns to the point. */
function addPopups(map, layers, words) {
  let byKeyboard = false;
  const container = map.getContainer();
  container.addEventListener("keydown", (event) => {
    byKeyboard = true;
    if (event.key === "Escape") map.closePopup();
  }, { capture: true });
  container.addEventListener("pointerdown", () => { byKeyboard = false; }, { capture: true });

  for (const layer of layers) {
    layer.bindPopup((marker) => {
      const link = document.createElement("a");
      link.href = marker.options.place.s;
      link.textContent = marker.options.place.n;
      return link;
    }, { className: "map-popup", minWidth: 80, offset: [0, -2] });
  }
  map.on("popupopen", ({ popup }) => {
    popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", words.close);
    if (byKeyboard) popup.getElement().querySelector("a[href]:not(.leaflet-popup-close-button)")?.focus();
  });
  map.on("popupclose", ({ popup }) => {
    if (byKeyboard) popup._source?.getElement()?.focus();
  });
}

/* The wheel scrolls the page unless Ctrl is held or the visitor has clicked into the map; one finger scrolls it, two move the map. */
function leaveScrollingAlone(map, stage, advice) {
  const container = map.getContainer();
  let inside = false;
  container.addEventListener("click", () => { inside = true; });
  container.addEventListener("pointerleave", () => { inside = false; });
  container.addEventListener("wheel", (event) => {
    if (inside || event.ctrlKey || event.metaKey) map.scrollWheelZoom.enable();
    else map.scrollWheelZoom.disable();
  }, { capture: true, passive: true });

  if (!matchMedia("(pointer: coarse)").matches) return;
  map.dragging.disable();
  const hint = document.createElement("p");
  hint.className = "map__hint";
  hint.textContent = advice;
  hint.setAttribute("aria-hidden", "true");
  stage.append(hint);
  let hiding;
  container.addEventListener("touchmove", (event) => {
    if (event.touches.length > 1) {
      event.preventDefault();
      return;
    }
    hint.classList.add("map__hint--shown");
    clearTimeout(hiding);
    hiding = setTimeout(() => hint.classList.remove("map__hint--shown"), 900);
  }, { passive: false });
}
