import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { europe } from "./outline.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Every folder of src/ with a main.ts is an island; the page asks for it by the folder's name. */
function islands(): Record<string, string> {
  const names = readdirSync(`${here}src`).filter((name) => existsSync(`${here}src/${name}/main.ts`));
  return Object.fromEntries(names.map((name) => [name, `${here}src/${name}/main.ts`]));
}

/** Writes each text in gzip beside it, so that the server need not compress the same bytes again and again. */
function gzipped(): Plugin {
  return {
    name: "gzipped",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((name) => /\.(js|css|svg|json)$/.test(name))) {
        const path = `${dir ?? "."}/${name}`;
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: here,
  base: "/static/built/",
  publicDir: false,
  plugins: [europe(), gzipped()],
  build: {
    outDir: "../src/clipgraph/pages/static/built",
    emptyOutDir: true,
    assetsDir: "",
    // The policy of pages allows images and fonts from this host, and no data: URL.
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: islands(),
      // yasqe brings a JSON parser for browsers of 2009 that evaluates text; none of today's ever calls it, and the
      // policy of pages would refuse it.
      checks: { eval: false },
    },
  },
});
