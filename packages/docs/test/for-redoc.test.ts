import { expect, test } from "vitest";
import { readDocs } from "../src/docs.ts";
import { forRedoc } from "../src/for-redoc.ts";
import { things } from "./fixture.ts";

const docs = await readDocs(things.contract, things.samples);
const before = structuredClone(docs.contract.root);
const description = forRedoc(docs, "data:,");

test("makes a section of each chapter, and lets the operations stand open before the guide", () => {
  expect(description["x-tagGroups"]).toEqual([
    { name: "Start", tags: ["Quick start"] },
    { name: "Operations", tags: [""] },
    { name: "Guide", tags: ["Credentials", "The TypeScript client", "Failures"] },
    { name: "Reference", tags: ["Schemas"] },
  ]);
  const traits = description.tags.filter((tag: Record<string, unknown>) => tag["x-traitTag"]);
  expect(traits).toHaveLength(description.tags.length);
  for (const { source } of docs.operations) expect(source.tags ?? []).not.toContain("");
  expect(description.paths["/v1/things"].get.tags[0]).toBe("");
});

test("shows the path and the method's name with an operation", () => {
  expect(description.paths["/v1/things"].post.description).toMatch(/^`POST \/v1\/things` `createThing`/);
  expect(description.paths["/v1/things/{id}/parts/{part}"].delete.summary).toBe("deletePart");
});

test("tells the values of a list once", () => {
  const { colour } = description.paths["/v1/things"].post.requestBody.content["application/json"].schema.properties;
  expect(colour).not.toHaveProperty("enum");
});

test("runs no words together that a line, an item or a cell sets apart", () => {
  const { description: text } = description.tags.find(({ name }: { name: string }) => name === "Failures");
  expect(text).toContain("- `T.0001`: it is broken.&#32;\n");
  expect(text).toContain("| `T.0001`&#32;| mend it&#32;|");
  expect(text).toContain("|---|---|");
  expect(description.paths["/v1/things"].get.responses[429].description).toMatch(
    /^Too many, and they come too fast\.\n?$/,
  );
});

test("leaves the docs as they were", () => {
  expect(docs.contract.root).toEqual(before);
});
