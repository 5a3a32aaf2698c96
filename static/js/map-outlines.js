/* The outlines of countries and coasts as a layer of Leaflet, painted tile by tile from the file that the pictures
   of the server show, too. */

export const PICTURE_ZOOM = 7; // the coordinates of the outlines and of the pictures are pixels of this zoom level

const TILE = 256;
const OVERLAP = 1; // of neighbouring tiles, so that no seam shows between zoom levels; map-live.css has the size of both

/* A layer of the outlines in `text`, the SVG; `colours()` gives { land, coast } whenever a tile is painted. */
export function outlinesLayer(text, colours, options = {}) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const [land, borders] = ["land", "borders"].map((id) => partsOf(parsed.getElementById(id).getAttribute("d")));
  const sharpness = Math.max(2, Math.ceil(devicePixelRatio)); // tiles are stretched a little between zoom levels

  const Outlines = L.GridLayer.extend({
    createTile({ x, y, z }) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = (TILE + OVERLAP) * sharpness;
      const scale = sharpness * 2 ** (z - PICTURE_ZOOM);
      const side = (TILE + OVERLAP) * sharpness / scale;
      const [left, top] = [x, y].map((place) => place * TILE * sharpness / scale);
      const box = [left, top, left + side, top + side];
      const { land: fill, coast } = colours();
      const pen = tile.getContext("2d");
      pen.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
      pen.lineWidth = sharpness / scale;
      pen.lineJoin = "round";
      pen.fillStyle = fill;
      pen.strokeStyle = coast;
      const shape = within(land, box);
      pen.fill(shape);
      pen.stroke(shape);
      pen.stroke(within(borders, box));
      return tile;
    },
  });
  return new Outlines({ noWrap: true, bounds: [[-90, -180], [90, 180]], ...options });
}

/* The closed lines that a path consists of, each with the box around it, so that a tile paints only what it shows. */
function partsOf(path) {
  return path.split("M").slice(1).map((part) => {
    let [x, y] = [0, 0];
    let box = null;
    const numbers = part.match(/-?\d+/g).map(Number);
    for (let place = 0; place + 1 < numbers.length; place += 2) {
      [x, y] = [x + numbers[place], y + numbers[place + 1]];
      box ??= [x, y, x, y];
      box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    }
    return { box, path: new Path2D(`M${part}`) };
  });
}

/* Land and its lakes are drawn together: which is which, the direction of their lines says. */
function within(parts, [left, top, right, bottom]) {
  const shape = new Path2D();
  for (const { box, path } of parts) {
    if (box[0] <= right && box[2] >= left && box[1] <= bottom && box[3] >= top) shape.addPath(path);
  }
  return shape;
}
