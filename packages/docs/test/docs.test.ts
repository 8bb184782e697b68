import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { operationsByTag, readDocs } from "../src/docs.ts";
import { things } from "./fixture.ts";

test("has the guide's chapters before the contract's, and the introduction apart", async () => {
  const { introduction, chapters } = await readDocs(things.contract, things.samples);
  expect(introduction).toBe("What things there are. *Failures* tells what goes wrong.");
  expect(chapters[0]?.title).toBe("Quick start");
  expect(chapters.at(-1)).toEqual({ title: "Failures", text: expect.stringMatching(/^Answers with [\s\S]*```$/) });
});

test("gives an operation its generated code samples, and leaves a contract its own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "csms-docs-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const own = "x-codeSamples: [{ lang: Go, label: Go, source: client.ListThings() }]";
  const contract = (await readFile(things.contract, "utf8")).replace("operationId: listThings\n", `$&      ${own}\n`);
  await writeFile(join(folder, "contract.yaml"), contract);
  const { operations } = await readDocs(join(folder, "contract.yaml"), things.samples);
  expect(operations.map(({ source }) => source["x-codeSamples"].map(({ label }: { label: string }) => label))).toEqual([
    ["Go"],
    ["TypeScript", "curl"],
    ["curl"],
    [],
  ]);
});

test("has every operation once: by its first tag, those without one last", async () => {
  const groups = operationsByTag(await readDocs(things.contract, things.samples));
  expect(groups.map(({ tag, operations }) => [tag?.name, operations.map(({ name }) => name)])).toEqual([
    ["Things", ["listThings", "createThing"]],
    [undefined, ["showPart", "deletePart"]],
  ]);
});
