/* Scrolling the page is never trapped: the wheel scrolls it unless Ctrl is held or the visitor has clicked into the map;
   one finger scrolls it, two move the map. Where the map fills the window there is nothing to scroll. */

const HINT = 1200; // milliseconds

export function addGestures(live) {
  const { figure, container, map } = live;
  const hint = live.part("fingers");
  const fills = () => figure.classList.contains("map--large");
  let inside = false;
  let hiding;

  container.addEventListener("click", () => { inside = true; });
  container.addEventListener("pointerleave", () => { inside = false; });
  container.addEventListener("wheel", (event) => {
    if (inside || fills() || event.ctrlKey || event.metaKey) map.scrollWheelZoom.enable();
    else map.scrollWheelZoom.disable();
  }, { capture: true, passive: true });

  container.addEventListener("touchstart", ({ touches }) => {
    if (touches.length === 1 && !fills()) map.dragging.disable();
    else map.dragging.enable();
  }, { capture: true, passive: true });
  container.addEventListener("pointerdown", ({ pointerType }) => {
    if (pointerType === "mouse") map.dragging.enable();
  }, { capture: true });
  container.addEventListener("touchmove", (event) => {
    if (event.touches.length > 1) {
      event.preventDefault();
      hint.classList.remove("map__hint--shown");
      return;
    }
    if (fills()) return;
    hint.classList.add("map__hint--shown");
    clearTimeout(hiding);
    hiding = setTimeout(() => hint.classList.remove("map__hint--shown"), HINT);
  }, { passive: false });
}
