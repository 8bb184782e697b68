import { gzipSync } from "node:zlib";

interface Esbuild {
  build(options: object): Promise<{ outputFiles: { contents: Uint8Array }[] }>;
}

/** Bundles code as a browser's program, by esbuild. */
export async function bundle(contents: string, { resolveDir = import.meta.dirname, minify = false } = {}) {
  const { build }: Esbuild = await import(import.meta.resolve("./peers/node_modules/esbuild/lib/main.js"));
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    minify,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "error",
    // As in a project of its own: ours leads to the sources.
    tsconfigRaw: "{}",
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** How many bytes of code a browser loads: minified, and compressed with gzip. */
export async function browserSize(code: string): Promise<number> {
  return gzipSync(await bundle(code, { minify: true }), { level: 9 }).length;
}
