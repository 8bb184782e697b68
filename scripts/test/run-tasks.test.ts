import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import root from "../../package.json" with { type: "json" };
import { readTask } from "../task-output.ts";

const program = fileURLToPath(new URL("../run-tasks.ts", import.meta.url));
const { packageManager } = root;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csms-tasks-"));
  const files = {
    "package.json": { name: "root", private: true, packageManager, scripts: { tidy: "node -e 0" } },
    "pnpm-workspace.yaml": { packages: ["*"] },
    "turbo.json": { tasks: { "//#tidy": { cache: false }, check: { dependsOn: ["^check"] } } },
    "good/package.json": { name: "good", scripts: { check: "echo not-a-word-of-this" } },
    "bad/package.json": { name: "bad", scripts: { check: "node -e \"throw 'this-is-why'\"" } },
    "worse/package.json": { name: "worse", scripts: { check: "node -e \"throw 'and-this'\"" } },
    "user/package.json": { name: "user", scripts: { check: "echo" }, dependencies: { bad: "workspace:*" } },
  };
  for (const [file, content] of Object.entries(files)) {
    await mkdir(join(folder, file, ".."), { recursive: true });
    await writeFile(join(folder, file), JSON.stringify(content));
  }
  // What turbo writes is not to count as a change.
  await writeFile(join(folder, ".gitignore"), ".turbo\n");
  spawnSync("git", ["init"], { cwd: folder });
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...parameters: string[]) => {
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], options);
  expect(stderr).toBe("");
  return { status, lines: stdout.trim().split("\n") };
};

test("what passes is a line, and what is known already is none", () => {
  const first = run("tidy", "check", "--filter=good", "--filter=//");
  expect(first.status).toBe(0);
  expect(first.lines.toSorted()).toEqual([
    expect.stringMatching(/^2 tasks passed in .* s\.$/),
    "✓ good check",
    "✓ tidy",
  ]);
  const again = run("tidy", "check", "--filter=good", "--filter=//");
  expect(again).toEqual({
    status: 0,
    lines: ["✓ tidy", expect.stringMatching(/^2 tasks passed .*, 1 of them as before\.$/)],
  });
});

test("every failure is told at the end, with what runs only that; what needs it is not run", () => {
  const { status, lines } = run("check", "--filter=!good");
  expect(status).not.toBe(0);
  const begin = lines.indexOf("");
  expect(lines.slice(0, begin).toSorted()).toEqual(["✗ bad check", "✗ worse check"]);
  const story = lines.slice(begin).join("\n");
  for (const [name, reason] of [
    ["bad", "this-is-why"],
    ["worse", "and-this"],
  ]) {
    expect(story).toMatch(new RegExp(`✗ ${name} check\n[^✗]*${reason}[^✗]*--filter ${name} check\n`));
  }
  expect(lines.at(-1)).toMatch(
    /^2 failed: (bad check, worse|worse check, bad) check\. Tasks that need them were not run\.$/,
  );
  expect(lines.join()).not.toContain("not-a-word");
});

test("a failure of turbo itself is told", () => {
  const { status, lines } = run("chek");
  expect(status).toBe(1);
  expect(lines.join()).toContain("Could not find task `chek`");
});

test.for(["HTTPS_PROXY", "NODE_EXTRA_CA_CERTS", "npm_config_registry"])(
  "what installs packages is told by %s how to reach npm's registry",
  (name) => {
    const turbo = fileURLToPath(import.meta.resolve("turbo/bin/turbo"));
    const { stdout } = spawnSync(process.execPath, [turbo, "run", "@csms/consumers#test", "--dry=json"], {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      encoding: "utf8",
      env: { ...process.env, [name]: "a" },
    });
    const task = JSON.parse(stdout).tasks.find(({ taskId }: { taskId: string }) => taskId === "@csms/consumers#test");
    expect(task.environmentVariables.passthrough).toContainEqual(expect.stringMatching(`^${name}=`));
  },
);

test("tests are counted and timed, and those that failed are named", () => {
  const lines = [
    "cache miss, executing 1a2b",
    "",
    "> @csms/client@0.0.0 test /csms/packages/client",
    "> vitest run",
    "",
    "\u001b[41m FAIL \u001b[49m test/retry.test.ts\u001b[2m > \u001b[22ma test",
    " FAIL  test/retry.test.ts > another",
    "\u001b[2m      Tests \u001b[22m \u001b[31m2 failed\u001b[39m | \u001b[32m5 passed\u001b[39m\u001b[90m (7)\u001b[39m",
    "\u001b[2m   Duration \u001b[22m 2.25s\u001b[2m (tests 67%)\u001b[22m",
    "\u001b[41m ELIFECYCLE \u001b[49m Test failed. See above for more details.",
  ];
  expect(readTask("@csms/client:test", lines)).toEqual({
    name: "@csms/client test",
    failed: true,
    cached: false,
    output: lines.slice(5, 9).join("\n"),
    tests: "7 tests, 2.25s",
    parameters: ["--filter @csms/client", "test", "test/retry.test.ts"],
  });
});
