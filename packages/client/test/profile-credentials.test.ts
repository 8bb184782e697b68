import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { defaultCredentials, profileCredentials } from "../src/node.ts";
import { connect, PROJECT_ID, page, reasonOf, reply, type Server, serve } from "./servers.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "profile-"));
  file = join(folder, "credentials");
  for (const name of ["AK", "SK", "SECURITY_TOKEN", "PROJECT_ID"]) vi.stubEnv(`HUAWEICLOUD_SDK_${name}`, "");
});
afterEach(() => rm(folder, { recursive: true }));

const sent = ({ received }: Server) => {
  const [{ url, headers } = { url: "", headers: {} as Server["received"][0]["headers"] }] = received.slice(-1);
  return [url.split("/")[2], /Access=(\w+)/.exec(headers.authorization ?? "")?.[1], headers["x-security-token"]];
};

test.for<[string, string]>([
  ["as the official SDK writes it", "[basic]\nak = AK1\nsk = SK1\nsecurity_token = T1\nproject_id = #\n"],
  ["with Windows' line ends and BOM", "\uFEFF[basic]\r\nak=AK1\r\nsk=SK1\r\nsecurity_token=T1\r\nproject_id=#\r\n"],
  [
    "with comments, quotes and other sections",
    "; mine\n[global]\nak = OTHER\n[ basic ]\n# ak = OLD\n ak: 'AK1' \nsk = \"SK1\"\nsecurity_token=T1\nproject_id=#\n[more]\nak=X",
  ],
])("a profile %s", async ([, text]) => {
  await writeFile(file, text.replace("#\n", `${PROJECT_ID}\n`).replace("#\r\n", `${PROJECT_ID}\r\n`));
  await using csms = await serve(page([]));
  await connect(csms, { projectId: undefined, credentials: profileCredentials({ file }) }).listSecrets();
  expect(sent(csms)).toEqual([PROJECT_ID, "AK1", "T1"]);
});

test("its file is the one that the environment names, else the one in the home", async () => {
  await writeFile(file, "[basic]\nak=AK1\nsk=SK1\n");
  vi.stubEnv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", file);
  expect(() => profileCredentials()).not.toThrow();
  // A home belongs to a process.
  const module = new URL("../src/node/profile-credentials.ts", import.meta.url).href;
  const program = `import { profileCredentials } from "${module}"; profileCredentials();`;
  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    env: { ...process.env, HUAWEICLOUD_SDK_CREDENTIALS_FILE: "", HOME: folder, USERPROFILE: folder },
    encoding: "utf8",
  });
  expect(stderr).toContain(join(folder, ".huaweicloud", "credentials"));
});

test("it is read again when the service refuses its key", async () => {
  await writeFile(file, "[basic]\nak=AK1\nsk=SK1\n");
  await using csms = await serve(page([]), reply(401), page([]));
  const client = connect(csms, { credentials: profileCredentials({ file }) });
  await client.listSecrets();
  await writeFile(file, "[basic]\nak=AK2\nsk=SK2\n");
  await client.listSecrets();
  expect(sent(csms)).toEqual([PROJECT_ID, "AK2", undefined]);
});

test("its IAM is asked for the project", async () => {
  await using iam = await serve(reply(200, { projects: [{ id: PROJECT_ID, name: "cn-north-4" }] }));
  await writeFile(file, `[basic]\nak=AK1\nsk=SK1\niam_endpoint=${iam.url}/\n`);
  await using csms = await serve(page([]));
  const options = { region: "cn-north-4", projectId: undefined, credentials: profileCredentials({ file }) };
  await connect(csms, options).listSecrets();
  expect(iam.received).toMatchObject([{ method: "GET", url: "/v3/projects?name=cn-north-4" }]);
  expect(sent(csms)).toEqual([PROJECT_ID, "AK1", undefined]);
});

describe("what is wrong with it is told, and nothing that it holds", () => {
  test.for<[string, string | undefined, RegExp]>([
    ["no file", undefined, /there is no such file/],
    ["no section", "ak=AK1\nsk=hidden\n", /ak and sk missing in \[basic\]/],
    ["no sk", "[basic]\nak=hidden\nsk=\n", /: sk missing in \[basic\]/],
    [
      "an IAM on plain http",
      "[basic]\nak=A\nsk=hidden\niam_endpoint=http://iam.example.com",
      /iam_endpoint must begin with https/,
    ],
  ])("%s", async ([, text, message]) => {
    if (text !== undefined) await writeFile(file, text);
    const error = await reasonOf((async () => profileCredentials({ file }))());
    expect(error).toMatchObject({ name: "CsmsInputError", message: expect.stringMatching(message) });
    expect(String(error)).toContain(file);
    expect(inspect(error)).not.toContain("hidden");
  });
});

describe("defaultCredentials", () => {
  const metadata = (answer: (url: string) => Response) => {
    const real = fetch;
    vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
      url.startsWith("http://169.254.169.254/") ? Promise.resolve(answer(url)) : real(url, init),
    );
  };
  const use = async (csms: Server) => {
    const options = { credentials: defaultCredentials(), fetch: undefined };
    await connect(csms, options).listSecrets();
    return sent(csms)[1];
  };

  test("takes the environment's key before the profile's, and that before the instance's", async () => {
    await using csms = await serve(page([]));
    vi.stubEnv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", file);
    const credential = { access: "INSTANCE", secret: "s", expires_at: "2999-01-01T00:00:00.000000Z" };
    metadata((url) => (url.endsWith("/token") ? new Response("t") : Response.json({ credential })));
    expect(await use(csms)).toBe("INSTANCE");
    await writeFile(file, "[basic]\nak=PROFILE\nsk=SK1\n");
    expect(await use(csms)).toBe("PROFILE");
    vi.stubEnv("HUAWEICLOUD_SDK_AK", "ENVIRONMENT");
    vi.stubEnv("HUAWEICLOUD_SDK_SK", "SK2");
    expect(await use(csms)).toBe("ENVIRONMENT");
  });

  test("says why each had none", async () => {
    await using csms = await serve(page([]));
    vi.stubEnv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", file);
    metadata(() => new Response("Please configure Cloud Service Agency first", { status: 401 }));
    const error = await reasonOf(use(csms));
    expect(error).toMatchObject({ name: "CsmsInputError" });
    const [first, ...reasons] = String(error).split("\n");
    expect(first).toMatch(/no access key found/);
    expect(reasons).toEqual([
      expect.stringMatching(/HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK/),
      expect.stringMatching(/there is no such file/),
      expect.stringMatching(/has no agency/),
    ]);
    expect(csms.received).toEqual([]);
  });
});
