import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import root from "../../package.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const program = fileURLToPath(new URL("../run.js", import.meta.url));
const run = (agent: string, ...parameters: string[]) => {
  const env = { ...process.env, npm_config_user_agent: agent, npm_lifecycle_event: "generate" };
  return spawnSync(process.execPath, [program, ...parameters], { encoding: "utf8", env });
};

test("another package manager is told the right command, in one line", () => {
  expect(run("npm/11.19.1 node/v20.20.2 linux x64", "scripts/generate.ts")).toMatchObject({
    status: 1,
    stdout: "",
    stderr: `This is a workspace of pnpm. Run: npx -y ${root.packageManager} run generate\n`,
  });
});

test.for(["scripts/generate.ts", "scripts/start.ts", "scripts/walk/walk.ts"])(
  "an unknown option of %s is told in one line",
  (script) => {
    const wrong = { status: 2, stdout: "", stderr: "Unknown option '--prot'\n" };
    expect(run("pnpm/10.34.9", script, "--prot")).toMatchObject(wrong);
    expect(run("pnpm/10.34.9", script, "--", "--prot")).toMatchObject(wrong);
  },
);

test.for<[keyof typeof root.scripts, string, string]>([
  ["start", "--prot", "Unknown option '--prot'\n"],
  ["docs", "--prot", "Unknown option '--prot'. Options: --port, --help.\n"],
  ["docs", "--port=abc", 'The port is "abc". Give a number from 0 to 65535.\n'],
])("%s refuses %s before it builds", ([script, option, stderr]) => {
  // Without its cache, turbo tells what it builds.
  const env = { ...process.env, npm_config_user_agent: "pnpm/10.34.9", TURBO_FORCE: "1" };
  const wrong = { status: 2, stdout: "", stderr };
  expect(
    spawnSync(`${root.scripts[script]} ${option}`, { cwd: ROOT, encoding: "utf8", env, shell: true }),
  ).toMatchObject(wrong);
});
