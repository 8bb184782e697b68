import ts from "typescript";
import { expect, test } from "vitest";
import { validators } from "./fixture/generated/validators.ts";
import { toFile } from "./fixture.ts";

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: ["node"],
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};
const FILE = toFile("scripts/test/fixture/program.ts");

let program = "";
let version = 0;
const { writeFile: _, ...host } = ts.createCompilerHost(OPTIONS);
const editor = ts.createLanguageService({
  ...host,
  getCompilationSettings: () => OPTIONS,
  getScriptFileNames: () => [FILE],
  getScriptVersion: (file) => (file === FILE ? String(version) : "1"),
  getScriptSnapshot: (file) => {
    const text = file === FILE ? program : ts.sys.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  fileExists: (file) => file === FILE || ts.sys.fileExists(file),
});

function write(body: string): void {
  program = `import type { Colour, Thing } from "./generated/types.d.ts";
import { CsmsClient } from "./generated/client.ts";
declare const client: CsmsClient;
declare let colour: Colour;
${body}`;
  version++;
}

function problemsOf(body: string): string[] {
  write(body);
  return editor
    .getSemanticDiagnostics(FILE)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

test.for(['colour = "', 'const thing: Thing = { id: "", kind: null, colour: "', 'client.matches({ tint: "'])(
  "an editor completes the values that are known: %s",
  (body) => {
    write(body);
    const completions = editor.getCompletionsAtPosition(FILE, program.length, {});
    expect(completions?.entries.map(({ name }) => name)).toEqual(["red", "green"]);
  },
);

test("another value goes through, and is text", () => {
  expect(problemsOf('colour = "blue"; const text: string = colour; colour = text; export { text };')).toEqual([]);
});

test("a switch over the known values covers not all", () => {
  const cases = 'case "red": return 1; case "green": return 2;';
  const of = (type: string, known: string) =>
    `export function f(value: ${type}): number { switch (value) { ${known} } }`;
  expect(problemsOf(of('"red" | "green"', cases))).toEqual([]);
  expect(problemsOf(of("Colour", cases))).toEqual([expect.stringContaining("lacks ending return statement")]);
});

test("it stays so in what a method and csms.http answer", () => {
  const path = '"/v1/{project_id}/things", { params: { path: { project_id: "p1" } } }';
  const body = `
    const answers = [await client.listThings(), (await client.http.GET(${path})).data];
    for (const answer of answers) for (const { colour, shape } of answer?.found.things ?? []) {
      const text: string | undefined = colour;
      const shapes: string | null | undefined = shape;
      if (colour === "blue") console.log(text, shapes);
    }`;
  expect(problemsOf(body)).toEqual([]);
});

test("it is no violation of the contract", () => {
  const page = (thing: object) => ({ found: { things: [{ id: "t1", kind: null, ...thing }] } });
  expect(validators.listThings[200](page({ colour: "blue", shape: null }))).toBe(true);
  expect(validators.listThings[200](page({ colour: 7 }))).toBe(false);
  expect(validators.listThings[200](page({ kind: "blue" }))).toBe(false);
});
