/* Which places of a map stand alone, which of them have room for their name, and which gather in a number.
   Nothing here knows Leaflet; all lengths are pixels of one zoom level. */

const WORLD = 256; // pixels of zoom level 0
const REACH = 32; // places nearer than this gather
const SPARSE = [150, 96]; // at most one name of a place that is not featured in a field of this size
const LINE = 17; // the height of a name
const GAP = 10; // from the middle of a point to its name
const RINGS = [10, 16, 22, 28, 34, 40, 46]; // how far from its place a number may stand
const DIRECTIONS = Array.from({ length: 12 }, (_, turn) => (turn * Math.PI) / 6);
const FEATURED = 9; // from the middle of a featured point to its edge
const FAR_FEATURED = 6; // the same on a map of half a continent on a phone, where they are smaller
const POINT = 5;
const MARKED = 8; // the same with the marks of networks
const NEARBY = 56; // numbers that join at most are so far apart

/* Whether a zoom level shows half a continent in the space of a phone. */
export function isFar(zoom) {
  return zoom < 3.5;
}

/* Places by where they lie: [{ x, y, latitude, longitude, places }], x and y from 0 to 1, the largest place first.
   Places that nobody could tell apart on any map share a spot. */
export function spotsOf(places) {
  const spots = new Map();
  for (const place of places) {
    const key = `${place.latitude.toFixed(3)} ${place.longitude.toFixed(3)}`;
    if (!spots.has(key)) spots.set(key, { ...square(place), places: [] });
    spots.get(key).places.push(place);
  }
  return [...spots.values()].sort((one, other) => isFeatured(other) - isFeatured(one));
}

function square({ latitude, longitude }) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return { latitude, longitude, x: longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}

/* What a zoom level shows of the spots: [{ x, y, latitude, longitude, places, side, half }]. `side` is where the name
   stands ("end", "start", or "" where it has no room), `half` the half width of a number.
   `widthOf(name)` is how wide a name is. */
export function arrange(spots, zoom, widthOf) {
  const scale = WORLD * 2 ** zoom;
  const items = spots.map((spot) => ({ ...spot, x: spot.x * scale, y: spot.y * scale, side: "", half: pointOf(spot) }));
  const [points, names] = [new Boxes(), new Boxes()];
  const shown = [];
  const rest = [];

  for (const item of items) {
    if (!isFeatured(item)) continue;
    item.half = item.places.length > 1 ? halfOf(item) : isMarked(item) ? MARKED : isFar(zoom) ? FAR_FEATURED : FEATURED;
    points.add(boxOf(item), item);
    shown.push(item);
  }
  const cells = new Set();
  for (const item of items) {
    const cell = `${Math.floor(item.x / SPARSE[0])} ${Math.floor(item.y / SPARSE[1])}`;
    const featured = isFeatured(item);
    const alone = item.places.length === 1;
    if (alone && (featured || (!cells.has(cell) && !points.hits(boxOf(item, REACH / 2)).length))) {
      nameIt(item, [points, names], widthOf);
    }
    if (featured) continue;
    if (item.side) {
      cells.add(cell);
      points.add(boxOf(item), item);
      shown.push(item);
    } else rest.push(item);
  }

  const gathered = gather(rest);
  for (const item of gathered) if (item.places.length === 1) points.add(boxOf(item), item);
  for (const item of shown) makeWay(item, points, names, widthOf);
  const numbers = [];
  for (const item of gathered.filter(({ places }) => places.length > 1).sort(largerFirst)) {
    const near = numbers.filter((other) => between(item, other) < NEARBY);
    if (settle(item, points, names, !near.length)) numbers.push(item);
    else join(item, near);
  }
  shown.push(...gathered.filter(({ places }) => places.length === 1), ...numbers);
  for (const item of gathered) if (item.places.length === 1) nameIt(item, [points, names], widthOf);
  return shown;
}

/* Whether it keeps its point and its name: the place that the page is about does, too. */
function isFeatured(item) {
  return item.places.some((place) => place.kind !== "municipality");
}

function isMarked({ places }) {
  return places[0].marks.length > 0 || places[0].seat;
}

function pointOf(item) {
  return isMarked(item) ? MARKED : POINT;
}

function boxOf(item, half = item.half) {
  return [item.x - half, item.y - half, item.x + half, item.y + half];
}

function nameIt(item, taken, widthOf) {
  const width = widthOf(item.places[0].name);
  const { x, y } = item;
  const boxes = {
    end: [x + GAP, y - LINE / 2, x + GAP + width, y + LINE / 2],
    start: [x - GAP - width, y - LINE / 2, x - GAP, y + LINE / 2],
  };
  const isFree = (side) => taken.every((them) => them.hits(boxes[side]).every((other) => other === item));
  item.side = ["end", "start"].find(isFree) || "";
  if (item.side) taken[1].add(boxes[item.side], item);
}

/* A name that crosses a point goes to the other side; where there is no room either, only featured cities keep theirs. */
function makeWay(item, points, names, widthOf) {
  if (!item.side || !points.hits(names.boxes.get(item)).some((other) => other !== item)) return;
  const { side } = item;
  const box = names.boxes.get(item);
  names.remove(item);
  nameIt(item, [points, names], widthOf);
  if (item.side || !isFeatured(item)) return;
  item.side = side;
  names.add(box, item);
}

/* Places near a larger one gather there. */
function gather(items) {
  const cells = new Map();
  const keyOf = (column, row) => column * 1e6 + row;
  const cellOf = ({ x, y }) => [Math.floor(x / REACH), Math.floor(y / REACH)];
  for (const item of items) {
    const key = keyOf(...cellOf(item));
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(item);
  }
  const taken = new Set();
  const groups = [];
  for (const item of items) {
    if (taken.has(item)) continue;
    const [column, row] = cellOf(item);
    const near = [];
    for (const beside of [-1, 0, 1]) {
      for (const below of [-1, 0, 1]) {
        for (const other of cells.get(keyOf(column + beside, row + below)) || []) {
          if (!taken.has(other) && between(item, other) < REACH) near.push(other);
        }
      }
    }
    for (const other of near) taken.add(other);
    const spots = [item, ...near.filter((other) => other !== item)];
    const group = { ...item, spots, places: spots.flatMap((spot) => spot.places) };
    group.half = group.places.length > 1 ? halfOf(group) : pointOf(group);
    groups.push(group);
  }
  return groups;
}

export function halfOf({ places }) {
  if (places.length < 10) return 12;
  if (places.length < 100) return 14;
  return places.length < 1000 ? 17 : 20;
}

function largerFirst(one, other) {
  return other.places.length - one.places.length;
}

function between(one, other) {
  return Math.hypot(other.x - one.x, other.y - one.y);
}

/* A number that found no room becomes part of the nearest one. */
function join(item, numbers) {
  const [nearest] = numbers.sort((one, other) => between(item, one) - between(item, other));
  nearest.places = [...nearest.places, ...item.places];
  nearest.half = halfOf(nearest);
}

/* A number stands where one of its places lies or close by, free of names and points; false where there is no room.
   A name that leaves it none is not shown. A number that is alone stands in any case. */
function settle(item, points, names, isAlone) {
  const home = { x: item.x, y: item.y };
  const around = RINGS.flatMap((far) =>
    DIRECTIONS.map((angle) => ({ x: home.x + far * Math.cos(angle), y: home.y + far * Math.sin(angle) })));
  const ways = [...item.spots.slice(0, 12), ...around];
  const isFree = (...taken) => (place) => taken.every((them) => !them.hits(boxOf(place, item.half + 1)).length);
  const way = ways.find(isFree(points, names)) || ways.find(isFree(points)) || (isAlone && home);
  if (!way) return false;
  Object.assign(item, { x: way.x, y: way.y });
  const box = boxOf(item, item.half + 1);
  for (const named of names.hits(box)) {
    named.side = "";
    names.remove(named);
  }
  points.add(box, item);
  return true;
}

/* Boxes on a plane, each of somebody, found by place. */
class Boxes {
  static CELL = 64;

  constructor() {
    this.cells = new Map();
    this.boxes = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let column = Math.floor(left / Boxes.CELL); column <= right / Boxes.CELL; column += 1) {
      for (let row = Math.floor(top / Boxes.CELL); row <= bottom / Boxes.CELL; row += 1) yield column * 1e6 + row;
    }
  }

  add(box, owner) {
    this.boxes.set(owner, box);
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, new Set());
      this.cells.get(key).add(owner);
    }
  }

  remove(owner) {
    for (const key of this.keys(this.boxes.get(owner))) this.cells.get(key).delete(owner);
    this.boxes.delete(owner);
  }

  /* Whose boxes cross this one. */
  hits(box) {
    const found = new Set();
    for (const key of this.keys(box)) {
      for (const owner of this.cells.get(key) || []) {
        const other = this.boxes.get(owner);
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) found.add(owner);
      }
    }
    return [...found];
  }
}
