import { describe, expect, test } from "vitest";
import { readDocs } from "../src/docs.ts";
import { llmsText, markdownEdition } from "../src/markdown.ts";
import { plainEdition } from "../src/plain.ts";
import { toSections } from "../src/sections.ts";
import { things } from "./fixture.ts";

const sections = toSections(await readDocs(things.contract, things.samples));
const markdown = markdownEdition(sections);
const html = plainEdition(sections);
const textOf = (title: string) => sections.find((section) => section.title === title)?.text;

test("has a section for each chapter, operation and schema, the API before the guide", () => {
  expect(sections.map(({ address, title }) => [address, title])).toEqual([
    ["/", "Things"],
    ["/quick-start", "Quick start"],
    ["/things/listthings", "List things"],
    ["/things/creatething", "Create a thing"],
    ["/other/showpart", "Show a part"],
    ["/other/deletepart", "deletePart"],
    ["/credentials", "Credentials"],
    ["/the-typescript-client", "The TypeScript client"],
    ["/failures", "Failures"],
    ["/schemas/thingpage", "ThingPage"],
    ["/schemas/thing", "Thing"],
    ["/schemas/error", "Error"],
  ]);
});

test("begins with where the API is, and what it does", () => {
  expect(textOf("Things")).toMatch(/^.*Version 1\.2\.3\.\n\n\*\*Base URL\*\*\n\n```text\nhttps:\/\/things\.\{region\}/);
  expect(textOf("Things")).toContain("| `POST` | [`/v1/things`](#/things/creatething) | Create a thing |");
  expect(textOf("Things")).toContain("`{region}`: `north`, `south`.\n\nIts IAM: `https://iam.{region}.example.com`.");
  expect(textOf("Things")).toContain("Far away.\n\n```text\nhttps://things.{region}.example.org\n```");
});

test("tells of a body, with its inline schema, however deep, and its one example", () => {
  expect(textOf("Create a thing")).toContain(`### Body

Required. What it is to be.

\`application/json\`: object

- \`colour\`: string, always there, one of \`red\`, \`blue\`

  Its colour: \`red\` or \`blue\`.

- \`maker\`: object, may be missing

  - \`street\`: string, may be missing, for example \`"Elm"\`

Example:

\`\`\`json
{"colour": "red"}
\`\`\``);
});

test("tells of an answer behind a $ref, and of one that is a list of inline objects", () => {
  expect(textOf("Create a thing")).toContain(
    "- **201** with `X-Id`: It is there.\n\n  `application/json`: [Thing](#/schemas/thing)\n\n  Example:",
  );
  expect(textOf("Show a part")).toMatch(/array of object\n\n {2}- `weight`: integer, may be missing, for example `3`/);
});

test("tells of every parameter, the path's too, with its example", () => {
  expect(textOf("Show a part")).toContain("- `id`: in path, string, required\n\n  Example: `t1`");
  expect(textOf("Show a part")).toContain("- `part`: in path, string, required\n\n  Example: `p1`");
  expect(textOf("List things")).toContain("- `limit`: in query, integer, optional, default `50`\n\n  How many.");
});

test("tells which credentials an operation needs", () => {
  expect(textOf("List things")).toContain("Credentials: token in `X-Token`, or none.");
  expect(textOf("Show a part")).toContain("Needs no credentials.");
});

test("shows every code sample, and no heading for none", () => {
  expect(textOf("Create a thing")).toContain(
    '```typescript\nawait csms.createThing({ body: { colour: "red" } });\n```',
  );
  expect(textOf("deletePart")).not.toContain("### Code");
});

test("makes links of the chapters and schemas that a text names", () => {
  expect(textOf("List things")).toContain("Page after page ([Failures](#/failures)).");
  expect(textOf("Failures")).toContain("[Error](#/schemas/error)");
});

describe.each([
  [
    "Markdown",
    markdown,
    /\]\(#([^)]*)\)/g,
    new Set(sections.map(({ title }) => title.toLowerCase().replaceAll(" ", "-"))),
  ],
  ["HTML", html, /href="#([^"]*)"/g, new Set(Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id]) => id))],
])("as %s", (_, text, link, anchors) => {
  test("its links lead to its own sections", () => {
    const links = Array.from(text.matchAll(link), ([, target]) => target);
    expect(links.length).toBeGreaterThan(sections.length / 2);
    expect(links.filter((target) => !anchors.has(target ?? ""))).toEqual([]);
  });

  test("it holds every section", () => {
    for (const { title } of sections) expect(text).toMatch(new RegExp(`(##? |<h[12]>)${title}(</h[12]>)?\n`));
  });
});

test("leads an agent to all that there is", () => {
  const text = llmsText(sections, "All things.");
  expect(text).toMatch(/^# Things\n\n> All things\.\n\n- \[The whole documentation\]\(index\.md\)/);
  expect(text).toContain("](csms.yaml)");
  expect(text).toContain("- [Create a thing](index.md#create-a-thing)");
});
