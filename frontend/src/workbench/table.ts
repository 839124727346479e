/** Rows as a table that can be sorted, shown piece by piece. */

import type { Graph, Row, Table, Term } from "./answers";
import { html } from "./elements";
import { say, type Settings } from "./settings";
import { numberOf, shown, textOf } from "./terms";

const PIECE = 200;

/** Return statements as rows. */
export function rowsOf(graph: Graph, settings: Settings): Table {
  const columns = ["subject", "property", "value"].map((name) => say(settings, name));
  const [subject = "", property = "", value = ""] = columns;
  const rows = graph.statements.map((statement) => ({
    [subject]: statement.subject,
    [property]: statement.property,
    [value]: statement.value,
  }));
  return { kind: "table", columns, rows };
}

/** Return the table; a heading's button sorts by its column. */
export function drawTable(table: Table, settings: Settings): HTMLElement {
  const body = html("tbody");
  const more = html("button", { type: "button", class: "quiet" });
  let rows = table.rows;
  let count = 0;

  function grow(): void {
    const piece = rows.slice(count, count + PIECE);
    body.append(...piece.map((row) => drawRow(row, table.columns, settings)));
    count += piece.length;
    more.hidden = count >= rows.length;
    more.textContent = say(settings, "more", rows.length - count);
  }

  const heads = table.columns.map((column) => {
    const button = html("button", { type: "button" }, column);
    const head = html("th", { scope: "col", "aria-sort": "none" }, button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => {
        other.setAttribute("aria-sort", "none");
      });
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      rows = sorted(table.rows, column, settings, descending);
      body.replaceChildren();
      count = 0;
      grow();
    });
    return head;
  });
  more.addEventListener("click", grow);
  grow();
  const scroll = html(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": say(settings, "table") },
    html("table", { class: "sortable stacked" }, html("thead", {}, html("tr", {}, ...heads)), body),
  );
  return html("div", {}, scroll, more);
}

function drawRow(row: Row, columns: string[], settings: Settings): HTMLElement {
  const cells = columns.map((column) => {
    const term = row[column];
    const told = { "data-label": column, ...(isNumber(term) ? { class: "number" } : {}) };
    return html("td", told, ...(term ? shown(settings, term) : []));
  });
  return html("tr", {}, ...cells);
}

function isNumber(term: Term | undefined): boolean {
  return !Number.isNaN(numberOf(term));
}

/** Numbers by size, all else by the reader's alphabet; what is unbound comes last. */
function sorted(rows: Row[], column: string, settings: Settings, descending: boolean): Row[] {
  const alphabet = new Intl.Collator(settings.language, { numeric: true });
  const sign = descending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (!a || !b) {
      return Number(!a) - Number(!b);
    }
    return isNumber(a) && isNumber(b)
      ? sign * (numberOf(a) - numberOf(b))
      : sign * alphabet.compare(textOf(settings, a), textOf(settings, b));
  });
}
