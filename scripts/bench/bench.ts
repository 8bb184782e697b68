// How long generators take, what they make, and how long the compiler reads it, as a contract grows: figures.md.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseYaml } from "@redocly/openapi-core";
import { markdownTable } from "markdown-table";
import { compiler, generated, generators, installPeers, setting } from "../../packages/client/bench/peers.ts";
import { grow } from "./grow.ts";

const SIZES = [2, 100, 1_000];
const folder = `${generated}growing/`;
const contract = fileURLToPath(new URL("../../openapi/csms.yaml", import.meta.url));
const ours = fileURLToPath(new URL("ours.ts", import.meta.url));
const openapiTypescript = fileURLToPath(new URL("../node_modules/openapi-typescript/bin/cli.js", import.meta.url));

const programs: [name: string, generate: (description: string, output: string) => void][] = [
  ["this repository", (description, output) => run(ours, description, output)],
  ["openapi-typescript", (description, output) => run(openapiTypescript, description, `--output=${output}/types.d.ts`)],
  ...Object.values(generators).map(({ name, generate }) => [name, generate] as (typeof programs)[number]),
];

interface Costs {
  /** Seconds. */
  generating: number;
  /** Seconds. */
  compiling: number;
  bytes: number;
}

installPeers();
rmSync(folder, { recursive: true, force: true });
const costs: Costs[][] = programs.map(() => []);
for (const size of SIZES) {
  console.log(`${size} operations …`);
  const description = `${folder}${size}/description.json`;
  mkdirSync(`${folder}${size}`, { recursive: true });
  writeFileSync(description, JSON.stringify(grow(parseYaml(readFileSync(contract, "utf8")) as object, size)));
  for (const [index, [, generate]] of programs.entries()) {
    const output = `${folder}${size}/${index}`;
    const generating = secondsOf(() => generate(description, output));
    const bytes = sizeOf(output);
    costs[index]?.push({ generating, bytes, compiling: secondsOf(() => compile(output)) });
  }
}

const page = `# What generating costs

${setting()
  .map((line) => `- ${line}`)
  .join("\n")}

The contract of this repository, its operations so often over, each time with schemas of their own; each program once, in a process of its own. Linear is a growth of ${Number(SIZES.at(-1)) / Number(SIZES.at(-2))} at the most.

${tableOf("Generating, in seconds", ({ generating }) => generating, 1)}

${tableOf("What is made, in thousands of bytes", ({ bytes }) => bytes / 1_000, 0)}

${tableOf("Compiling it with `tsc --noEmit`, in seconds", ({ compiling }) => compiling, 1)}
`;
writeFileSync(new URL("figures.md", import.meta.url), page);
console.log(page);

function tableOf(title: string, read: (costs: Costs) => number, digits: number): string {
  const body = programs.map(([name], index) => {
    const values = costs[index]?.map(read) ?? [];
    const growth = Number(values.at(-1)) / Number(values.at(-2));
    return [name, ...values.map((value) => value.toFixed(digits)), growth.toFixed(1)];
  });
  const head = ["", ...SIZES.map((size) => `${size.toLocaleString("en")} operations`), "growth"];
  return `## ${title}\n\n${markdownTable([head, ...body], { align: ["l", "r", "r", "r", "r"] })}`;
}

function secondsOf(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

function sizeOf(output: string): number {
  const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + statSync(`${parentPath}/${name}`).size, 0);
}

function compile(output: string): void {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: "es2023",
    lib: ["esnext", "dom", "dom.iterable"],
    module: "preserve",
    allowImportingTsExtensions: true,
    types: [],
  };
  writeFileSync(`${output}/tsconfig.json`, JSON.stringify({ compilerOptions }));
  run(compiler, "--project", output);
}

function run(program: string, ...options: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...options], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${options.join(" ")} failed:\n${stdout}${stderr}`);
}
