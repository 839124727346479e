/** An answer, looked at in several ways; only those that make sense for it are offered. */

import type { Answer } from "./answers";
import { addressOf, askText } from "./asking";
import { drawChart, numericColumns } from "./chart";
import { html } from "./elements";
import { drawMap, pointsOf } from "./map";
import { drawNetwork, joinsThings } from "./network";
import { say, type Settings } from "./settings";
import { drawTable, rowsOf } from "./table";

interface View {
  name: string;
  draw: () => HTMLElement;
}

/** Return the ways to look at an answer, the plainest first. */
function viewsOf(answer: Answer, query: string, settings: Settings): View[] {
  if (answer.kind === "graph") {
    return [
      { name: "table", draw: () => drawTable(rowsOf(answer, settings), settings) },
      { name: "network", draw: () => drawNetwork(answer, settings) },
      { name: "turtle", draw: () => drawTurtle(query) },
    ];
  }
  if (answer.kind === "verdict") {
    return [
      {
        name: "table",
        draw: () => html("p", { class: "verdict" }, say(settings, answer.holds ? "yes" : "no")),
      },
    ];
  }
  const views: View[] = [{ name: "table", draw: () => drawTable(answer, settings) }];
  if (numericColumns(answer).length > 0) {
    views.push({ name: "chart", draw: () => drawChart(answer, settings) });
  }
  if (pointsOf(answer).length > 0) {
    views.push({ name: "map", draw: () => drawMap(answer, settings) });
  }
  if (joinsThings(answer)) {
    views.push({ name: "network", draw: () => drawNetwork(answer, settings) });
  }
  return views;
}

function drawTurtle(query: string): HTMLElement {
  const code = html("code");
  const fill = (text: string): void => {
    code.textContent = text;
  };
  askText(query, "text/turtle", AbortSignal.timeout(60_000)).then(fill, (error: unknown) => {
    fill(String(error));
  });
  return html("pre", { tabindex: 0 }, code);
}

/** Return the elements that show an answer, with links to all of it in every format. */
export function drawAnswer(answer: Answer, query: string, settings: Settings): HTMLElement[] {
  const place = html("div", { class: "view" });
  if (answer.kind === "table" && answer.rows.length === 0) {
    place.append(html("p", {}, say(settings, "nothing")));
    return [downloads(answer, query, settings), place];
  }
  const views = viewsOf(answer, query, settings);
  const buttons = views.map((view) => {
    const button = html("button", { type: "button", "aria-pressed": "false", "data-view": view.name });
    button.textContent = say(settings, view.name);
    button.addEventListener("click", () => {
      buttons.forEach((other) => {
        other.setAttribute("aria-pressed", String(other === button));
      });
      place.replaceChildren(view.draw());
    });
    return button;
  });
  buttons[0]?.click();
  const choice = html(
    "div",
    { class: "views", role: "group", "aria-label": say(settings, "views") },
    ...buttons,
  );
  return [...(buttons.length > 1 ? [choice] : []), place, downloads(answer, query, settings)];
}

function downloads(answer: Answer, query: string, settings: Settings): HTMLElement {
  const formats = settings.formats[answer.kind === "graph" ? "graph" : "table"];
  const links = formats.flatMap((format, place) => {
    const link = html("a", { href: addressOf(query, format), download: `clipgraph.${format}` }, format);
    return place > 0 ? [", ", link] : [link];
  });
  return html("p", { class: "downloads" }, `${say(settings, "download")} `, ...links);
}

/** Return how much there is, in words. */
export function sizeOf(answer: Answer, settings: Settings): string {
  if (answer.kind === "verdict") {
    return say(settings, "answered");
  }
  const count = answer.kind === "table" ? answer.rows.length : answer.statements.length;
  const word = answer.kind === "table" ? (count === 1 ? "row" : "rows") : "statements";
  return say(settings, word, new Intl.NumberFormat(settings.language).format(count));
}
