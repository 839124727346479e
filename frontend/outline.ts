import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoAzimuthalEqualArea, geoGraticule, geoIdentity, geoPath, type GeoContext } from "d3-geo";
import { merge, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";
import type { GeometryCollection, Polygon, MultiPolygon, Topology } from "topojson-specification";
import type { Plugin } from "vite";

/** The sheet of every map; src/clipgraph/pages/projection.py has the same numbers. */
const width = 1000;
const height = 900;
const projection = geoAzimuthalEqualArea()
  .rotate([-12, -52])
  .scale(1600)
  .translate([520, 450])
  .precision(0.1);

/** Detail: what is smaller than this, in square units of the sheet (16 km² each), is left out. */
const detail = 0.5;
/** Coordinates are written in tenths of a unit, so that they are integers. */
const fine = 10;

type World = Topology<{ countries: GeometryCollection }>;

/** Collects the commands of a path, relative and rounded: half as long as absolute ones. */
class ShortPath implements GeoContext {
  #written: string[] = [];
  #ring: [number, number][] = [];
  #at: [number, number] = [0, 0];
  #start: [number, number] = [0, 0];

  beginPath(): void {
    this.#ring = [];
  }

  moveTo(x: number, y: number): void {
    this.#end(false);
    this.#ring = [[Math.round(x * fine), Math.round(y * fine)]];
  }

  lineTo(x: number, y: number): void {
    const next: [number, number] = [Math.round(x * fine), Math.round(y * fine)];
    const last = this.#ring.at(-1);
    if (last?.[0] !== next[0] || last[1] !== next[1]) {
      this.#ring.push(next);
    }
  }

  closePath(): void {
    this.#end(true);
  }

  arc(): void {
    throw new Error("coasts and borders have no points to draw");
  }

  toString(): string {
    this.#end(false);
    return this.#written.join("");
  }

  #end(closed: boolean): void {
    const [first, ...others] = this.#ring;
    this.#ring = [];
    // A ring of two points has no area; it is what simplifying leaves of a small island.
    if (first === undefined || others.length < (closed ? 2 : 1)) {
      return;
    }
    this.#written.push(
      `m${this.#step(first)}l${others.map((point) => this.#step(point)).join(" ")}${closed ? "z" : ""}`,
    );
    this.#start = first;
    // After closing, the next command starts from where the ring did.
    this.#at = closed ? this.#start : this.#at;
  }

  #step([x, y]: [number, number]): string {
    const [dx, dy] = [x - this.#at[0], y - this.#at[1]];
    this.#at = [x, y];
    return `${String(dx)}${dy < 0 ? "" : " "}${String(dy)}`;
  }
}

/** The world's countries with their arcs on the sheet, and no more detail than it can show. */
function countries(): World {
  const path = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const world = JSON.parse(readFileSync(path, "utf8")) as World;
  const { transform } = world;
  if (transform === undefined) {
    throw new Error(`${path} is not quantized, as it used to be`);
  }
  const { scale, translate } = transform;
  world.arcs = world.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx = 0, dy = 0]) => {
      [x, y] = [x + dx, y + dy];
      return projection([x * scale[0] + translate[0], y * scale[1] + translate[1]]) ?? [0, 0];
    });
  });
  delete world.transform;
  delete world.bbox;
  return simplify(presimplify(world), detail);
}

function drawn(shape: Parameters<ReturnType<typeof geoPath>>[0]): string {
  // A little beyond the sheet, so that no coast is drawn along its edge.
  const clip = geoIdentity().clipExtent([
    [-20, -20],
    [width + 20, height + 20],
  ]);
  const path = new ShortPath();
  geoPath(clip, path)(shape);
  return path.toString();
}

/** The drawing: Natural Earth's countries (world-atlas, ISC; the data are in the public domain). */
function outline(): string {
  const world = countries();
  const all = world.objects.countries;
  const land = merge(world, all.geometries as (Polygon | MultiPolygon)[]);
  const borders = mesh(world, all, (one, other) => one !== other);
  const lines = new ShortPath();
  geoPath(
    projection.clipExtent([
      [-20, -20],
      [width + 20, height + 20],
    ]),
    lines,
  )(geoGraticule().step([10, 10])());
  const paths = Object.entries({ graticule: lines.toString(), land: drawn(land), borders: drawn(borders) });
  const parts = paths.map(
    ([id, d]) =>
      `<path id="${id}" vector-effect="non-scaling-stroke" transform="scale(${String(1 / fine)})" d="${d}"/>`,
  );
  const box = `0 0 ${String(width)} ${String(height)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><title>Natural Earth</title>${parts.join("\n")}</svg>\n`;
}

/** Writes the coasts and borders of Europe beside the islands, as europe-HASH.svg. */
export function europe(): Plugin {
  return {
    name: "europe",
    buildStart() {
      this.emitFile({ type: "asset", name: "europe.svg", originalFileName: "europe.svg", source: outline() });
    },
  };
}
