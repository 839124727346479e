/** Points of an answer on the sheet that all maps here use, or on a plain grid where they lie beyond it. */

import type { Row, Table } from "./answers";
import { html, svg } from "./elements";
import { say, type Settings } from "./settings";
import { hrefOf, textOf } from "./terms";

export interface Point {
  longitude: number;
  latitude: number;
  row: Row;
}

const POINT = /^\s*(?:<[^>]*>\s*)?POINT\s*Z?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)/i;
const LATITUDE = /^lat(itude)?$/i;
const LONGITUDE = /^(lon|long|lng|longitude)$/i;
/** The sheet of src/clipgraph/pages/projection.py: Lambert azimuthal equal-area around 12° E, 52° N. */
const SHEET = { width: 1000, height: 900, longitude: 12, latitude: 52, scale: 1600, x: 520, y: 450 };
const LABELLED = 60;

/** Return the points of a table: WKT points in any column, else columns named for latitude and longitude. */
export function pointsOf(table: Table): Point[] {
  const latitude = table.columns.find((column) => LATITUDE.test(column));
  const longitude = table.columns.find((column) => LONGITUDE.test(column));
  const points: Point[] = [];
  for (const row of table.rows) {
    const wkt = table.columns.map((column) => POINT.exec(row[column]?.value ?? "")).find(Boolean);
    const [east, north] = wkt
      ? [Number(wkt[1]), Number(wkt[2])]
      : [Number(row[longitude ?? ""]?.value), Number(row[latitude ?? ""]?.value)];
    if (Math.abs(east) <= 180 && Math.abs(north) <= 90) {
      points.push({ longitude: east, latitude: north, row });
    }
  }
  return points;
}

/** Return a map of a table's points. */
export function drawMap(table: Table, settings: Settings): HTMLElement {
  const points = pointsOf(table);
  const onSheet = points.every((point) => within(project(point)));
  const place = onSheet ? project : plain;
  const { width, height } = onSheet ? SHEET : { width: 1080, height: 540 };
  const ground = onSheet ? europe(settings) : [grid()];
  const marks = points.map((point) => mark(point, place(point), table, settings, points.length <= LABELLED));
  const title = say(settings, "map-of", points.length);
  const missing = table.rows.length - points.length;
  const caption = missing > 0 ? `${title} ${say(settings, "not-shown", missing)}` : title;
  const sea = svg("rect", { class: "sea", width, height });
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": title },
    sea,
    ...ground,
    ...marks,
  );
  return html("figure", { class: "map" }, picture, html("figcaption", {}, caption));
}

function mark(
  point: Point,
  [x, y]: [number, number],
  table: Table,
  settings: Settings,
  labelled: boolean,
): SVGElement {
  const terms = table.columns.map((column) => point.row[column]).filter((term) => term !== undefined);
  const name = terms.find(
    (term) => term.type === "literal" && !POINT.test(term.value) && Number.isNaN(Number(term.value)),
  );
  const iri = terms.find((term) => term.type === "uri" && hrefOf(settings, term.value));
  const text = textOf(settings, name ?? iri) || `${point.latitude}, ${point.longitude}`;
  const parts = [
    svg("circle", { class: "mark", cx: x, cy: y, r: 6 }),
    ...(labelled ? [svg("text", { x: x + 9, y: y + 5 }, text)] : []),
    svg("title", {}, text),
  ];
  return iri
    ? svg("a", { href: hrefOf(settings, iri.value) }, ...parts)
    : svg("g", { role: "img", "aria-label": text }, ...parts);
}

function within([x, y]: [number, number]): boolean {
  return x >= 0 && x <= SHEET.width && y >= 0 && y <= SHEET.height;
}

function project({ longitude, latitude }: Point): [number, number] {
  const turn = ((longitude - SHEET.longitude) * Math.PI) / 180;
  const [height, centre] = [(latitude * Math.PI) / 180, (SHEET.latitude * Math.PI) / 180];
  const x = Math.cos(height) * Math.sin(turn);
  const y = Math.cos(centre) * Math.sin(height) - Math.sin(centre) * Math.cos(height) * Math.cos(turn);
  const nearness =
    1 + Math.sin(centre) * Math.sin(height) + Math.cos(centre) * Math.cos(height) * Math.cos(turn);
  const stretch = SHEET.scale * Math.sqrt(2 / Math.max(nearness, 1e-9));
  return [SHEET.x + stretch * x, SHEET.y - stretch * y];
}

/** Degrees as they are: three units each. */
function plain({ longitude, latitude }: Point): [number, number] {
  return [(longitude + 180) * 3, (90 - latitude) * 3];
}

function europe(settings: Settings): SVGElement[] {
  const parts = settings.outline ? ["graticule", "land", "borders"] : [];
  return parts.map((part) => svg("use", { href: `${settings.outline}#${part}`, class: part }));
}

function grid(): SVGElement {
  const meridians = Array.from({ length: 11 }, (_, at) => `M${(at + 1) * 90},0V540`);
  const parallels = Array.from({ length: 5 }, (_, at) => `M0,${(at + 1) * 90}H1080`);
  return svg("path", { class: "graticule", d: [...meridians, ...parallels].join("") });
}
