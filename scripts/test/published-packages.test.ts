import { glob, readFile, realpath } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import root from "../../package.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const home = root.repository.replace("github:", "https://github.com/");
const manifests = await Array.fromAsync(glob("packages/*/package.json", { cwd: ROOT }));
const packages = await Promise.all(manifests.map(async (path) => JSON.parse(await readFile(ROOT + path, "utf8"))));
const published = packages.filter((manifest) => !manifest.private);

test.for(published)("$name says where it comes from: the root's package.json has the one repository", (manifest) => {
  const directory = manifest.repository.directory;
  expect(manifest).toMatchObject({
    repository: { type: "git", url: `git+${home}.git`, directory: expect.stringMatching(/^packages\/\w+$/) },
    homepage: `${home}/tree/main/${directory}#readme`,
    bugs: `${home}/issues`,
    license: root.license,
    publishConfig: { access: "public", provenance: true },
  });
  expect(manifest.keywords.length).toBeGreaterThan(0);
});

test("all that are published have one version", async () => {
  const { fixed } = JSON.parse(await readFile(`${ROOT}.changeset/config.json`, "utf8"));
  const names = published.map(({ name }) => name);
  expect(fixed.flat().sort()).toEqual(names.sort());
  expect(new Set(published.map(({ version }) => version)).size).toBe(1);
});

test("what is released is not said to be unreleased", async () => {
  const files = await Array.fromAsync(
    glob(["README.md", "packages/*/README.md", "packages/docs/src/guide.md"], { cwd: ROOT }),
  );
  const texts = await Promise.all(files.map((file) => readFile(ROOT + file, "utf8")));
  const saying = files.filter((_, index) =>
    /\bUntil\s+(it\s+is|the\s+packages\s+are)\s+released\b/.test(texts[index] ?? ""),
  );
  const isReleased = published.some(({ version }) => version !== "0.0.0");
  expect(isReleased ? saying : []).toEqual([]);
});

test("all that run in Node.js promise the same lines of it, and the README says until when", async () => {
  const engines = published.flatMap(({ engines }) => engines?.node ?? []);
  expect(new Set(engines).size).toBe(1);
  const readme = await readFile(`${ROOT}packages/client/README.md`, "utf8");
  const rows = [...readme.matchAll(/^\| (\d+)(\.\d+)?( or later)? +\| [A-Z][a-z]+ 20\d\d \|$/gm)];
  const ranges = rows.map(([, line, minor = ".0", later], index) => {
    const isLast = index === rows.length - 1;
    expect(later !== undefined).toBe(isLast || minor !== ".0");
    return `${isLast ? ">=" : "^"}${line}${minor}.0`;
  });
  expect(ranges.join(" || ")).toBe(engines[0]);
});

test.for(published)("$name runs nothing when it is installed, nor does what it depends on", async ({ repository }) => {
  const tree = await dependencyTree(`${ROOT}${repository.directory}/package.json`);
  const runs = tree.filter(({ scripts = {} }) => scripts.preinstall ?? scripts.install ?? scripts.postinstall);
  expect(runs.map(({ name }) => name)).toEqual([]);
});

test("Prism, which the mock bundles, would run something", async () => {
  const prism = findPackageJSON("@stoplight/prism-http", import.meta.url) ?? "";
  const names = (await dependencyTree(await realpath(prism)))
    .filter(({ scripts }) => scripts?.postinstall)
    .map(({ name }) => name);
  expect(names).toContain("@scarf/scarf");
});

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
}

/** The manifest at a path, and those of all that is installed with it. */
async function dependencyTree(path: string, seen = new Set<string>()): Promise<Manifest[]> {
  if (seen.has(path)) return [];
  seen.add(path);
  const manifest: Manifest = JSON.parse(await readFile(path, "utf8"));
  const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  const below: Manifest[] = [];
  for (const name of names) {
    const found = findPackageJSON(name, pathToFileURL(path));
    if (!found) throw new Error(`${name} of ${manifest.name} is not installed: run install.`);
    below.push(...(await dependencyTree(await realpath(found), seen)));
  }
  return [manifest, ...below];
}
