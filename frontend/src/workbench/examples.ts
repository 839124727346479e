/** The list of example questions: found by their words, asked without leaving the page. */

import { html } from "./elements";
import { say, type Settings } from "./settings";

/** Let the links of the list fill the editor, and add a field that narrows it down. */
export function openExamples(settings: Settings, choose: (query: string) => void): void {
  const list = document.querySelector<HTMLElement>("#examples ~ .queries");
  if (!list) {
    return;
  }
  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const query = link && new URL(link.href).searchParams.get("query");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (query && isPlain) {
      event.preventDefault();
      choose(query);
    }
  });
  const field = html("input", { type: "search", "aria-label": say(settings, "filter") });
  field.placeholder = say(settings, "filter");
  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/);
    for (const item of list.children) {
      const text = plain(item.textContent);
      (item as HTMLElement).hidden = !words.every((word) => text.includes(word));
    }
  });
  list.before(field);
}

/** Without accents and capitals, as people type. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
