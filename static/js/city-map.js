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
    await startMap(figure, cities, outlines);
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
