/** Terms as people read them: links that stay on this host, names as short as prefixes make them. */

import type { Term } from "./answers";
import { html } from "./elements";
import type { Settings } from "./settings";

/** Return where a link to an IRI goes, or "" where it must not be one. */
export function hrefOf(settings: Settings, iri: string): string {
  if (iri.startsWith(settings.base)) {
    const path = iri.slice(settings.base.length).split("/").map(encoded).join("/");
    return path.startsWith(".well-known/") ? "" : `${settings.link}/${path.replace(/^id\//, "doc/")}`;
  }
  return /^https?:\/\//.test(iri) ? iri : "";
}

function encoded(part: string): string {
  return encodeURIComponent(part).replace(/%(3A|40|2C|3B|3D|2B|24|26|21|27|28|29|2A)/g, decodeURIComponent);
}

/** Return a prefixed name, or the IRI without what all of ours share. */
export function shortOf(settings: Settings, iri: string): string {
  for (const [prefix, namespace] of Object.entries(settings.prefixes)) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && /^[\w-]+$/.test(local)) {
      return `${prefix}:${local}`;
    }
  }
  return iri.startsWith(settings.base) ? iri.slice(settings.base.length) : iri;
}

/** Return a term as plain text. */
export function textOf(settings: Settings, term: Term | undefined): string {
  return term ? (term.type === "uri" ? shortOf(settings, term.value) : term.value) : "";
}

/** Return a term as elements: a link, or text with its language. */
export function shown(settings: Settings, term: Term): Node[] {
  const href = term.type === "uri" ? hrefOf(settings, term.value) : "";
  if (href) {
    return [html("a", { href, title: term.value }, shortOf(settings, term.value))];
  }
  const text = html("span", { lang: term.language }, textOf(settings, term));
  return term.language ? [text, " ", html("span", { class: "language" }, term.language)].map(asNode) : [text];
}

function asNode(part: Node | string): Node {
  return typeof part === "string" ? document.createTextNode(part) : part;
}

/** Return the number that a literal is, or NaN. */
export function numberOf(term: Term | undefined): number {
  const datatype = term?.datatype ?? "";
  const isNumeric = /#(integer|decimal|double|float|(non|un|positive|negative|long|int|short|byte).*)$/.test(
    datatype,
  );
  return term?.type === "literal" && isNumeric ? Number(term.value) : NaN;
}
