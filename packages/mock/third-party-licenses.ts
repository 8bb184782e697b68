import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rolldown } from "tsdown";

const packageFolder = /.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
const licenseFile = /^(licen[sc]e|notice|copying|copyright)/i;

/**
 * Writes the licences of all that is bundled beside it: they ask that their text goes along.
 *
 * Plugins that do so bring more than a build here needs, or ask the network for a text that is missing.
 */
export function thirdPartyLicenses(): Rolldown.Plugin {
  return {
    name: "third-party-licenses",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolder.exec(id)?.[0] ?? []));
      const licenses = new Set([...folders].map(readLicense).sort());
      // Were it named LICENSES, pnpm would take it for the package's own, and not pack the root's LICENSE.
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY-NOTICES.txt", source: [...licenses].join("\n") });
    },
  };
}

/**
 * The licence of the package in a folder, below its name and version.
 *
 * @throws When there is none.
 */
export function readLicense(folder: string): string {
  const { name, version, license, licenses, author, contributors } = JSON.parse(read(folder, "package.json"));
  const kind = license ?? licenses?.[0]?.type;
  const files = readdirSync(folder).filter((file) => licenseFile.test(file));
  const texts = files.map((file) => read(folder, file).trim());
  // Some say MIT, and leave the text to those who know it.
  if (kind === "MIT" && !texts.length) texts.push(mitLicense(author ? [author] : (contributors ?? [])));
  if (!kind || !texts.length) {
    throw new Error(`${name} ${version} has no licence in ${folder}: do without it, or ask its authors for one.`);
  }
  return `${"=".repeat(80)}\n${name} ${version}: ${kind}\n\n${texts.join("\n\n")}\n`;
}

/** The text of this project's own licence, which is the same. */
function mitLicense(authors: (string | { name: string })[]): string {
  const holders = authors.map((author) => (typeof author === "string" ? author : author.name)).join(", ");
  return read(import.meta.dirname, "../../LICENSE")
    .trim()
    .replace(/^Copyright.*$/m, `Copyright (c) ${holders}`);
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
}
