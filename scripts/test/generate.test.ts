import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import root from "../../package.json" with { type: "json" };
import { LAYOUT } from "../codegen/layout.ts";

const { packageManager } = root;
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const { contract: CONTRACT, types: TYPES, client: CLIENT } = LAYOUT;
const FILES = Object.values(LAYOUT).filter((path) => typeof path === "string");
const GENERATED = FILES.filter((path) => ![CONTRACT, LAYOUT.index].includes(path));

let copy: string;
beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), "csms-"));
  const files = [
    ".biome.json",
    ".gitignore",
    "package.json",
    "scripts/command.ts",
    "scripts/generate.ts",
    "scripts/codegen",
  ];
  for (const file of [...files, ...FILES]) await cp(join(ROOT, file), join(copy, file), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  await symlink(join(ROOT, "scripts/node_modules"), join(copy, "scripts/node_modules"));
});
afterEach(() => rm(copy, { recursive: true }));

const generate = (...options: string[]) =>
  spawnSync(process.execPath, [join(copy, "scripts/generate.ts"), ...options], { encoding: "utf8" });
const read = (file: string) => readFile(join(copy, file), "utf8");
async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await read(file);
  expect(text).toContain(from);
  await writeFile(join(copy, file), text.replace(from, to));
}

test("the generated files are what the contract gives", () => {
  expect(generate("--check")).toMatchObject({ status: 0, stderr: "" });
});

test.for([
  ["each", GENERATED],
  ["only the one", GENERATED.slice(1, 2)],
] as const)(
  "--check names %s that is another than the contract gives, and the command that mends it",
  async ([, edited]) => {
    for (const file of edited) await edit(file, "\n", "\n\n");
    const before = await Promise.all(edited.map(read));
    const { status, stderr } = generate("--check");
    expect(status).toBe(1);
    const [advice, ...lines] = stderr.split(/(?<=gives\.)\n/).reverse();
    expect(lines.sort()).toEqual(edited.map((file) => `${file} is not what ${CONTRACT} gives.`).sort());
    expect(advice).toBe(
      `Run: npx -y ${packageManager} generate\nIt makes them from the contract; a change made in them by hand is lost.\n`,
    );
    expect(await Promise.all(edited.map(read))).toEqual(before);
  },
);

/** Another contract, from which everything is generated. */
async function useThings(): Promise<void> {
  await cp(join(ROOT, "scripts/test/fixture/things.yaml"), join(copy, CONTRACT));
  expect(generate()).toMatchObject({ status: 0, stderr: "" });
}

test("a field that need not be there any more is optional in the types", async () => {
  await useThings();
  await edit(CONTRACT, "required: [name]", "required: []");
  expect(generate("--check")).toMatchObject({ status: 1, stderr: expect.stringContaining(TYPES) });
  expect(generate()).toMatchObject({ status: 0, stdout: expect.stringContaining(`wrote ${TYPES}`) });
  expect(await read(TYPES)).toMatch(/^ +name\?: string;$/m);
  expect(generate("--check")).toMatchObject({ status: 0 });
});

test("all in a contract that can't become code is refused by line and column, and nothing is written", async () => {
  await useThings();
  const before = await read(CLIENT);
  await edit(CONTRACT, "limitParam: limit", "limitParam: size");
  await edit(CONTRACT, "name: init\n          in: header", "name: init\n          in: cookie");
  const lines = (await read(CONTRACT)).split("\n");
  const placeOf = (operationId: string, key: string) => {
    const first = lines.findIndex((line) => line.includes(`operationId: ${operationId}`));
    const index = lines.findIndex((line, index) => index > first && line.includes(key));
    return `${CONTRACT}:${index + 1}:${(lines[index] ?? "").indexOf(key) + 1}`;
  };
  const { status, stderr } = generate();
  expect(status).toBe(1);
  expect(stderr.split("\n")).toEqual([
    "Nothing was written.",
    expect.stringContaining(
      `  ${placeOf("listThings", "limitParam")} at #/paths/~1v1~1{project_id}~1things/get/x-redocly-pagination/limitParam: is "size". `,
    ),
    expect.stringMatching(
      `^  ${placeOf("replace_thing", "parameters")} at #/paths/\\S+/put/parameters \\(init\\): is in cookie`,
    ),
    "",
  ]);
  expect(await read(CLIENT)).toBe(before);
});
