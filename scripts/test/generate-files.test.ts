import ts from "typescript";
import { describe, expect, test } from "vitest";
import { generateFiles } from "../codegen/generate-files.ts";
import { FIXTURE, toFile } from "./fixture.ts";

test("the fixture's files are what its contract gives", async () => {
  const files = await generateFiles(toFile(FIXTURE.contract), FIXTURE);
  expect([...files.keys()]).toEqual(expect.arrayContaining([FIXTURE.types, FIXTURE.client, FIXTURE.publicNames]));
  for (const [path, content] of files) await expect(content).toMatchFileSnapshot(toFile(path));
});

describe("they compile", () => {
  const files = [FIXTURE.types, FIXTURE.client, FIXTURE.publicNames].map(toFile);
  const common: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    allowImportingTsExtensions: true,
  };
  // They share what they read.
  const host = ts.createCompilerHost(common);
  const { getSourceFile } = host;
  const read = new Map<string, ts.SourceFile | undefined>();
  host.getSourceFile = (name, ...rest) => {
    if (!read.has(name)) read.set(name, getSourceFile(name, ...rest));
    return read.get(name);
  };

  // What users have: our own options are stricter, and hide what only laxer ones find.
  test.for<[string, ts.CompilerOptions]>([
    ["strict alone", {}],
    ["exact optional properties", { exactOptionalPropertyTypes: true }],
    ["all that is stricter", { noUncheckedIndexedAccess: true, noUnusedLocals: true, verbatimModuleSyntax: true }],
  ])("with %s", ([, options]) => {
    const program = ts.createProgram(files, { ...common, ...options }, host);
    const problems = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
    expect(ts.formatDiagnostics(problems, host)).toBe("");
  });
});
