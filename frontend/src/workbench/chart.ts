/** Numbers as bars: one column names, another counts. */

import type { Table } from "./answers";
import { html, svg } from "./elements";
import { say, type Settings } from "./settings";
import { numberOf, textOf } from "./terms";

const MOST_BARS = 60;
const [ROW, NAME, WIDTH] = [26, 260, 900];

/** Return the columns whose every value is a number. */
export function numericColumns(table: Table): string[] {
  return table.columns.filter(
    (column) =>
      table.rows.some((row) => row[column]) &&
      table.rows.every((row) => !row[column] || !Number.isNaN(numberOf(row[column]))),
  );
}

/** Return a chart with a choice of the columns. */
export function drawChart(table: Table, settings: Settings): HTMLElement {
  const numeric = numericColumns(table);
  const value = choice(settings, "values", numeric, numeric.at(-1) ?? "");
  const names = table.columns.filter((column) => !numeric.includes(column));
  const name = choice(settings, "names", table.columns, bestName(table, names));
  const figure = html("figure", { class: "chart" });

  function draw(): void {
    figure.replaceChildren(...bars(table, name.select.value, value.select.value, settings));
  }

  name.select.addEventListener("change", draw);
  value.select.addEventListener("change", draw);
  draw();
  return html("div", {}, html("p", { class: "choices" }, name.label, value.label), figure);
}

/** A literal says more than an IRI, and what differs more than what repeats. */
function bestName(table: Table, names: string[]): string {
  const weight = (column: string): number => {
    const literal = table.rows.some((row) => row[column]?.type === "literal");
    return (literal ? 1e6 : 0) + new Set(table.rows.map((row) => row[column]?.value)).size;
  };
  return names.reduce(
    (best, column) => (weight(column) > weight(best) ? column : best),
    names[0] ?? table.columns[0] ?? "",
  );
}

function choice(
  settings: Settings,
  word: string,
  columns: string[],
  chosen: string,
): { label: HTMLLabelElement; select: HTMLSelectElement } {
  const options = columns.map((column) => html("option", { selected: column === chosen }, column));
  const select = html("select", {}, ...options);
  return { label: html("label", {}, `${say(settings, word)} `, select), select };
}

function bars(table: Table, name: string, value: string, settings: Settings): Node[] {
  const rows = table.rows.filter((row) => row[value]).slice(0, MOST_BARS);
  const numbers = rows.map((row) => numberOf(row[value]));
  const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  const scale = (WIDTH - NAME - 90) / (high - low || 1);
  const format = new Intl.NumberFormat(settings.language, { maximumFractionDigits: 3 });
  const zero = NAME - low * scale;
  const drawn = rows.map((row, place) => {
    const number = numbers[place] ?? 0;
    const y = place * ROW;
    const text = textOf(settings, row[name]);
    return svg(
      "g",
      {},
      svg(
        "text",
        { x: NAME - 8, y: y + 17, "text-anchor": "end" },
        text.length > 34 ? `${text.slice(0, 33)}…` : text,
      ),
      svg("rect", {
        x: zero + Math.min(0, number) * scale,
        y: y + 3,
        width: Math.max(1, Math.abs(number) * scale),
        height: ROW - 6,
        rx: 2,
      }),
      svg(
        "text",
        { x: zero + Math.max(0, number) * scale + 6, y: y + 17, class: "value" },
        format.format(number),
      ),
      svg("title", {}, `${text}: ${format.format(number)}`),
    );
  });
  const title = say(settings, "chart-of", value, name, rows.length);
  const more = table.rows.length - rows.length;
  const caption = html("figcaption", {}, more > 0 ? `${title} ${say(settings, "not-shown", more)}` : title);
  const height = Math.max(ROW, rows.length * ROW);
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": title },
    ...drawn,
  );
  return [
    html(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": say(settings, "chart") },
      picture,
    ),
    caption,
  ];
}
