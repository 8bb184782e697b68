import type { Operation } from "@csms/openapi/reader";
import { chapterAddress, linkUp, operationAddress, schemaAddress } from "./addresses.ts";
import { type Docs, operationsByTag, schemasOf } from "./docs.ts";
import { operationText } from "./operation-text.ts";
import { overview } from "./overview.ts";
import { propertyList } from "./schema-text.ts";

/** A part of the docs, as Markdown: its links lead to addresses. */
export interface Section {
  address: string;
  title: string;
  text: string;
}

/** All of the docs, in the order of the page. */
export function toSections(docs: Docs): Section[] {
  const { info } = docs;
  const [first, ...others] = docs.chapters.map(({ title, text }) => ({ address: chapterAddress(title), title, text }));
  const operations = operationsByTag(docs).flatMap(({ operations }) => operations.map((each) => toSection(docs, each)));
  const schemas = schemasOf(docs.contract).map(([name, schema]) => ({
    address: schemaAddress(name),
    title: name,
    text: propertyList(schema),
  }));
  const start = {
    address: "/",
    title: info.title,
    text: `${info.summary} Version ${info.version}.\n\n${overview(docs)}`,
  };
  const sections = [start, ...(first ? [first] : []), ...operations, ...others, ...schemas];
  return sections.map((section) => ({ ...section, text: linkUp(docs, section.text) }));
}

function toSection(docs: Docs, operation: Operation): Section {
  const { source, name } = operation;
  return { address: operationAddress(operation), title: source.summary ?? name, text: operationText(docs, operation) };
}
