import { Contract, type Node, type Operation, readOperations } from "@csms/openapi/reader";
import { linkUp, operationAddress } from "./addresses.ts";
import { type Docs, operationsByTag } from "./docs.ts";
import { withCodeBlocks } from "./highlight.ts";
import { credentialsOf } from "./operation-text.ts";
import { overview } from "./overview.ts";

const fence = /(^```[\s\S]*?^```$)/m;
const softBreak = /(?<=\S)\n(?!\n|\s*(?:[-*+>|#]|\d+\.)\s|\|)[ \t]*(?=\S)/g;
const listItem = /^ *[-*] .*$/gm;
const tableRow = /^\|(?! *:?-).*\|$/gm;
// What is sent, and no part of the description.
const VALUES = ["example", "value", "default", "enum", "const"];

/** What Redoc gets: the contract, with each chapter as a section of its own, and all that the page tells of it. */
export function forRedoc(docs: Docs, mark: string): Node {
  const description = structuredClone(docs.contract.root) as Node;
  const { info } = description;
  // It is this description's; on the page it reads as if it was the service's.
  delete info.license;
  info["x-logo"] = { url: mark, altText: info.title, href: "#/" };
  // They are in the overview.
  delete description.servers;
  for (const operation of readOperations(new Contract(description))) show(docs, operation);
  const toText = (text: string) => withCodeBlocks(forSearch(linkUp(docs, text)));
  walk(description.paths, toText);
  walk(description.components, toText);
  info.description = toText(overview(docs));
  const groups = operationsByTag(docs).map(({ tag }) => tagOf(tag));
  // With x-traitTag, a tag is a section of text.
  description.tags = [
    ...docs.chapters.map(({ title, text }) => ({ name: title, description: toText(text), "x-traitTag": true })),
    ...groups.map((name) => ({ name, "x-traitTag": true })),
  ];
  const [first, ...others] = docs.chapters.map(({ title }) => title);
  description["x-tagGroups"] = [
    { name: "Start", tags: [first] },
    { name: "Operations", tags: [""] },
    { name: "Guide", tags: others },
    { name: "Reference", tags: ["Schemas"] },
  ].filter(({ tags }) => tags.length > 0);
  return description;
}

function show(docs: Docs, operation: Operation): void {
  const { method, path, name, source, description = "" } = operation;
  const head = `\`${method.toUpperCase()} ${path}\` \`${name}\``;
  Object.assign(source, {
    summary: source.summary ?? name,
    description: [head, description, credentialsOf(docs, operation)].join("\n\n"),
    // The tag "" stands open in the menu and on the page; a real tag's operations are shown once it is opened.
    tags: ["", tagOf({ name: operation.tags[0] })],
    // Redoc makes the address of it.
    operationId: operationAddress(operation).slice(1),
    // They are told in the description.
    security: [],
  });
}

function tagOf(tag: Node): string {
  return `operations: ${tag?.name ?? ""}`;
}

/** Hands over each description, and leaves out the list of values where a description tells of each. */
function walk(node: Node, toText: (text: string) => string): void {
  if (typeof node !== "object" || node === null) return;
  if (typeof node.description === "string") {
    if (node.enum?.every((value: unknown) => node.description.includes(`\`${value}\``))) delete node.enum;
    node.description = toText(node.description);
  }
  for (const [key, child] of Object.entries(node)) {
    const isValue = VALUES.includes(key) || (key === "examples" && Array.isArray(child));
    if (!isValue) walk(child, toText);
  }
}

/** Redoc's search reads what follows a line's end, a list's item or a cell as the same word. */
function forSearch(markdown: string): string {
  return markdown
    .split(fence)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replaceAll(softBreak, " ")
            .replaceAll(listItem, "$&&#32;")
            .replaceAll(tableRow, (row) => row.replaceAll(/(?<=.) *\|/g, "&#32;|")),
    )
    .join("");
}
