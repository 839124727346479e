/** Statements as a picture: things as dots, what is said between them as lines. */

import type { Graph, Row, Table, Term } from "./answers";
import { html, svg } from "./elements";
import { say, type Settings } from "./settings";
import { hrefOf, shortOf, textOf } from "./terms";

const MOST_NODES = 120;
const ROUNDS = 250;
const [WIDTH, HEIGHT, EDGE] = [1000, 700, 70];
const NAMES = /(#|\/)(label|prefLabel|title|name)$/;

interface Node {
  term: Term;
  name: string;
  x: number;
  y: number;
}

interface Link {
  from: Node;
  to: Node;
  name: string;
}

interface Net {
  nodes: Map<string, Node>;
  links: Link[];
  left: number;
}

/** Tell whether a table has two things in a row, so that a line can join them. */
export function joinsThings(table: Table): boolean {
  return table.rows.some((row) => things(row, table.columns).length > 1);
}

/** Return the picture of statements, or of the things that stand in one row of a table. */
export function drawNetwork(answer: Graph | Table, settings: Settings): HTMLElement {
  const net = answer.kind === "graph" ? netOfGraph(answer, settings) : netOfTable(answer, settings);
  const nodes = [...net.nodes.values()];
  arrange(nodes, net.links);
  const title = say(settings, "network-of", nodes.length, net.links.length);
  const caption = net.left ? `${title} ${say(settings, "not-shown", net.left)}` : title;
  const lines = net.links.map((link) =>
    svg(
      "line",
      { x1: link.from.x, y1: link.from.y, x2: link.to.x, y2: link.to.y, class: "link" },
      svg("title", {}, `${link.from.name} — ${link.name} → ${link.to.name}`),
    ),
  );
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": title },
    ...lines,
    ...nodes.map((node) => drawNode(node, settings)),
  );
  return html("figure", { class: "net" }, picture, html("figcaption", {}, caption));
}

function drawNode(node: Node, settings: Settings): SVGElement {
  const href = node.term.type === "uri" ? hrefOf(settings, node.term.value) : "";
  const text = node.name.length > 32 ? `${node.name.slice(0, 31)}…` : node.name;
  const atRight = node.x > WIDTH / 2;
  const parts = [
    svg("circle", { cx: node.x, cy: node.y, r: 6 }),
    svg(
      "text",
      {
        x: node.x + (atRight ? -10 : 10),
        y: node.y + 4,
        "text-anchor": atRight ? "end" : "start",
      },
      text,
    ),
    svg("title", {}, node.name),
  ];
  return href ? svg("a", { href }, ...parts) : svg("g", {}, ...parts);
}

function netOfGraph(graph: Graph, settings: Settings): Net {
  const names = new Map<string, string>();
  for (const { subject, property, value } of graph.statements) {
    const isBetter = !names.has(subject.value) || value.language === settings.language;
    if (value.type === "literal" && NAMES.test(property.value) && isBetter) {
      names.set(subject.value, value.value);
    }
  }
  const net: Net = { nodes: new Map(), links: [], left: 0 };
  for (const { subject, property, value } of graph.statements) {
    if (value.type === "uri" || value.type === "bnode") {
      join(net, subject, value, shortOf(settings, property.value), (term) => {
        return names.get(term.value) ?? textOf(settings, term);
      });
    }
  }
  return net;
}

function netOfTable(table: Table, settings: Settings): Net {
  const net: Net = { nodes: new Map(), links: [], left: 0 };
  for (const row of table.rows) {
    const [first, ...others] = things(row, table.columns);
    const name = (term: Term): string => nameInRow(row, table.columns, term, settings);
    for (const other of others) {
      if (first) {
        join(net, first.term, other.term, other.column, name);
      }
    }
  }
  return net;
}

function things(row: Row, columns: string[]): { term: Term; column: string }[] {
  return columns.flatMap((column) => {
    const term = row[column];
    return term && term.type !== "literal" ? [{ term, column }] : [];
  });
}

/** A column is often followed by the one that holds its name. */
function nameInRow(row: Row, columns: string[], term: Term, settings: Settings): string {
  const place = columns.findIndex((column) => row[column] === term);
  const next = columns[place + 1];
  const following = next?.startsWith(columns[place] ?? " ") ? row[next] : undefined;
  return textOf(settings, following?.type === "literal" ? following : term);
}

function join(net: Net, one: Term, other: Term, name: string, nameOf: (term: Term) => string): void {
  const [from, to] = [one, other].map((term) => {
    const known = net.nodes.get(term.value);
    if (known || net.nodes.size >= MOST_NODES) {
      return known;
    }
    const angle = net.nodes.size * 2.4; // the golden angle: no two on one place, the same picture every time
    const radius = 12 * Math.sqrt(net.nodes.size + 1);
    const node = { term, name: nameOf(term), x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
    net.nodes.set(term.value, node);
    return node;
  });
  if (!from || !to) {
    net.left += 1;
  } else if (
    from !== to &&
    !net.links.some((link) => link.from === from && link.to === to && link.name === name)
  ) {
    net.links.push({ from, to, name });
  }
}

/** Fruchterman and Reingold's way (https://doi.org/10.1002/spe.4380211102): all push apart, links pull together. */
function arrange(nodes: Node[], links: Link[]): void {
  const ideal = 60;
  for (let round = 0; round < ROUNDS; round++) {
    const moves = new Map(nodes.map((node) => [node, { x: 0, y: 0 }]));
    const push = (node: Node, other: Node, strength: (distance: number) => number): void => {
      const [dx, dy] = [node.x - other.x, node.y - other.y];
      const distance = Math.max(Math.hypot(dx, dy), 1);
      const move = moves.get(node);
      if (move) {
        move.x += (dx / distance) * strength(distance);
        move.y += (dy / distance) * strength(distance);
      }
    };
    for (const node of nodes) {
      for (const other of nodes) {
        if (node !== other) {
          push(node, other, (distance) => (ideal * ideal) / distance);
        }
      }
    }
    for (const { from, to } of links) {
      push(from, to, (distance) => -(distance * distance) / ideal);
      push(to, from, (distance) => -(distance * distance) / ideal);
    }
    const most = 40 * (1 - round / ROUNDS);
    for (const [node, move] of moves) {
      const length = Math.max(Math.hypot(move.x, move.y), 1e-6);
      node.x += (move.x / length) * Math.min(length, most) - node.x * 0.06;
      node.y += (move.y / length) * Math.min(length, most) - node.y * 0.06;
    }
  }
  spread(nodes, "x", WIDTH);
  spread(nodes, "y", HEIGHT);
}

/** Fill the sheet from edge to edge. */
function spread(nodes: Node[], axis: "x" | "y", size: number): void {
  const places = nodes.map((node) => node[axis]);
  const [low, high] = [Math.min(...places), Math.max(...places)];
  for (const node of nodes) {
    node[axis] = high > low ? EDGE + ((node[axis] - low) / (high - low)) * (size - 2 * EDGE) : size / 2;
  }
}
