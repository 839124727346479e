/** What the page tells the workbench: its words, so that catalogues stay one, and what the service knows. */

export interface Settings {
  /** Texts in the reader's language; `{0}`, `{1}` are filled in. */
  words: Record<string, string>;
  language: string;
  /** Where the path of a link within the site begins: "" or "/de". */
  link: string;
  /** What IRIs of the graph begin with. */
  base: string;
  prefixes: Record<string, string>;
  /** Queries for the classes and properties in use: of the release's description, then of its statements. */
  completion: string[];
  /** Short names of the formats of tables and of graphs, as `format=` takes them. */
  formats: { table: string[]; graph: string[] };
  /** Address of a drawing of Europe on the sheet of maps, or empty. */
  outline: string;
}

/** Return the settings that the page carries, or null where it is no page of the workbench. */
export function readSettings(): Settings | null {
  const text = document.getElementById("workbench-settings")?.textContent;
  return text ? (JSON.parse(text) as Settings) : null;
}

/** Return a text in the reader's language, with its places filled. */
export function say(settings: Settings, word: string, ...values: (string | number)[]): string {
  const text = settings.words[word] ?? word;
  return text.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
}
