import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { compiler, generated } from "./peers.ts";
import type { Row } from "./rows.ts";

const folder = `${generated}typed/`;

const UNTYPED = "declare const page: any;\nexport {};";
const MISSPELT = "Property 'sate' does not exist";

/** Which rows' programs know what is in an answer: one name of it compiles, a misspelt one does not. */
export function findTyped(rows: Row[]): boolean[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [index, { program = UNTYPED }] of rows.entries()) {
    writeFileSync(`${folder}${index}.ts`, `${program}\npage.secrets[0]!.state;\npage.secrets[0]!.sate;\n`);
  }
  const compilerOptions = {
    target: "esnext",
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
    typeRoots: ["../../../../node_modules/@types"],
  };
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { cwd: folder, encoding: "utf8" });
  return rows.map(({ name }, index) => {
    const errors = stdout.split("\n").filter((line) => line.startsWith(`${index}.ts(`));
    const other = errors.find((error) => !error.includes(MISSPELT));
    if (other) throw new Error(`the program of ${name} does not compile: ${other}`);
    return errors.length > 0;
  });
}
