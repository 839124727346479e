/** Asking the endpoint, so that it can be cancelled and never fills the memory of the browser. */

import { readResults, readStatements, type Answer } from "./answers";

const ENDPOINT = "/sparql";
const RESULTS = "application/sparql-results+json";
const STATEMENTS = "application/n-triples";
/** Bytes of an answer that a page shows; more is for a download. */
const MOST = 16 << 20;
/** Characters of an address that every server and proxy takes. */
const LONGEST = 7000;
/** What else the address of the page may say about a query. */
const CARRIED = ["default-graph-uri", "named-graph-uri", "timeout", "release"];

/** A refusal of the service, in its own words. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly quoted = "",
    readonly hint = "",
    readonly language = document.documentElement.lang,
  ) {
    super(message);
  }
}

/** The answer is larger than a page shows. */
export class TooLarge extends Error {}

/** Return the parameters of a query, with what the address of this page says of dataset, release and time. */
export function parametersOf(query: string, format = ""): URLSearchParams {
  const parameters = new URLSearchParams({ query });
  const here = new URLSearchParams(location.search);
  for (const name of CARRIED) {
    here.getAll(name).forEach((value) => {
      parameters.append(name, value);
    });
  }
  if (format) {
    parameters.set("format", format);
  }
  return parameters;
}

/** Return the address of a query's answer in a format. */
export function addressOf(query: string, format: string): string {
  return `${ENDPOINT}?${parametersOf(query, format).toString()}`;
}

/** Ask a query. Throws Refusal, TooLarge, and what fetch throws (AbortError where the signal says so). */
export async function ask(query: string, signal: AbortSignal): Promise<Answer> {
  const response = await send(query, `${RESULTS}, ${STATEMENTS};q=0.9`, signal);
  const text = await read(response);
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith(STATEMENTS) ? readStatements(text) : readResults(text);
}

/** Return the answer to a query as text in a media type; throws as ask does. */
export async function askText(query: string, mediaType: string, signal: AbortSignal): Promise<string> {
  return read(await send(query, mediaType, signal));
}

async function send(query: string, accept: string, signal: AbortSignal): Promise<Response> {
  const parameters = parametersOf(query);
  // A refusal comes in the language of the page, whatever the browser's is.
  const headers = { Accept: accept, "Accept-Language": document.documentElement.lang };
  const response =
    parameters.toString().length < LONGEST
      ? await fetch(`${ENDPOINT}?${parameters.toString()}`, { headers, signal })
      : await fetch(ENDPOINT, { method: "POST", headers, signal, body: parameters });
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

async function refusal(response: Response): Promise<Refusal> {
  const text = await response.text();
  try {
    const problem = JSON.parse(text) as Partial<Record<string, string>>;
    const language = response.headers.get("content-language") ?? "en";
    return new Refusal(
      problem["detail"] ?? response.statusText,
      problem["quoted"],
      problem["hint"],
      language,
    );
  } catch {
    return new Refusal(`${response.status} ${response.statusText}`, "", "", "en");
  }
}

async function read(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    bytes += piece.value.length;
    if (bytes > MOST) {
      await reader?.cancel();
      throw new TooLarge();
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}
