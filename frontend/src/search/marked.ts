import type { Text } from "./suggestions";

/** Makes an element of a text, its found words in <mark>; positions are code points, as a person counts. */
export function marked(text: Text, className: string): HTMLElement {
  const element = document.createElement("bdi");
  element.className = className;
  if (text.language && text.language !== document.documentElement.lang) element.lang = text.language;
  const letters = Array.from(text.value);
  let since = 0;
  for (const [start, end] of text.marks) {
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(start, end).join("");
    element.append(letters.slice(since, start).join(""), mark);
    since = end;
  }
  element.append(letters.slice(since).join(""));
  return element;
}
