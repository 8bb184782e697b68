import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { startMock } from "@csms/mock";
import { expect, test } from "vitest";

const region = { CSMS_REGION: "cn-north-4" };
const project = { HUAWEICLOUD_SDK_PROJECT_ID: "0123456789abcdef0123456789abcdef" };
const token = { CSMS_TOKEN: "any-token" };

/** Starts it with these variables of an account, and no others. */
async function start(variables: Record<string, string>) {
  const program = fileURLToPath(new URL("../start/list-secrets.ts", import.meta.url));
  const child = spawn(process.execPath, [program], { env: { PATH: process.env.PATH, NO_COLOR: "1", ...variables } });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

test.for<[string, Record<string, string>, string]>([
  [
    "all that is missing, at once",
    region,
    "set HUAWEICLOUD_SDK_PROJECT_ID, the id of your project; and either CSMS_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
  ],
  ["a wrong endpoint, before what is missing", { CSMS_ENDPOINT: "a.test" }, "CSMS_ENDPOINT must begin with https://"],
  ["half of a key", { ...region, ...project, HUAWEICLOUD_SDK_AK: "a" }, "not set: HUAWEICLOUD_SDK_SK"],
  ["a wrong endpoint", { CSMS_ENDPOINT: "a.test", ...project, ...token }, "CSMS_ENDPOINT must begin with https://"],
  [
    "a wrong region",
    { CSMS_REGION: "region 4", ...project, ...token },
    'CSMS_REGION must be small letters, digits and hyphens, such as cn-north-4, got "region 4"',
  ],
  [
    "a wrong project",
    { ...region, HUAWEICLOUD_SDK_PROJECT_ID: "a", ...token },
    "HUAWEICLOUD_SDK_PROJECT_ID must be text",
  ],
])("%s is told in one line that names the variable", async ([, variables, message]) => {
  const { code, stdout, stderr } = await start(variables);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^.+\n$/);
});

test("of a token and a key, it is told which is used", async () => {
  await using mock = await startMock({ secrets: 1, seed: 1 });
  const key = { HUAWEICLOUD_SDK_AK: "a", HUAWEICLOUD_SDK_SK: "b" };
  const { code, stdout } = await start({ CSMS_ENDPOINT: mock.url, ...token, ...key });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^CSMS_TOKEN is used, and HUAWEICLOUD_SDK_AK is not\.\n/);
});
