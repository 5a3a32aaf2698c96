/* Moving and zooming. While it moves, the picture is shifted and stretched as it is, which costs nothing; when it rests,
   it is drawn anew in its size. */

const MOST = 12; // times as large as the whole graph in the stage
const NEAREST = 4; // times, when a choice is shown
const AROUND = 90; // units around a choice
const STEP = 1.6; // of a button or key
const KEY = 80; // pixels that an arrow moves
const REST = 160; // milliseconds without a change until it is drawn anew
const SLACK = 5; // pixels that a finger may slip and still tap

export function startMoving(live) {
  const { figure, stage, picture } = live;
  const [left, top, width, height] = figure.dataset.view.split(" ").map(Number);
  let whole; // pixels of a unit when the whole graph shows
  let drawn; // pixels of a unit as it is drawn
  let view = { x: 0, y: 0, scale: 1 }; // where the picture lies, in pixels of the stage, and pixels of a unit
  let shrink = 1;
  let timer;
  let moved = 0;

  function measure() {
    const box = stage.getBoundingClientRect();
    whole = Math.min(box.width / width, box.height / height);
    return box;
  }

  function home() {
    const box = measure();
    return { scale: whole, x: (box.width - width * whole) / 2, y: (box.height - height * whole) / 2 };
  }

  /* The picture never leaves the stage altogether. */
  function kept({ x, y, scale }) {
    const box = stage.getBoundingClientRect();
    const clamp = (at, size, room) => Math.min(Math.max(at, Math.min(room / 2 - size, room - size)), Math.max(room / 2, 0));
    return { scale, x: clamp(x, width * scale, box.width), y: clamp(y, height * scale, box.height) };
  }

  function place(next) {
    view = kept(next);
    picture.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale / drawn})`;
    live.fog?.(view);
    figure.classList.toggle("graph--zoomed", view.scale > whole * 1.01);
    clearTimeout(timer);
    if (view.scale !== drawn) timer = setTimeout(draw, REST);
    else timer = setTimeout(live.settled, REST);
  }

  function draw() {
    drawn = view.scale;
    picture.style.inlineSize = `${width * drawn}px`;
    picture.style.blockSize = `${height * drawn}px`;
    // Dots grow more slowly than the picture, so that they part.
    shrink = Math.min(1, (whole / drawn) ** 0.55);
    picture.style.setProperty("--shrink", shrink);
    picture.style.transform = `translate(${view.x}px, ${view.y}px)`;
    live.fog?.(view);
    live.settled();
  }

  function zoom(factor, x, y) {
    const box = stage.getBoundingClientRect();
    const [middleX, middleY] = x === undefined ? [box.width / 2, box.height / 2] : [x - box.left, y - box.top];
    const scale = Math.min(Math.max(view.scale * factor, whole), whole * MOST);
    if (scale === whole) return place(home());
    const ratio = scale / view.scale;
    return place({ scale, x: middleX - (middleX - view.x) * ratio, y: middleY - (middleY - view.y) * ratio });
  }

  function pan(x, y) {
    place({ ...view, x: view.x + x, y: view.y + y });
  }

  Object.assign(live, {
    zoom,
    pan,
    view: () => view,
    scale: () => view.scale,
    dot: (node) => node.radius * view.scale * shrink, // pixels from its middle
    reset: () => { place(home()); draw(); },
    hasMoved: () => moved > SLACK,
    at(x, y) {
      const box = stage.getBoundingClientRect();
      return { x: left + (x - box.left - view.x) / view.scale, y: top + (y - box.top - view.y) / view.scale };
    },
    spot: (node) => ({ x: (node.x - left) * view.scale + view.x, y: (node.y - top) * view.scale + view.y }),
    share: (node) => ({ x: `${(100 * (node.x - left)) / width}%`, y: `${(100 * (node.y - top)) / height}%` }),
    /* The part of the graph in which these nodes lie. */
    show(nodes) {
      const box = measure();
      const xs = nodes.map((node) => node.x - left);
      const ys = nodes.map((node) => node.y - top);
      const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const covered = getComputedStyle(live.card).position === "absolute" && !live.card.hidden ? live.card.offsetWidth : 0;
      const room = box.width - covered;
      const fit = Math.min(room / (east - west + AROUND), box.height / (south - north + AROUND));
      const scale = Math.min(Math.max(fit, whole), whole * NEAREST);
      place({
        scale,
        x: covered + room / 2 - ((west + east) / 2) * scale,
        y: box.height / 2 - ((north + south) / 2) * scale,
      });
      draw();
    },
  });

  drawn = measure() && whole;
  view = home();
  draw();
  startPointers(live, (distance) => { moved = distance; });
  startKeys(live);
  stage.addEventListener("wheel", (event) => {
    // Two fingers on a pad scroll the page; pinching, or the wheel with Ctrl, zooms, and so does any wheel once inside.
    if (!event.ctrlKey && document.activeElement !== stage) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX, event.clientY);
  }, { passive: false });
  for (const [name, act] of [["in", () => zoom(STEP)], ["out", () => zoom(1 / STEP)], ["reset", live.reset]]) {
    figure.querySelector(`[data-do=${name}]`).addEventListener("click", act);
  }
  let size = `${stage.clientWidth} ${stage.clientHeight}`;
  new ResizeObserver(() => {
    const now = `${stage.clientWidth} ${stage.clientHeight}`;
    if (now === size || !stage.clientWidth) return;
    size = now;
    live.reset();
  }).observe(stage);
}

/* One pointer moves, two zoom. On a phone one finger scrolls the page until the graph is zoomed into. */
function startPointers(live, report) {
  const { stage } = live;
  const pointers = new Map();
  let travelled = 0;

  stage.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("button")) return;
    if (!pointers.size) report(travelled = 0);
    pointers.set(event.pointerId, event);
  });
  stage.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    pointers.set(event.pointerId, event);
    const [x, y] = [event.clientX - before.clientX, event.clientY - before.clientY];
    report(travelled += Math.hypot(x, y));
    if (pointers.size === 1) {
      if (travelled > SLACK) {
        // Only now, so that a click still reaches the node under it.
        if (!stage.hasPointerCapture(event.pointerId)) stage.setPointerCapture(event.pointerId);
        live.pan(x, y);
      }
      return;
    }
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = [(event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2];
    live.zoom(apart(event) / Math.max(apart(before), 1), ...middle);
    live.pan(x / 2, y / 2);
  });
  for (const type of ["pointerup", "pointercancel"]) {
    stage.addEventListener(type, ({ pointerId }) => pointers.delete(pointerId));
  }
  stage.addEventListener("dragstart", (event) => event.preventDefault());
}

function startKeys(live) {
  const { stage, figure } = live;
  stage.tabIndex = 0;
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", figure.getAttribute("aria-label"));
  const steps = {
    ArrowLeft: () => live.pan(KEY, 0), ArrowRight: () => live.pan(-KEY, 0),
    ArrowUp: () => live.pan(0, KEY), ArrowDown: () => live.pan(0, -KEY),
    "+": () => live.zoom(STEP), "=": () => live.zoom(STEP), "-": () => live.zoom(1 / STEP), 0: live.reset,
  };
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || event.ctrlKey || event.metaKey || event.altKey || !(event.key in steps)) return;
    event.preventDefault();
    steps[event.key]();
  });
}
