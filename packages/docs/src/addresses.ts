import type { Operation } from "@csms/openapi/reader";
import { type Docs, schemasOf } from "./docs.ts";

/** Where things are on Redoc's page: what follows the `#`. */
export function chapterAddress(title: string): string {
  return `/${slug(title)}`;
}

export function operationAddress({ tags, operationId }: Operation): string {
  return `/${slug(tags[0] ?? "Other")}/${operationId.toLowerCase()}`;
}

export function schemaAddress(name: string): string {
  return `/schemas/${slug(name)}`;
}

const schemaPointer = /(?<=\]\()#\/components\/schemas\/([^)]+)(?=\))/g;
const emphasis = /(?<![*\w])\*(?!\s)([^*]+)\*(?![*\w])/g;

/**
 * Makes links of what a text names: a schema by its pointer, as in `[Secret](#/components/schemas/Secret)`, and a
 * chapter by its title, as in `*Error codes*`.
 *
 * @param toHref Makes an address into a link's.
 */
export function linkUp(
  { contract, chapters }: Docs,
  text: string,
  toHref = (address: string) => `#${address}`,
): string {
  const titles = new Set(chapters.map(({ title }) => title));
  const schemas = new Set(schemasOf(contract).map(([name]) => name));
  return text
    .replaceAll(schemaPointer, (pointer, name) => (schemas.has(name) ? toHref(schemaAddress(name)) : pointer))
    .replaceAll(emphasis, (all, text) => {
      const title = text.replaceAll(/\s+/g, " ");
      return titles.has(title) ? `[${title}](${toHref(chapterAddress(title))})` : all;
    });
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\w.~-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}
