/* Draws static/map/land.svg from Natural Earth (public domain). Needed only to change the outlines; the result is kept in the repository.

   npm install --no-save world-atlas@2.0.2 topojson-client@3.1.0 topojson-simplify@3.0.3
   node scripts/build_map.mjs

   Coordinates are the pixels of a Web Mercator world 32,768 wide: Leaflet's zoom 7. Europe and the Mediterranean keep their detail,
   the rest of the world is simplified more. */

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { merge, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const WORLD = 32768;
const DETAILED = { west: -25, south: 30, east: 42, north: 71.5 };
const SMALLEST = { detailed: 18, elsewhere: 10000 }; // triangle areas in square pixels below which a vertex goes
const SMALLEST_ISLAND = { detailed: 14, elsewhere: 6000 };
const ANTARCTICA = "010";

const project = ([longitude, latitude]) => {
  const sine = Math.sin((Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180);
  return [(longitude / 360 + 0.5) * WORLD, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD];
};

const [left, top] = project([DETAILED.west, DETAILED.north]);
const [right, bottom] = project([DETAILED.east, DETAILED.south]);
const isDetailed = ([x, y]) => x > left && x < right && y > top && y < bottom;

const area = ([a, b, c]) => Math.abs((a[0] - c[0]) * (b[1] - a[1]) - (a[0] - b[0]) * (c[1] - a[1])) / 2;
const weight = (triangle) => area(triangle) / (isDetailed(triangle[1]) ? SMALLEST.detailed : SMALLEST.elsewhere);

/* Topology with its arcs projected, so that neighbours still share their border after simplifying. */
function projected(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => project([(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]));
  });
  return { type: "Topology", objects: topology.objects, arcs };
}

const ringArea = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - y * ring[(i + 1) % ring.length][0], 0)) / 2;
const isLargeEnough = (ring) => ringArea(ring) >= (isDetailed(ring[0]) ? SMALLEST_ISLAND.detailed : SMALLEST_ISLAND.elsewhere);

/* A ring that crosses the antimeridian goes on beyond the edge of the world, and comes once more a world further on. */
function unwrapped(ring) {
  let shift = 0;
  const whole = ring.map(([x, y], i) => {
    if (i && Math.abs(x - ring[i - 1][0]) > WORLD / 2) shift += x < ring[i - 1][0] ? WORLD : -WORLD;
    return [x + shift, y];
  });
  if (whole.some(([x]) => x > WORLD + 1)) return [whole, whole.map(([x, y]) => [x - WORLD, y])];
  if (whole.some(([x]) => x < -1)) return [whole, whole.map(([x, y]) => [x + WORLD, y])];
  return [whole];
}

/* One line as relative integer commands, without points that rounding made equal. */
function command(line, close) {
  const points = line.map(([x, y]) => [Math.round(x), Math.round(y)]);
  let [x, y] = points[0];
  let path = `M${x} ${y}l`;
  let length = 0;
  for (const [nextX, nextY] of close ? points.slice(1, -1) : points.slice(1)) {
    if (nextX === x && nextY === y) continue;
    const [dx, dy] = [nextX - x, nextY - y];
    path += `${length++ && dx >= 0 ? " " : ""}${dx}${dy >= 0 ? " " : ""}${dy}`;
    [x, y] = [nextX, nextY];
  }
  if (length < (close ? 2 : 1)) return "";
  return path + (close ? "z" : "");
}

const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-10m.json")));
atlas.objects.countries.geometries = atlas.objects.countries.geometries.filter((country) => country.id !== ANTARCTICA);
const topology = simplify(presimplify(projected(atlas), weight), 1);
const countries = topology.objects.countries;

const polygons = merge(topology, countries.geometries).coordinates.map((rings) => rings.filter(isLargeEnough)).filter((rings) => rings.length);
const land = polygons.flat().flatMap(unwrapped).map((ring) => command(ring, true)).join("");
const borders = mesh(topology, countries, (one, other) => one !== other)
  .coordinates.filter((line) => line.every(([x], i) => !i || Math.abs(x - line[i - 1][0]) < WORLD / 2))
  .map((line) => command(line, false))
  .join("");

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WORLD} ${WORLD}">
<path id="land" vector-effect="non-scaling-stroke" d="${land}"/>
<path id="borders" vector-effect="non-scaling-stroke" d="${borders}"/>
</svg>
`;
writeFileSync(new URL("../static/map/land.svg", import.meta.url), svg);
console.log(`static/map/land.svg: ${polygons.length} pieces of land, ${svg.length} bytes, ${gzipSync(svg, { level: 9 }).length} compressed`);
