// Asks Comunica. Reads {"data": Turtle, "questions": {name: {"query": text, "sources": [endpoints]}}} from
// standard input and writes, for each question, {"name": …, "rows": [{variable: value}]} or {"name": …, "error": …}
// as one line. One process for all questions, as starting takes longer than asking.
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql";

const { data, questions } = JSON.parse(readFileSync(0, "utf8"));
const engine = new QueryEngine();
const local = { type: "serialized", value: data, mediaType: "text/turtle", baseIRI: "https://example.org/" };

for (const [name, { query, sources = [] }] of Object.entries(questions)) {
  const endpoints = sources.map((value) => ({ type: "sparql", value }));
  try {
    const bindings = await engine.queryBindings(query, { sources: [local, ...endpoints] });
    const rows = (await bindings.toArray()).map((binding) =>
      Object.fromEntries([...binding].map(([variable, term]) => [variable.value, term.value])),
    );
    console.log(JSON.stringify({ name, rows }));
  } catch (error) {
    console.log(JSON.stringify({ name, error: String(error) }));
  }
}
