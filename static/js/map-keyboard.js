/* The map for the keyboard: one stop before it; Enter goes in; inside, the arrow keys move the map, plus and minus zoom,
   Tab steps through the points in view, Escape leaves. Until then no point is a stop, and screen readers hear none. */

const STEP = 90; // pixels that an arrow key moves the map
const BAND = 48; // points in a strip of this height are read from side to side
const POINT = 12; // half of what a point needs to be seen whole
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ZOOMS = { "+": 1, "=": 1, "-": -1, "_": -1 };

export function addKeyboard(live) {
  const { figure, stage, container, map, places, still } = live;
  const enter = live.part("enter");
  const pane = places.pane;
  let inside = false;
  pane.ariaHidden = "true";

  live.keyboard = { focus, focusPlace };
  enter.addEventListener("click", () => {
    goIn();
    container.focus();
  });
  stage.addEventListener("keydown", onKey);
  stage.addEventListener("focusin", ({ target }) => {
    if (pane.contains(target)) goIn();
    else if (!container.contains(target)) goOut();
  });
  stage.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !stage.contains(relatedTarget)) goOut();
  });
  // A point that had the focus and is out of view now, hidden or gathered, hands it to the map.
  places.on("drawn", ({ lost }) => {
    const item = pane.contains(document.activeElement) && places.itemOf(document.activeElement);
    if (inside && (lost || (item && !isInView(item)))) container.focus();
  });

  function goIn() {
    inside = true;
    figure.classList.add("map--entered");
    pane.ariaHidden = null;
    container.tabIndex = -1;
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", figure.getAttribute("aria-label"));
    container.setAttribute("aria-describedby", live.part("keys").id);
  }

  function goOut() {
    if (!inside) return;
    inside = false;
    figure.classList.remove("map--entered");
    pane.ariaHidden = "true";
    for (const name of ["role", "aria-label", "aria-describedby", "tabindex"]) container.removeAttribute(name);
  }

  function onKey(event) {
    const { target, key } = event;
    const here = target === enter || container.contains(target);
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    // At once: a step would cut short the animation of the one before.
    if (ARROWS[key]) map.panBy(ARROWS[key].map((way) => way * STEP), { animate: false });
    else if (ZOOMS[key]) map.setZoom(map.getZoom() + ZOOMS[key], { animate: !still });
    else if (key === "Escape" && inside) stepOut();
    else if (key === "Escape" && live.card.isOpen()) live.card.close();
    else if (key !== "Tab" || !inside || !step(target, event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /* Escape closes what is open, the last first; then it leads back to the stop before the map. */
  function stepOut() {
    if (live.card.isOpen()) {
      const item = live.card.item();
      live.card.close();
      focus(item);
      return;
    }
    const gathered = places.gatherAgain();
    if (gathered) focus(gathered);
    else enter.focus();
  }

  /* From a point, or the card that belongs to it, to the next; false where Tab shall leave the map. */
  function step(from, back) {
    const { card } = live;
    if (card.contains(from)) {
      const stops = [...from.closest(".map-card").querySelectorAll("a, button:not([hidden])")];
      if (from !== stops.at(back ? 0 : -1)) return false;
      if (back) {
        focus(card.item());
        return true;
      }
    }
    const items = inOrder();
    const at = items.indexOf(card.contains(from) ? card.item() : places.itemOf(from));
    const next = back ? at - 1 : at + 1;
    if (card.isOpen() && !back && !card.contains(from) && items[at] === card.item()) {
      card.focus();
      return true;
    }
    if (back && at <= 0) {
      if (from === container) enter.focus();
      else container.focus();
      return true;
    }
    if (!items[next]) return false;
    focus(items[next]);
    return true;
  }

  /* The points in view as one reads: strip by strip, each from its start. A spread belongs behind its number. */
  function inOrder() {
    const way = document.documentElement.dir === "rtl" ? -1 : 1;
    const strip = ({ y }) => Math.floor(y / BAND);
    const items = [...places.elements.keys()].filter((item) => item.places.length && !item.spread && isInView(item));
    items.sort((one, other) => strip(one) - strip(other) || way * (one.x - other.x));
    const { spread } = places;
    if (spread) items.splice(items.indexOf(spread.item) + 1, 0, ...spread.items.filter((item) => item.spread && isInView(item)));
    return items;
  }

  /* Whether a point is whole within the window of the map and under nothing that lies on it. */
  function isInView(item) {
    const { x, y } = map.getPixelBounds().min;
    const frame = container.getBoundingClientRect();
    const [left, top] = [frame.left + item.x - x, frame.top + item.y - y];
    const covers = (box) =>
      left + POINT > box.left && left - POINT < box.right && top + POINT > box.top && top - POINT < box.bottom;
    const whole = left - POINT >= frame.left && left + POINT <= frame.right && top - POINT >= frame.top && top + POINT <= frame.bottom;
    return whole && ![...figure.querySelectorAll("[data-covers]")].some((part) => covers(part.getBoundingClientRect()));
  }

  function focus(item) {
    goIn();
    const element = places.elements.get(item);
    if (element) element.focus();
    else container.focus();
  }

  function focusPlace(place) {
    const item = inOrder().find(({ places: ones }) => ones.includes(place));
    focus(item);
  }
}
