import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type AccessKey, accessKeyCredentials, type CsmsClientOptions } from "../src/index.ts";
import {
  type Answer,
  connect,
  PROJECT_ID,
  page,
  type Received,
  reasonOf,
  reply,
  type Server,
  serve,
} from "./servers.ts";

afterEach(() => {
  vi.useRealTimers();
});

const KEY = { accessKeyId: "AKEXAMPLE0000001", secretAccessKey: "the-secret-access-key" };
const refusal = reply(401, { error_code: "APIGW.0301", error_msg: "verify aksk signature fail" });

/** What the official signer would have sent in place of a request as it came. */
function signedOfficially({ method, url, headers }: Received, { accessKeyId, secretAccessKey }: AccessKey) {
  const { host = "" } = headers;
  const { pathname, searchParams } = new URL(url, `http://${host}`);
  const signed = ["X-Sdk-Date", "X-Project-Id", "X-Security-Token"].flatMap((name) => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? [] : [[name, value]];
  });
  const credential = { getAk: () => accessKeyId, getSk: () => secretAccessKey } as Parameters<
    typeof AKSKSigner.sign
  >[1];
  const queryParams = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const official = AKSKSigner.sign(
    { method, endpoint: `http://${host}${pathname}`, queryParams, headers: Object.fromEntries(signed) },
    credential,
  );
  return Object.fromEntries(Object.entries(official).map(([name, value]) => [name.toLowerCase(), value]));
}

const list = (server: Server, key: Parameters<typeof accessKeyCredentials>[0], options?: Partial<CsmsClientOptions>) =>
  connect(server, { credentials: accessKeyCredentials(key), ...options }).listSecrets({ limit: 10, marker: "a_b-c" });

describe("what arrives is signed as the official signer would have signed it", () => {
  test.for([
    ["a permanent key", KEY],
    ["a temporary key", { ...KEY, securityToken: "the/security+token==" }],
  ] as const)("%s", async ([, key]) => {
    await using server = await serve(page([]));
    await list(server, key);
    const [received] = server.received;
    expect(received?.headers).toMatchObject(signedOfficially(received as Received, key));
    expect(received?.headers).toMatchObject({
      "x-project-id": PROJECT_ID,
      "x-sdk-date": expect.stringMatching(/^\d{8}T\d{6}Z$/),
    });
    expect(received?.headers["x-security-token"]).toBe("securityToken" in key ? key.securityToken : undefined);
    expect(received?.headers).not.toHaveProperty("x-auth-token");
  });

  test("a path below the endpoint's, and a query that middleware added", async () => {
    await using server = await serve(page([]));
    const middleware = [
      {
        onRequest: ({ request }: { request: Request }) =>
          new Request(`${request.url}&z=%20%2B%26&a=%E5%AF%86&a=&%C3%A9=1`, request),
      },
    ];
    await list(server, KEY, { endpoint: `${server.url}/gateway/csms/`, middleware });
    const [received] = server.received;
    expect(received?.url).toMatch(`/gateway/csms/v1/${PROJECT_ID}/secrets?`);
    expect(received?.headers).toMatchObject(signedOfficially(received as Received, KEY));
  });
});

test("the secret access key is not sent", async () => {
  await using server = await serve(page([]));
  await list(server, KEY);
  expect(JSON.stringify(server.received)).not.toContain(KEY.secretAccessKey);
});

test("X-Project-Id follows the project of the call", async () => {
  await using server = await serve(page([]));
  const project_id = "f".repeat(32);
  await connect(server, { credentials: accessKeyCredentials(KEY) }).listSecrets({ project_id });
  expect(server.received[0]?.headers["x-project-id"]).toBe(project_id);
});

test("each attempt is signed with its own time", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 2, 3, 4, 5) });
  await using server = await serve((...exchange) => {
    vi.setSystemTime(Date.UTC(2026, 11, 31, 23, 59, 59, 999));
    reply(503, "", { "retry-after": "0" })(...exchange);
  }, page([]));
  await list(server, KEY);
  expect(server.received.map(({ headers }) => headers["x-sdk-date"])).toEqual(["20260102T030405Z", "20261231T235959Z"]);
  for (const received of server.received) expect(received.headers).toMatchObject(signedOfficially(received, KEY));
});

describe("keys that rotate", () => {
  const keys = [1, 2, 3].map((n) => ({
    accessKeyId: `AK${n}`,
    secretAccessKey: `SK${n}`,
    securityToken: `security-token-${n}`,
  }));
  const provider = (...given: AccessKey[]) =>
    vi.fn(async () => (given.length > 1 ? given.shift() : given[0]) as AccessKey);
  const accessOf = ({ received }: Server) =>
    received.map(({ headers }) => /Access=(\w+),/.exec(`${headers.authorization}`)?.[1]);

  test("a provider is asked once for 100 calls at once, and its key is kept", async () => {
    await using server = await serve(page([]));
    const getKey = provider(...keys);
    const client = connect(server, { credentials: accessKeyCredentials(getKey) });
    await Promise.all(Array.from({ length: 100 }, () => client.listSecrets().withResponse()));
    await client.listSecrets();
    expect(getKey).toHaveBeenCalledTimes(1);
    expect(new Set(accessOf(server))).toEqual(new Set(["AK1"]));
  });

  test("it is asked once more when a signature is refused", async () => {
    await using server = await serve(refusal, page([]));
    const getKey = provider(...keys);
    const client = connect(server, { credentials: accessKeyCredentials(getKey), maxRetries: 0 });
    await client.listSecrets();
    await client.listSecrets();
    expect(accessOf(server)).toEqual(["AK1", "AK2", "AK2"]);
    expect(getKey).toHaveBeenCalledTimes(2);
    const [, second] = server.received;
    expect(second?.headers).toMatchObject(signedOfficially(second as Received, keys[1] as AccessKey));
    expect(second?.headers["x-security-token"]).toBe("security-token-2");
  });

  test("not endlessly", async () => {
    await using server = await serve(refusal);
    await expect(list(server, provider(...keys))).rejects.toMatchObject({ status: 401 });
    expect(server.received).toHaveLength(2);
  });

  test("a fixed key that is refused is not tried again", async () => {
    await using server = await serve(refusal);
    await expect(list(server, KEY)).rejects.toMatchObject({ status: 401 });
    expect(server.received).toHaveLength(1);
  });

  test("a provider that fails fails the calls that waited for it, with its own error, and no others", async () => {
    await using server = await serve(page([]));
    const failure = new Error("the vault is sealed");
    const getKey = vi.fn<() => Promise<AccessKey>>().mockRejectedValueOnce(failure).mockResolvedValue(KEY);
    const client = connect(server, { credentials: accessKeyCredentials(getKey) });
    const both = await Promise.all([reasonOf(client.listSecrets()), reasonOf(client.listSecrets())]);
    expect(both).toEqual([failure, failure]);
    await client.listSecrets();
    expect(getKey).toHaveBeenCalledTimes(2);
  });
});

test.for([
  { accessKeyId: "", secretAccessKey: "sk" },
  { accessKeyId: "ak", secretAccessKey: "" },
  { accessKeyId: "ak" },
  {},
])("%o is no access key: nothing is sent", async (key) => {
  await using server = await serve(page([]));
  for (const credentials of [
    () => accessKeyCredentials(key as AccessKey),
    () => accessKeyCredentials(() => key as AccessKey),
  ]) {
    const call = async () => connect(server, { credentials: credentials() }).listSecrets();
    await expect(call()).rejects.toMatchObject({ name: "CsmsInputError" });
  }
  expect(server.received).toHaveLength(0);
});

test.for(["security-token ", "security\n-token", " "])(
  "a securityToken that a header would change is refused, not signed: %o",
  async (securityToken) => {
    await using server = await serve(page([]));
    const error = await reasonOf(list(server, { ...KEY, securityToken }));
    expect(error).toMatchObject({ name: "CsmsInputError", message: expect.stringContaining("securityToken") });
    expect(server.received).toHaveLength(0);
  },
);

test("an unusable key is not kept", async () => {
  await using server = await serve(page([]));
  const keys = [{ ...KEY, accessKeyId: "AK\n" }, KEY];
  const client = connect(server, { credentials: accessKeyCredentials(() => keys.shift() as AccessKey) });
  await expect(client.listSecrets()).rejects.toMatchObject({ name: "CsmsInputError" });
  expect((await client.listSecrets()).secrets).toEqual([]);
});

describe("a clock that is off", () => {
  const MINUTE = 60_000;

  /** Refuses signatures whose time is more than 15 minutes from the server's own clock. */
  const strict =
    (now: () => number): Answer =>
    (response, { headers }) => {
      const signed = Date.parse(`${headers["x-sdk-date"]}`.replace(/(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, "$1-$2-$3:$4:"));
      const answer = Math.abs(signed - now()) > 15 * MINUTE ? refusal : page(["a"]);
      response.sendDate = false;
      response.setHeader("Date", new Date(now()).toUTCString());
      answer(response, { headers } as Received);
    };

  test.for([-20, 20])("by %i minutes: a refused signature is made anew, and the offset is kept", async (minutes) => {
    const now = () => Date.now() + minutes * MINUTE;
    await using server = await serve(strict(now));
    const client = connect(server, { credentials: accessKeyCredentials(KEY), maxRetries: 0 });
    expect((await client.listSecrets()).secrets).toHaveLength(1);
    expect(server.received).toHaveLength(2);
    await client.listSecrets();
    expect(server.received).toHaveLength(3);
    for (const received of server.received) expect(received.headers).toMatchObject(signedOfficially(received, KEY));
  });

  test("100 calls at once are all signed anew", async () => {
    await using server = await serve(strict(() => Date.now() + 20 * MINUTE));
    const client = connect(server, { credentials: accessKeyCredentials(KEY), maxRetries: 0, timeout: 60_000 });
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => client.listSecrets().withResponse()));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["fulfilled"]));
  });

  test("a refusal that a new time does not mend names both clocks", async () => {
    const date = new Date(Date.now() - 20 * MINUTE).toUTCString();
    await using server = await serve((response, request) => {
      response.sendDate = false;
      response.setHeader("Date", date);
      refusal(response, request);
    });
    const error = await reasonOf(list(server, KEY));
    expect(server.received).toHaveLength(2);
    expect(error).toMatchObject({
      status: 401,
      message: expect.stringMatching(/service's clock says .*Z, this one .*Z/),
    });
    expect(String(error)).toContain(new Date(date).toISOString());
  });
});
