/** Completion from the graph itself: the classes and properties that it uses, and our prefixes. */

import type { Yasqe as Editor } from "@zazuko/yasqe";
import type { Row } from "./answers";
import { ask } from "./asking";
import type { Settings } from "./settings";

type Kind = "class" | "property";
type Vocabulary = Record<Kind, string[]>;

/**
 * Register the completers under names of their own; those of the library would ask other hosts. None shows itself
 * unasked: the Tab key would then choose, where it should leave the editor.
 */
export function registerCompleters(yasqe: typeof Editor, settings: Settings): string[] {
  let vocabulary: Promise<Vocabulary> | null = null;
  const known = (): Promise<Vocabulary> => (vocabulary ??= readVocabulary(settings));
  for (const kind of ["class", "property"] as const) {
    yasqe.forkAutocompleter(kind, {
      name: `graph-${kind}`,
      bulk: false,
      autoShow: false,
      get: async (_editor, token) => {
        const start = token?.autocompletionString ?? "";
        return (await known())[kind].filter((iri) => iri.startsWith(start));
      },
    });
  }
  const prefixes = Object.entries(settings.prefixes).map(
    ([prefix, namespace]) => `${prefix}: <${namespace}>`,
  );
  yasqe.forkAutocompleter("prefixes", {
    name: "graph-prefixes",
    get: () => prefixes,
    persistenceId: null,
    autoShow: false,
  });
  yasqe.forkAutocompleter("variables", { name: "query-variables", autoShow: false });
  return ["graph-prefixes", "graph-class", "graph-property", "query-variables"];
}

/** Asked once, when something is completed for the first time: its VoID, or where it has none, the graph. */
async function readVocabulary(settings: Settings): Promise<Vocabulary> {
  let rows: Row[] = [];
  for (const query of settings.completion) {
    const answer = await ask(query, AbortSignal.timeout(20_000));
    rows = answer.kind === "table" ? answer.rows : [];
    if (rows.length > 0) {
      break;
    }
  }
  const terms = (kind: Kind): string[] =>
    rows.filter((row) => row["kind"]?.value === kind).map((row) => row["term"]?.value ?? "");
  return { class: terms("class"), property: terms("property") };
}
