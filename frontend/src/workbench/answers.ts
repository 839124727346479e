/** The answers of the endpoint: rows, yes or no, or statements. */

export interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  language?: string;
  datatype?: string;
}

export type Row = Record<string, Term | undefined>;

export interface Table {
  kind: "table";
  columns: string[];
  rows: Row[];
}

export interface Verdict {
  kind: "verdict";
  holds: boolean;
}

export interface Statement {
  subject: Term;
  property: Term;
  value: Term;
}

export interface Graph {
  kind: "graph";
  statements: Statement[];
}

export type Answer = Table | Verdict | Graph;

interface JsonTerm {
  type: string;
  value: unknown;
  "xml:lang"?: string;
  datatype?: string;
}

interface JsonResults {
  head?: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, JsonTerm>[] };
}

/** Read SPARQL results in JSON: https://www.w3.org/TR/sparql11-results-json/ */
export function readResults(text: string): Table | Verdict {
  const document = JSON.parse(text) as JsonResults;
  if (document.boolean !== undefined) {
    return { kind: "verdict", holds: document.boolean };
  }
  const rows = (document.results?.bindings ?? []).map((binding) =>
    Object.fromEntries(Object.entries(binding).map(([name, term]) => [name, readTerm(term)])),
  );
  return { kind: "table", columns: document.head?.vars ?? [], rows };
}

function readTerm(term: JsonTerm): Term {
  if (term.type === "triple") {
    const parts = term.value as Record<string, JsonTerm>;
    const told = ["subject", "predicate", "object"].map((part) => {
      const inner = parts[part];
      return inner ? readTerm(inner).value : "";
    });
    return { type: "triple", value: `<<( ${told.join(" ")} )>>` };
  }
  const language = term["xml:lang"];
  return {
    type: term.type === "uri" || term.type === "bnode" ? term.type : "literal",
    value: String(term.value),
    ...(language ? { language } : {}),
    ...(term.datatype ? { datatype: term.datatype } : {}),
  };
}

const TOKEN =
  /\s*(?:<([^>]*)>|(_:[^\s<"]+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?|(<<\(.*\)>>))/y;

/** Read N-Triples, a statement a line: https://www.w3.org/TR/n-triples/ */
export function readStatements(text: string): Graph {
  const statements: Statement[] = [];
  for (const line of text.split("\n")) {
    const [subject, property, value] = readLine(line);
    if (subject && property && value) {
      statements.push({ subject, property, value });
    }
  }
  return { kind: "graph", statements };
}

function readLine(line: string): Term[] {
  const terms: Term[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(line); match && terms.length < 3; match = TOKEN.exec(line)) {
    const [, iri, blank, literal, language, datatype, triple] = match;
    if (iri !== undefined) {
      terms.push({ type: "uri", value: unescaped(iri) });
    } else if (literal !== undefined) {
      terms.push({
        type: "literal",
        value: unescaped(literal),
        ...(language ? { language } : {}),
        ...(datatype ? { datatype } : {}),
      });
    } else {
      terms.push({ type: blank ? "bnode" : "triple", value: blank ?? triple ?? "" });
    }
  }
  return terms;
}

const ESCAPES: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, ...groups: string[]) => {
    const [short, long, letter] = groups;
    const code = short ?? long;
    return code ? String.fromCodePoint(parseInt(code, 16)) : (ESCAPES[letter ?? ""] ?? letter ?? "");
  });
}
