// The way of somebody who adds operations: in a copy of this repository the contract alone is edited, the rest is
// generated, and everything is tested. It fails, too, when a file changes that is neither in openapi/ nor generated.
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Document, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { COMMAND } from "../command.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CONTRACT = "openapi/csms.yaml";

parseArgs();

// As from a shell of its own, and not from the package manager that runs this.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^p?npm_/i.test(name)));

const added = await readYaml(fileURLToPath(new URL("operations.yaml", import.meta.url)));
const folder = await mkdtemp(join(tmpdir(), "csms-walk-"));
for (const path of git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")) {
  if (path) await cp(join(ROOT, path), join(folder, path));
}
git(folder, "init", "--quiet");
git(folder, "add", "--all");
git(folder, "-c", "user.name=walk", "-c", "user.email=walk@example.com", "commit", "--quiet", "--message=Before");

await writeFile(join(folder, CONTRACT), extend(await readYaml(join(folder, CONTRACT))));
run("exec", "biome", "format", "--write", CONTRACT);
run("generate");
run("test");

const changed = git(folder, "status", "--porcelain", "--untracked-files=all", "-z")
  .split("\0")
  .filter(Boolean)
  .map((line) => line.slice(3));
const generated = changed.filter(isGenerated);
const others = changed.filter((path) => !path.startsWith("openapi/") && !generated.includes(path));
await rm(folder, { recursive: true });
if (others.length > 0) fail(`These changed, though nobody generates them:\n  ${others.join("\n  ")}`);
console.log(
  `Added ${count(added)} operations to ${CONTRACT}: ${generated.length} generated files changed, and no others.`,
);

/** The contract with what is added, and the version that such a change needs. */
function extend(contract: Document): string {
  for (const place of [["paths"], ["components", "schemas"]]) {
    for (const { key, value } of (added.getIn(place) as YAMLMap).items) contract.addIn(place, { key, value });
  }
  for (const tag of (added.get("tags") as YAMLSeq).items) contract.addIn(["tags"], tag);
  const [major, minor] = String(contract.getIn(["info", "version"])).split(".");
  contract.setIn(["info", "version"], `${major}.${Number(minor) + 1}.0`);
  return contract.toString({ lineWidth: 0 });
}

function count(contract: Document): number {
  return JSON.stringify(contract).split('"operationId"').length - 1;
}

function isGenerated(path: string): boolean {
  return git(folder, "check-attr", "linguist-generated", path).endsWith(": set\n");
}

function run(...words: string[]): void {
  const [command = "", ...parameters] = [...COMMAND.split(" "), ...words];
  try {
    execFileSync(command, parameters, { cwd: folder, env, stdio: "inherit", shell: process.platform === "win32" });
  } catch {
    fail(`\`${words.join(" ")}\` fails when operations are added to the contract alone. The copy is in ${folder}.`);
  }
}

function git(cwd: string, ...parameters: string[]): string {
  return execFileSync("git", parameters, { cwd, encoding: "utf8" });
}

async function readYaml(path: string): Promise<Document> {
  return parseDocument(await readFile(path, "utf8"));
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
