import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copyRepository } from "./repository-copy.ts";

/** Begins to start it in a copy of this repository. */
function launch(copy: string, ...parameters: string[]) {
  const child = spawn(process.execPath, [join(copy, "scripts/dev.ts"), ...parameters]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "close");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  /** What comes next that is like this, and all before it. */
  const next = async (pattern: RegExp) => {
    await expect.poll(() => output, { timeout: 50_000 }).toMatch(pattern);
    const said = output;
    output = "";
    return said;
  };
  return { child, ended, next };
}

/** Starts it, and waits until it is there. */
async function start(copy: string, ...parameters: string[]) {
  const { child, ended, next } = launch(copy, ...parameters);
  const welcome = await next(/Ctrl-C ends it/);
  const [, mock = "", docs = ""] = /The mock: (\S+)\nThe docs: (\S+)/.exec(welcome) ?? [];
  return { child, ended, next, welcome, mock, docs };
}

test("an edit of the contract makes all anew, and one that is wrong leaves all as it was", async () => {
  const copy = await copyRepository();
  const contract = join(copy, "openapi/csms.yaml");
  const good = await readFile(contract, "utf8");
  const [path = ""] = /(?<=^ {2})\/v1\/.*(?=:$)/m.exec(good) ?? [];
  const { child, ended, next, mock, docs } = await start(copy);
  const changes = await fetch(`${docs}/changes`);
  const title = async () => /<title>(.*)<\/title>/.exec(await (await fetch(docs)).text())?.[1];
  const isThere = async (version: string) => (await fetch(mock + path.replace("v1", version))).status !== 404;

  await writeFile(contract, good.replaceAll("  /v1/", "  /v2/").replace(/(?<=^ {2}title: ).*/m, "Another title"));
  expect(await next(/made anew.*\n/)).toMatch(
    /^\S+ openapi\/csms\.yaml: types, client, docs and mock made anew in [\d.]+ s\.\n$/m,
  );
  expect(await changes.body?.getReader().read()).toMatchObject({ done: false });
  expect([await title(), await isThere("v1"), await isThere("v2")]).toEqual(["Another title", false, true]);

  await writeFile(contract, good.replace(/^ {2}title:/m, "   title:"));
  expect(await next(/stay.*\n/)).toMatch(
    /^\S+ openapi\/csms\.yaml:\d+:\d+: bad indentation of a mapping entry\n +The mock and the docs stay as they were\.\n$/m,
  );
  expect([await title(), await isThere("v2")]).toEqual(["Another title", true]);

  await writeFile(contract, good);
  expect(await next(/made anew/)).toContain("types, client, docs and mock");
  expect([await isThere("v1"), await isThere("v2")]).toEqual([true, false]);

  child.kill("SIGINT");
  expect(await next(/Stopped\.\n/)).toMatch(/^Stopped\.\n$/m);
  expect(await ended).toEqual([0, null]);
  for (const url of [mock, docs]) await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("a contract that is wrong from the start is waited for", async () => {
  const copy = await copyRepository();
  const contract = join(copy, "openapi/csms.yaml");
  const good = await readFile(contract, "utf8");
  await writeFile(contract, good.replace(/^ {2}title:/m, "   title:"));
  const { next, welcome, mock } = await start(copy);
  expect(welcome).toMatch(/bad indentation of a mapping entry\n +The mock begins when that is mended\.\n/);
  await writeFile(contract, good);
  await next(/made anew/);
  expect((await fetch(mock)).status).toBe(404);
});

test("an edit while it starts is not lost", async () => {
  const copy = await copyRepository();
  const contract = join(copy, "openapi/csms.yaml");
  const types = join(copy, "packages/types/index.d.ts");
  await rm(types);
  const { next } = launch(copy);
  // The contract has been read, and what is made from it is not there yet.
  await expect.poll(() => existsSync(types), { interval: 5, timeout: 50_000 }).toBe(true);
  await writeFile(contract, (await readFile(contract, "utf8")).replace(/(?<=^ {2}title: ).*/m, "Another title"));
  // What was being made may have met half of the edit: then it says so.
  await next(/Ctrl-C ends it/);
  await next(/made anew/);
});

test("a port that is taken is not insisted on", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void taken.close());
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const { welcome, mock, docs } = await start(await copyRepository(), `--port=${port}`, `--docs-port=${port}`);
  expect(welcome).toMatch(new RegExp(`^Port ${port} is taken: the mock has \\d+\\.\n.*: the docs has`));
  expect(mock).not.toBe(docs);
});
