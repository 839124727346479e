/** The same question from a program: text to copy. */

import { parametersOf } from "./asking";

export const LANGUAGES = ["curl", "Python", "R"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Return a program that asks the query, whose answer is a graph or a table. */
export function programOf(language: Language, query: string, isGraph: boolean): string {
  const endpoint = `${location.origin}/sparql`;
  const further = [...parametersOf(query)].filter(([name]) => name !== "query");
  const fill = { curl, Python: python, R: r }[language];
  return fill(endpoint, query.trimEnd(), further, isGraph);
}

type Pairs = [string, string][];

function curl(endpoint: string, query: string, further: Pairs, isGraph: boolean): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const options = [
    `curl -s ${quoted(endpoint)}`,
    `-H ${quoted(`Accept: ${isGraph ? "text/turtle" : "text/csv"}`)}`,
    ...further.map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`),
    `--data-urlencode ${quoted(`query=${query}`)}`,
  ];
  return options.join(" \\\n  ");
}

function python(endpoint: string, query: string, further: Pairs, isGraph: boolean): string {
  // A raw string cannot hold three quotes, or end in a quote or a backslash; JSON's are Python's as well.
  const isRaw = !query.includes('"""') && !/["\\]$/.test(query);
  const text = isRaw ? `r"""${query}\n"""` : JSON.stringify(query);
  const parameters = [
    '("query", query)',
    ...further.map((pair) => `(${pair.map((part) => JSON.stringify(part)).join(", ")})`),
  ];
  return `${isGraph ? "" : "import json\n"}from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = ${text}
body = urlencode([${parameters.join(", ")}]).encode()
request = Request(${JSON.stringify(endpoint)}, body, {"Accept": "${isGraph ? "text/turtle" : "application/sparql-results+json"}"})
with urlopen(request) as answer:
    ${isGraph ? "print(answer.read().decode())" : 'result = json.load(answer)\nprint(result.get("boolean", result.get("results", {}).get("bindings")))'}
`;
}

function r(endpoint: string, query: string, further: Pairs, isGraph: boolean): string {
  let dashes = "-";
  while (query.includes(`]${dashes}"`)) {
    dashes += "-";
  }
  const fields = [
    "query = query",
    ...further.map(([name, value]) => `\`${name}\` = ${JSON.stringify(value)}`),
  ];
  const reading = isGraph
    ? "resp_body_string() |>\n  cat()"
    : "resp_body_string() |>\n  (\\(text) read.csv(text = text))()";
  return `library(httr2)

query <- r"${dashes}[${query}
]${dashes}"
request(${JSON.stringify(endpoint)}) |>
  req_body_form(${fields.join(", ")}) |>
  req_headers(Accept = "${isGraph ? "text/turtle" : "text/csv"}") |>
  req_perform() |>
  ${reading}
`;
}
