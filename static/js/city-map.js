/* The live map takes the place of the picture that the server drew, in the same view, when the picture comes near the
   window. If anything it needs does not arrive, the picture stays. */

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

/* When the list is refined in place, the map shows the same: the picture that the server drew for it, and its points. */
document.addEventListener("listing:changed", ({ detail: { query, page } }) => {
  for (const figure of document.querySelectorAll("[data-city-map]")) {
    const list = figure.dataset.cityMap.split("?")[0];
    figure.dataset.cityMap = query ? `${list}?${query.replace(/^\?/, "")}` : list;
    takeOver(figure, page?.querySelector(".map"));
  }
});

/* The picture is what will be printed, and what is shown before the live map is ready or if the points do not arrive. */
function takeOver(figure, fresh) {
  if (!fresh) return;
  for (const name of ["aria-label", "data-view"]) figure.setAttribute(name, fresh.getAttribute(name));
  for (const part of [".map__picture", ".map__legend"]) {
    figure.querySelector(part).replaceWith(document.adoptNode(fresh.querySelector(part)));
  }
}

async function start(figure) {
  const { cityMap, land, script, style } = figure.dataset;
  try {
    const [{ startMap }, cities, outlines] = await Promise.all([
      import("./map-live.js"),
      fetched(cityMap).then((response) => response.json()),
      fetched(land).then((response) => response.text()),
      element("script", { src: script }),
      element("link", { rel: "stylesheet", href: style }),
    ]);
    const live = await startMap(figure, cities, outlines);
    if (figure.dataset.cityMap !== cityMap) live.follow(); // the list was refined meanwhile
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
    const made = Object.assign(document.createElement(name), attributes);
    made.addEventListener("load", resolve);
    made.addEventListener("error", reject);
    document.head.append(made);
  });
}
