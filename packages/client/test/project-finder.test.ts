import { describe, expect, test, vi } from "vitest";
import {
  accessKeyCredentials,
  type CsmsClientOptions,
  environmentCredentials,
  type FetchLike,
  iamCredentials,
} from "../src/index.ts";
import { type Answer, connect, PROJECT_ID, page, reasonOf, reply, serve, stall, useShortestWaits } from "./servers.ts";

useShortestWaits();

const OTHER_ID = PROJECT_ID.replaceAll("0", "f");
const region = "cn-north-4";
const key = { accessKeyId: "AK", secretAccessKey: "SK" };
const projects = (...ids: string[]): Answer => reply(200, { projects: ids.map((id) => ({ id, name: region })) });

/** A client without a project, and the servers of CSMS and IAM that it reaches. */
async function start(answers: [Answer, ...Answer[]], options: Partial<CsmsClientOptions> = {}) {
  const csms = await serve(page([]));
  const iam = await serve(...answers);
  const hosts: string[] = [];
  const fetchBoth: FetchLike = (url, init) => {
    const { origin, host } = new URL(url);
    if (origin === csms.url || origin === iam.url) return fetch(url, init);
    hosts.push(host);
    return fetch(url.replace(origin, iam.url), init);
  };
  const credentials = accessKeyCredentials(key);
  const client = connect(csms, { region, projectId: undefined, credentials, fetch: fetchBoth, ...options });
  return {
    client,
    csms,
    iam,
    hosts,
    async [Symbol.asyncDispose]() {
      await csms[Symbol.asyncDispose]();
      await iam[Symbol.asyncDispose]();
    },
  };
}

const idsOf = ({ received }: { received: { url: string }[] }) => received.map(({ url }) => url.split("/")[2]);

describe("a project that is not named", () => {
  test("is the region's own, asked for once for all calls, and signed like any other", async () => {
    await using all = await start([projects(PROJECT_ID)]);
    await Promise.all(Array.from({ length: 20 }, () => all.client.listSecrets().withResponse()));
    await all.client
      .listSecretVersions({ secret_name: "a" })
      .withResponse()
      .catch(() => {});
    expect(all.hosts).toEqual(["iam.cn-north-4.myhuaweicloud.com"]);
    expect(all.iam.received).toMatchObject([{ method: "GET", url: "/v3/projects?name=cn-north-4" }]);
    expect(all.iam.received[0]?.headers.authorization).toMatch(/^SDK-HMAC-SHA256 Access=AK,/);
    expect(idsOf(all.csms)).toEqual(Array(21).fill(PROJECT_ID));
    expect(all.csms.received[0]?.headers["x-project-id"]).toBe(PROJECT_ID);
  });

  test("is asked for in Europe where Europe's IAM is", async () => {
    await using all = await start([projects(PROJECT_ID)], { region: "eu-west-101" });
    await all.client.listSecrets();
    expect(all.hosts).toEqual(["iam.eu-west-101.myhuaweicloud.eu"]);
  });

  test("is not asked for when a call, the client or the credentials name one", async () => {
    vi.stubEnv("HUAWEICLOUD_SDK_AK", "AK");
    vi.stubEnv("HUAWEICLOUD_SDK_SK", "SK");
    vi.stubEnv("HUAWEICLOUD_SDK_PROJECT_ID", OTHER_ID);
    await using all = await start([reply(500)]);
    await all.client.listSecrets({ project_id: OTHER_ID });
    await using named = await start([reply(500)], { projectId: OTHER_ID });
    await named.client.listSecrets();
    await using environment = await start([reply(500)], { credentials: environmentCredentials() });
    vi.unstubAllEnvs();
    await environment.client.listSecrets();
    expect([all, named, environment].map(({ csms, iam }) => [idsOf(csms), iam.received])).toEqual(
      Array(3).fill([[OTHER_ID], []]),
    );
  });

  test("is that of iamCredentials, whatever the region's is, and IAM is asked nothing more", async () => {
    const token = { expires_at: "2999-01-01T00:00:00.000000Z", project: { id: OTHER_ID, name: "mine" } };
    await using iam = await serve(reply(503), reply(201, { token }, { "x-subject-token": "one" }));
    for (const options of [{ region }, {}]) {
      await using csms = await serve(page([]));
      const credentials = iamCredentials({ domain: "d", user: "u", password: "p", project: "mine", endpoint: iam.url });
      await connect(csms, { projectId: undefined, credentials, ...options }).listSecrets();
      expect(idsOf(csms)).toEqual([OTHER_ID]);
    }
    expect(iam.received.map(({ method, url }) => `${method} ${url}`)).toEqual(Array(3).fill("POST /v3/auth/tokens"));
  });

  test("is asked for again after a failure, and only then", async () => {
    await using all = await start([reply(403, { error_msg: "denied" }), projects(PROJECT_ID)]);
    await expect(all.client.listSecrets()).rejects.toMatchObject({
      name: "CsmsApiError",
      status: 403,
      operationId: "KeystoneListProjects",
    });
    await all.client.listSecrets();
    await all.client.listSecrets();
    expect(all.iam.received).toHaveLength(2);
    expect(idsOf(all.csms)).toEqual([PROJECT_ID, PROJECT_ID]);
  });

  test("is asked for again when IAM is busy", async () => {
    await using all = await start([reply(503), projects(PROJECT_ID)]);
    await all.client.listSecrets();
    expect(idsOf(all.csms)).toEqual([PROJECT_ID]);
  });
});

describe("the call fails, and nothing is sent to the service", () => {
  test.for<[string, Answer, RegExp]>([
    ["there is none", projects(), /projectId must be given: cn-north-4 has \[\]$/],
    ["there are several", projects("a1", "b2"), /cn-north-4 has \[cn-north-4 \(a1\),cn-north-4 \(b2\)\]$/],
    ["it is no project's id", projects("../../v2"), /project_id must/],
    ["it has no id", reply(200, { projects: [null] }), /project_id must be given/],
  ])("%s", async ([, answer, message]) => {
    await using all = await start([answer]);
    const error = await reasonOf(all.client.listSecrets());
    expect(error).toMatchObject({ name: "CsmsInputError", message: expect.stringMatching(message) });
    expect(all.csms.received).toEqual([]);
    expect(all.iam.received.map(({ method }) => method)).toEqual(["GET"]);
  });

  test.for<[string, Answer]>([
    ["no list", reply(200, { projects: "all" })],
    ["no JSON", reply(200, "<html>")],
    ["a redirect", reply(307, "", { location: "/v3/projects" })],
  ])("the answer is %s", async ([, answer]) => {
    await using all = await start([answer]);
    await expect(all.client.listSecrets()).rejects.toMatchObject({ name: "CsmsResponseError" });
    expect(all.csms.received).toEqual([]);
  });

  test("there is no region to ask for", async () => {
    await using all = await start([projects(PROJECT_ID)], { region: undefined });
    await expect(all.client.listSecrets()).rejects.toMatchObject({ name: "CsmsInputError" });
    expect(all.iam.received).toEqual([]);
  });

  test("its parameters are refused: IAM is not asked", async () => {
    await using all = await start([projects(PROJECT_ID)]);
    await expect(all.client.listSecrets({ limit: 0 })).rejects.toThrow("limit must");
    expect(all.iam.received).toEqual([]);
  });

  test("its caller gives up, whatever others wait for", async () => {
    const controller = new AbortController();
    await using all = await start([() => controller.abort("enough"), projects(PROJECT_ID)], { timeout: 300 });
    const given = reasonOf(all.client.listSecrets({}, { signal: controller.signal }));
    const other = all.client.listSecrets();
    expect(await given).toBe("enough");
    // The question timed out, and was asked again.
    await other;
    expect(all.iam.received).toHaveLength(2);
    expect(idsOf(all.csms)).toEqual([PROJECT_ID]);
  });

  test("IAM stalls: the call's own limits count", async () => {
    await using all = await start([stall]);
    await expect(all.client.listSecrets({}, { timeout: 20, maxRetries: 1 })).rejects.toMatchObject({
      name: "CsmsTimeoutError",
      timeout: 20,
      attempt: 2,
    });
    expect(all.csms.received).toEqual([]);
  });
});
