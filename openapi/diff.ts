// node diff.ts [--check-version] <base> <revision>
// Prints a table of what changed between two editions of the contract, and the version that the changes need.
// With --check-version it fails when the revision's info.version is lower than that; the table has only what asks for it then.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { inc, lt, valid } from "semver";
import { pointerKeys } from "./reader/index.ts";

type Impact = "major" | "minor" | "patch";

interface Change {
  path: string;
  typeName: string;
  kind: "added" | "removed" | "modified";
  property?: string;
  impact: Impact;
  verdicts: { message: string }[];
  base?: { value: unknown };
  revision?: { value: unknown };
}

interface Report {
  infoVersions: { base: string; revision: string };
  changes: Change[];
}

const impacts: Impact[] = ["major", "minor", "patch"];

/** How a change that Redocly lets pass breaks a program that uses the client or its types. */
function findHarm({ typeName, kind, path, property, base, revision }: Change): string | undefined {
  const name = quote(path.split("/").at(-1));
  const before = base?.value;
  const after = revision?.value;

  if (property === "enum" && Array.isArray(before) && Array.isArray(after)) {
    const lost = before.filter((value) => !after.includes(value));
    if (lost.length > 0) return `${name} can no longer be ${lost.map(quote).join(", ")}.`;
  }
  if (property === "default" && typeName === "Schema" && before !== undefined && path.includes("/parameters/")) {
    return `The default went from ${quote(before)} to ${after === undefined ? "none" : quote(after)}.`;
  }
  if (property === "name" && typeName === "Parameter") {
    return `The parameter ${quote(before)} is now called ${quote(after)}.`;
  }
  if (/^#\/components\/schemas\/[^/]+$/.test(path) && (kind === "removed" || property === "key")) {
    return `There is no schema named ${property === "key" ? quote(before) : name} any more, so no type.`;
  }
  if (kind === "removed" && /\/requestBody\/.*\/properties\/[^/]+$/.test(path)) {
    return `The request's property ${name} was removed.`;
  }
  if (kind === "added" && /\/responses\/2\w\w$/.test(path)) {
    return `A call that succeeds can now end with ${name}, so its result has another type.`;
  }
  if (path.endsWith("/x-redocly-pagination")) {
    if (kind === "removed") return "The client no longer reads on, page after page.";
    if (property === "items") return `The client lists ${quote(after)}, no longer ${quote(before)}.`;
  }
  return undefined;
}

function rate(change: Change): { impact: Impact; what: string; where: string } {
  const found = change.verdicts.map(({ message }) => message).join(" ");
  const missed = found ? undefined : findHarm(change);
  const what = found || missed || `${change.property ?? change.typeName} ${change.kind}`;
  return {
    impact: missed ? "major" : change.impact,
    what: [what, ...excuses(change).map((reason) => `Said to be no secret: ${reason}`)].join(" · "),
    where: quote(place(change.path)),
  };
}

/** Why something named like a secret's value is none: whoever reviews the change is to see it. */
function excuses({ property = "", revision }: Change): unknown[] {
  const reasons: unknown[] = [];
  JSON.stringify({ [property]: revision?.value }, (key, value) => {
    if (key === "x-no-secret") reasons.push(value);
    return value;
  });
  return reasons;
}

/** A JSON Pointer as people read it: `/v1/{project_id}/secrets get/responses/404`. */
function place(pointer: string): string {
  const [root, ...rest] = pointerKeys(pointer);
  if (root !== "paths") return [root, ...rest].join("/");
  const [path, ...inside] = rest;
  return `${path} ${inside.join("/")}`.trim();
}

function quote(value: unknown): string {
  return `\`${value}\``;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function compare(base: string, revision: string): Report {
  const cli = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
  const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));
  const options = ["--config", config, "--format=json", "--fail-on=none"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "diff", base, revision, ...options], {
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (status !== 0) fail(`redocly diff failed:\n${stderr}`);
  return JSON.parse(stdout);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "check-version": { type: "boolean", default: false } },
});
const [base, revision] = positionals;
if (!base || !revision) fail("Usage: node diff.ts [--check-version] <base> <revision>");

const { infoVersions, changes } = compare(base, revision);
for (const [file, version] of [
  [base, infoVersions.base],
  [revision, infoVersions.revision],
]) {
  if (!valid(version)) fail(`info.version of ${file} is "${version}". It has to be like 1.2.3.`);
}

const rows = changes.map(rate).sort((left, right) => impacts.indexOf(left.impact) - impacts.indexOf(right.impact));
const [{ impact } = { impact: "patch" as const }] = rows;
// A change of words alone needs no version of its own.
const needed = (impact === "patch" ? undefined : inc(infoVersions.base, impact)) ?? infoVersions.base;

const isRefused = values["check-version"] && lt(infoVersions.revision, needed);

if (rows.length === 0) {
  console.log(`${revision} is the same API as ${base}.`);
} else {
  console.log(`What changed in ${revision} since ${base}:\n`);
  const shown = isRefused ? rows.filter((row) => row.impact === impact) : rows;
  console.log(markdownTable([["impact", "what", "where"], ...shown.map((row) => [row.impact, row.what, row.where])]));
  console.log(`\ninfo.version was ${infoVersions.base}, is ${infoVersions.revision}, has to be at least ${needed}.`);
}
if (isRefused) {
  const choice = impact === "patch" ? "" : `, or take back each ${impact} change`;
  console.error(`\ninfo.version of ${revision} is too low: ${infoVersions.revision}. Set it to ${needed}${choice}.`);
  process.exitCode = 1;
}
