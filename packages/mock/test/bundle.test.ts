import { glob, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire, isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { readLicense } from "../third-party-licenses.ts";
import { project, token } from "./read-all.ts";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const read = (file: string) => readFile(dist + file, "utf8");
const scripts = await Promise.all((await Array.fromAsync(glob("*.js", { cwd: dist }))).map(read));

test("names every package that is bundled, with its licence", async () => {
  // The bundler says above each module where it is from.
  const folders = scripts.flatMap((script) => script.match(/^\/\/ .*\/node_modules\/(@[^/]+\/)?[^/\n]+/gm) ?? []);
  const bundled = await Promise.all(
    [...new Set(folders)].map(async (folder) => {
      const { name, version } = JSON.parse(await read(`../${folder.slice(3)}/package.json`));
      return `${name} ${version}`;
    }),
  );
  const entries = (await read("THIRD-PARTY-NOTICES.txt")).split(/^={80}\n/m).slice(1);
  expect(entries.map((entry) => entry.slice(0, entry.indexOf(":"))).sort()).toEqual([...new Set(bundled)].sort());
  expect(bundled).toContainEqual(expect.stringMatching(/^@stoplight\/prism-http /));
  for (const entry of entries) expect(entry).toMatch(/copyright/i);
});

test("does not bundle a package without a licence", async () => {
  const folder = await mkdtemp(join(tmpdir(), "csms-mock-"));
  const write = (manifest: object) => writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  try {
    await write({ name: "free", version: "1.0.0", license: "MIT", author: "A. U. Thor" });
    expect(readLicense(folder)).toMatch(
      /free 1\.0\.0: MIT\n\nMIT License\n\nCopyright \(c\) A\. U\. Thor\n\nPermission/,
    );
    await write({ name: "other", version: "1.0.0", license: "Apache-2.0" });
    expect(() => readLicense(folder)).toThrow(/^other 1\.0\.0 has no licence in/);
    await writeFile(join(folder, "NOTICE.md"), "Notice well.");
    expect(readLicense(folder)).toContain("other 1.0.0: Apache-2.0\n\nNotice well.");
    await write({ name: "unsaid", version: "1.0.0" });
    expect(() => readLicense(folder)).toThrow(/^unsaid 1\.0\.0 has no licence in/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("needs nothing but Node.js, nor do its types, and of that nothing deprecated", async () => {
  const imported = scripts.flatMap((script) => script.match(/(?<=^import .*")[^"]+(?=";$)/gm) ?? []);
  const required = scripts.flatMap((script) => script.match(/(?<=\b__require[$\d]*\(")[^"]+(?="\))/g) ?? []);
  const modules = new Set([...imported, ...required].map((name) => name.replace("node:", "")));
  expect([...modules]).toContain("http");
  // Asked for by a logger that is to print, which Prism's is not.
  modules.delete("pino-pretty");
  expect([...modules].filter((name) => !name.startsWith("./") && (!isBuiltin(name) || name === "punycode"))).toEqual(
    [],
  );
  expect(await read("index.d.ts")).not.toMatch(/^(import|export) .* from |import\(/m);
  expect(JSON.parse(await read("../package.json"))).not.toHaveProperty("dependencies");
});

test("takes from Prism's faker what Prism does", () => {
  const require = createRequire(createRequire(import.meta.url).resolve("@stoplight/prism-http"));
  expect(require("@faker-js/faker/locale/en").faker).toBe(require("@faker-js/faker").faker);
});

test("answers as its sources do", async () => {
  const bundle: typeof import("../src/index.ts") = await import(`${dist}index.js`);
  for (const options of [{}, { secrets: 12 }]) {
    await using expected = await startMock(options);
    await using mock = await bundle.startMock(options);
    for (const [path, headers] of [
      [`${project}/secrets?limit=5`, token],
      [`${project}/secrets?limit=0&colour=red`, token],
      [`${project}/secrets`, {}],
      [`${project}/secrets`, { ...token, Prefer: "dynamic=true, seed=7" }],
      [`${project}/secrets`, { ...token, Prefer: "code=429" }],
      [`${project}/secrets`, { ...token, Prefer: "code=418" }],
      [`${project}/secrets`, { ...token, Accept: "text/html" }],
      ["/nowhere", token],
    ] as const) {
      const answers = await Promise.all(
        [expected, mock].map(async ({ url }) => {
          const response = await fetch(url + path, { headers });
          const { date, ...rest } = Object.fromEntries(response.headers);
          return { path, status: response.status, headers: rest, body: (await response.text()).replaceAll(url, "") };
        }),
      );
      expect(answers[1]).toEqual(answers[0]);
    }
  }
});
