import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { json } from "node:stream/consumers";
import type { ListSecretsResponse, ListSecretVersionsResponse, Secret, VersionMetadata } from "@csms/types";
import { describe, expect, test } from "vitest";
import { answerOperation } from "../src/answer-operation.ts";
import { type Operation, readContract } from "../src/contract.ts";
import { createCredentials } from "../src/credentials.ts";
import { createCsms } from "../src/csms.ts";
import { type MockOptions, startMock } from "../src/index.ts";
import { getJson, project, readPages, readSecrets, readVersions, token } from "./read-all.ts";

const day = 24 * 60 * 60 * 1000;

async function getPage<Page = ListSecretsResponse>(options: MockOptions, query: string) {
  await using mock = await startMock(options);
  return await getJson<Page>(`${mock.url}${project}/secrets${query}`);
}

function names({ secrets }: ListSecretsResponse) {
  return secrets.map(({ name }) => name);
}

describe("the account", () => {
  test("has names that are sorted, unique and allowed, as many as asked for", async () => {
    for (const count of [0, 1, 7, 319, 320, 321, 2500]) {
      await using mock = await startMock({ secrets: count });
      const all = (await readSecrets(mock.url)).map(({ name }) => name);
      expect(all).toHaveLength(count);
      expect(all).toEqual([...new Set(all)].sort());
      for (const name of all) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    }
  });

  test("has secrets like a real one's, among any ten the states that need care", async () => {
    await using mock = await startMock({ secrets: 200 });
    const secrets = await readSecrets(mock.url);
    for (let start = 0; start <= 190; start++) {
      const states = new Set(secrets.slice(start, start + 10).map(({ state }) => state));
      expect(states).toContain("ENABLED");
      expect(states).toContain("PENDING_DELETE");
      expect(states.size).toBe(3);
    }
    expect(new Set(secrets.map(({ state }) => state)).size).toBe(4);
    expect(new Set(secrets.map(({ id }) => id)).size).toBe(200);
    expect(new Set(secrets.map(({ kms_key_id }) => kms_key_id)).size).toBe(4);
    expect(new Set(secrets.map(({ description }) => description))).toContain(undefined);
    for (const { state, id, kms_key_id, create_time, update_time, scheduled_delete_time } of secrets) {
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
      expect(kms_key_id).toMatch(/^[\da-f]{32}$/);
      expect(create_time).toBeGreaterThan(Date.UTC(2019));
      expect(update_time).toBeGreaterThanOrEqual(create_time);
      expect(update_time).toBeLessThanOrEqual(Date.UTC(2026));
      if (state === "PENDING_DELETE") expect(scheduled_delete_time).toBeGreaterThan(update_time + 6 * day);
      else expect(scheduled_delete_time).toBeNull();
      for (const time of [create_time, update_time, scheduled_delete_time ?? 0]) expect(time % 1000).toBe(0);
    }
  });

  test("has versions like a real one's", async () => {
    await using mock = await startMock({ secrets: 60 });
    const lengths: number[] = [];
    const expired: (Secret | VersionMetadata)[] = [];
    for (const secret of await readSecrets(mock.url)) {
      const versions = await readVersions(mock.url, secret.name);
      lengths.push(versions.length);
      expect(versions.map(({ id }) => id)).toEqual(versions.map((_, index) => `v${index + 1}`));
      expect(versions.at(-1)?.version_stages).toEqual(["SYSCURRENT"]);
      if (versions.length > 1) expect(versions.at(-2)?.version_stages).toEqual(["SYSPREVIOUS"]);
      for (const { version_stages } of versions.slice(0, -2)) expect(version_stages).toEqual([]);
      expect(versions[0]?.create_time).toBe(secret.create_time);
      expect(versions.at(-1)?.create_time).toBeLessThanOrEqual(secret.update_time);
      const times = versions.map(({ create_time }) => create_time);
      expect(times).toEqual([...new Set(times)].sort((left, right) => left - right));
      for (const { secret_name, kms_key_id, create_time, expire_time } of versions) {
        expect({ secret_name, kms_key_id }).toEqual({ secret_name: secret.name, kms_key_id: secret.kms_key_id });
        if (expire_time) expect(expire_time).toBeGreaterThan(create_time);
      }
      if ((versions.at(-1)?.expire_time ?? Number.POSITIVE_INFINITY) < Date.UTC(2026)) expired.push(secret);
    }
    expect(expired).toHaveLength(6);
    expect(Math.min(...lengths)).toBe(1);
    expect(Math.max(...lengths)).toBeGreaterThan(5);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(20);
  });

  test("has logins of databases that the service rotates, as a real one's", async () => {
    await using mock = await startMock({ secrets: 120 });
    const secrets = await readSecrets(mock.url);
    const rotated = secrets.filter(({ auto_rotation }) => auto_rotation);
    expect(rotated.length).toBeGreaterThan(3);
    for (const { name, secret_type, rotation_period, rotation_config, rotation_time = 0, ...secret } of rotated) {
      expect(secret).toMatchObject({
        state: "ENABLED",
        enterprise_project_id: "0",
        event_subscriptions: expect.any(Array),
      });
      expect({ secret_type, rotation_period }).toEqual({ secret_type: "RDS-FG", rotation_period: "90d" });
      expect(JSON.parse(rotation_config ?? "")).toHaveProperty("InstanceId");
      expect((await readVersions(mock.url, name)).at(-1)?.create_time).toBe(rotation_time);
      expect(secret.next_rotation_time).toBe(rotation_time + 90 * day);
      expect(secret.next_rotation_time).toBeGreaterThan(Date.UTC(2026));
    }
    const others = secrets.filter(({ auto_rotation }) => !auto_rotation);
    expect(new Set(others.map(({ secret_type }) => secret_type))).toEqual(new Set(["COMMON", "RDS-FG"]));
    for (const secret of others) expect(secret).not.toHaveProperty("rotation_time");
  });

  test("lists those that subscribe to an event, page by page", async () => {
    await using mock = await startMock({ secrets: 95 });
    const secrets = await readSecrets(mock.url);
    const [event] = secrets.flatMap(({ event_subscriptions }) => event_subscriptions ?? []);
    const subscribed = secrets.filter(({ event_subscriptions }) => event_subscriptions?.includes(event ?? ""));
    const list = (query: string) => getJson<ListSecretsResponse>(`${mock.url}${project}/secrets?event_name=${query}`);
    expect((await list(`${event}`)).secrets).toEqual(subscribed);
    const first = await list(`${event}&limit=4`);
    const rest = await list(`${event}&limit=1000&marker=${first.page_info.next_marker}`);
    expect([...first.secrets, ...rest.secrets]).toEqual(subscribed);
    expect((await list("nothing")).secrets).toEqual([]);
    expect(mock.requests.flatMap(({ violations }) => violations)).toEqual([]);
  });

  test("has exactly as many versions of each secret as asked for", async () => {
    await using mock = await startMock({ secrets: 3, versions: 20 });
    for (const { name } of await readSecrets(mock.url)) expect(await readVersions(mock.url, name)).toHaveLength(20);
  });

  test("is the same for the same seed, byte for byte, and another for another", async () => {
    async function digest(seed: number) {
      await using mock = await startMock({ secrets: 1234, seed });
      const listing = createHash("sha256");
      for (let marker: string | null | undefined = ""; marker != null; ) {
        const target: string = `${mock.url}${project}/secrets?limit=99${marker && `&marker=${marker}`}`;
        const text: string = await (await fetch(target, { headers: token })).text();
        listing.update(text);
        marker = (JSON.parse(text) as ListSecretsResponse).page_info.next_marker;
      }
      for (const { name } of (await readSecrets(mock.url)).slice(0, 20)) {
        listing.update(JSON.stringify(await readVersions(mock.url, name)));
      }
      return listing.digest("hex");
    }
    expect(await digest(7)).toBe(await digest(7));
    expect(await digest(7)).not.toBe(await digest(8));
    const ids = async (seed: number) => (await getPage({ secrets: 50, seed }, "")).secrets.map(({ id }) => id);
    expect(new Set([...(await ids(7)), ...(await ids(8))]).size).toBe(100);
  });

  test("of a million starts at once, and any place in it is found at once", async () => {
    const started = performance.now();
    await using mock = await startMock({ secrets: 1_000_000 });
    const secrets = `${mock.url}${project}/secrets`;
    const page = await getJson<ListSecretsResponse>(`${secrets}?limit=2&marker=payments-database`);
    expect(names(page)).toEqual([expect.stringMatching(/^payments-database-\d{4}$/), expect.any(String)]);
    const versions = await getJson<ListSecretVersionsResponse>(`${secrets}/${names(page)[1]}/versions`);
    expect(versions.version_metadatas.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("paging", () => {
  test("holds 50 secrets on a page unless asked, and at most 1000", async () => {
    await using mock = await startMock({ secrets: 1001 });
    const secrets = `${mock.url}${project}/secrets`;
    const count = async (query: string) =>
      (await getJson<ListSecretsResponse>(secrets + query)).page_info.current_count;
    expect(await Promise.all(["", "?limit=1", "?limit=1000"].map(count))).toEqual([50, 1, 1000]);
  });

  test("holds at most 20 versions on a page, in the order of their numbers", async () => {
    await using mock = await startMock({ secrets: 1, versions: 20 });
    const [secret] = await readSecrets(mock.url);
    const versions = `${project}/secrets/${secret?.name}/versions`;
    expect((await readPages<ListSecretVersionsResponse>(mock.url + versions, 500)).length).toBe(1);
    const pages = await readPages<ListSecretVersionsResponse>(mock.url + versions, 8);
    expect(pages.map(({ page_info }) => page_info)).toEqual([
      { previous_marker: "v1", next_marker: "v8", current_count: 8 },
      { previous_marker: "v9", next_marker: "v16", current_count: 8 },
      { previous_marker: "v17", next_marker: null, current_count: 4 },
    ]);
  });

  test.each([1, 10, 50, 99, 100, 101])(
    "by %i gives every secret once, and asks no more than it must",
    async (limit) => {
      await using mock = await startMock({ secrets: 100 });
      const all = await readSecrets(mock.url, limit);
      expect(mock.requests).toHaveLength(Math.ceil(100 / limit));
      expect(all.map(({ name }) => name)).toEqual([...new Set(all.map(({ name }) => name))]);
      expect(all).toHaveLength(100);
    },
  );

  test("tells where a page begins and ends", async () => {
    const all = await getPage({ secrets: 7 }, "");
    const marker = names(all)[2];
    const page = await getPage({ secrets: 7 }, `?limit=2&marker=${marker}`);
    expect(names(page)).toEqual(names(all).slice(3, 5));
    expect(page.page_info).toEqual({
      previous_marker: names(all)[3],
      next_marker: names(all)[4],
      current_count: 2,
    });
  });

  test("goes on after a marker that is no secret, at the first one behind it", async () => {
    const all = names(await getPage({ secrets: 7 }, ""));
    expect(names(await getPage({ secrets: 7 }, `?limit=50&marker=${all[2]}-gone`))).toEqual(all.slice(3));
    expect(names(await getPage({ secrets: 7, repeatMarker: true }, `?limit=50&marker=${all[2]}-gone`))).toEqual(
      all.slice(3),
    );
    expect(names(await getPage({ secrets: 7 }, "?limit=50&marker=-"))).toEqual(all);
  });

  test.each([{ secrets: 7 }, { secrets: 7, markerOnLastPage: true, repeatMarker: true }, { secrets: 0 }])(
    "ends with an empty page: %j",
    async (options) => {
      expect(await getPage(options, "?limit=50&marker=zzz")).toEqual({
        secrets: [],
        page_info: { next_marker: null, previous_marker: null, current_count: 0 },
      });
    },
  );

  test("repeats the marker's item with repeatMarker", async () => {
    const options = { secrets: 7, repeatMarker: true };
    const all = names(await getPage(options, ""));
    expect(names(await getPage(options, `?limit=2&marker=${all[2]}`))).toEqual(all.slice(2, 4));
    expect(names(await getPage(options, `?limit=2&marker=${all[6]}`))).toEqual(all.slice(6));
  });

  test("has a marker on the last page with markerOnLastPage", async () => {
    const { secrets, page_info } = await getPage({ secrets: 7, markerOnLastPage: true }, "");
    expect(page_info.next_marker).toBe(secrets[6]?.name);
  });

  test("caps a large limit with maxLimit", async () => {
    await using mock = await startMock({ secrets: 200, maxLimit: 60 });
    const pages = await readPages<ListSecretsResponse>(`${mock.url}${project}/secrets`, 1000);
    expect(pages.map(({ page_info }) => page_info.current_count)).toEqual([60, 60, 60, 20]);
  });
});

describe("a request", () => {
  test("may have any character of a name encoded", async () => {
    await using mock = await startMock({ secrets: 1 });
    const [secret] = await readSecrets(mock.url);
    const name = secret?.name ?? "";
    const [version] = await readVersions(mock.url, `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`);
    expect(version?.secret_name).toBe(name);
  });

  test("for the versions of an unknown secret gets the service's error", async () => {
    await using mock = await startMock({ secrets: 7 });
    const response = await fetch(`${mock.url}${project}/secrets/no-such-secret/versions`, { headers: token });
    expect(response.status).toBe(400);
    expect(response.headers.get("x-request-id")).toMatch(/^[\da-f]{32}$/);
    expect(await response.json()).toEqual({
      error_code: "CSMS.0106",
      error_msg: "The secret name is not found: no-such-secret.",
    });
  });

  test.each([
    ["?limit=0", token, 400, { error_code: "CSMS.0002" }],
    ["?limit=1001", token, 400, { error_code: "CSMS.0002" }],
    ["", {}, 401, { error_code: "APIGW.0301" }],
    ["", { ...token, Prefer: "code=429" }, 429, { error_code: "APIGW.0308" }],
    ["", { ...token, Prefer: "example=middlePage" }, 200, { page_info: { next_marker: "billing-token" } }],
    ["/a%20b/versions", token, 400, { error_code: "CSMS.0002" }],
    ["/", token, 404, { status: 404 }],
  ])("does not reach the account when the contract has the answer: %s %j", async (target, headers, status, part) => {
    await using mock = await startMock({ secrets: 7 });
    const response = await fetch(`${mock.url}${project}/secrets${target}`, { headers });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject(part);
  });
});

describe("an answer that breaks the contract", () => {
  type Page = { secrets: Record<string, unknown>[]; page_info: Record<string, unknown> };

  async function answerWith(spoil: (page: Page) => void) {
    const { listSecrets } = createCsms({ secrets: 5 });
    const csms = {
      listSecrets(parameters: Record<string, string>) {
        const answer = listSecrets?.(parameters);
        const body = structuredClone(answer?.body) as Page;
        spoil(body);
        return { statusCode: 200, headers: { "Content-Type": "application/json" }, ...answer, body };
      },
    };
    const operation = (await readContract()).find(({ iid }) => iid === "listSecrets") as Operation;
    const path = `${project}/secrets`;
    const request = {
      method: "GET",
      target: path,
      path,
      query: {},
      headers: {},
      bytes: Buffer.alloc(0),
      body: undefined,
    };
    const circumstances = { csms, credentials: createCredentials({}), told: undefined, status: undefined };
    const headers = { "x-auth-token": "any" };
    const { status, body } = answerOperation(operation, { ...request, headers }, circumstances);
    return { status, body: JSON.parse(body) };
  }

  test("is none when nothing is spoilt", async () => {
    expect((await answerWith(() => {})).status).toBe(200);
  });

  test.each<[string, (page: Page) => void, RegExp]>([
    ["a field is missing", ({ secrets }) => delete secrets[1]?.kms_key_id, /secrets\.1 .*'kms_key_id'/],
    ["a time is text", ({ secrets }) => Object.assign(secrets[0] ?? {}, { create_time: "now" }), /s\.0\.create_time /],
    [
      "a state is not known",
      ({ secrets }) => Object.assign(secrets[4] ?? {}, { state: "BOGUS" }),
      /s\.4\.state .*: ENA/,
    ],
    ["a count is negative", ({ page_info }) => Object.assign(page_info, { current_count: -1 }), /\.current_count /],
  ])("becomes an error that names it: %s", async (_, spoil, named) => {
    const { status, body } = await answerWith(spoil);
    expect(status).toBe(500);
    expect(body).toMatchObject({
      title: "Internal Server Error",
      detail: expect.stringMatching(named),
      error_code: "MOCK.0500",
      error_msg: expect.stringMatching(named),
    });
  });
});

describe("a request that reads as no secrets to a careless server", () => {
  test.each(["", "/db/versions"])("is refused: %j", async (path) => {
    await using mock = await startMock({ secrets: [{ name: "db" }] });
    for (const query of ["limit=", "limit", "limit=1&marker=", "limit=0x10", "limit=1e1", "limit=5.0"]) {
      const response = await fetch(`${mock.url}${project}/secrets${path}?${query}`, { headers: token });
      expect({ query, status: response.status }).toEqual({ query, status: 400 });
      expect(await response.json()).toMatchObject({ error_code: "CSMS.0002" });
      expect(mock.requests.at(-1)?.violations).toHaveLength(1);
    }
    await getJson(`${mock.url}${project}/secrets${path}?limt=5`);
    expect(mock.requests.at(-1)?.violations).toMatchObject([{ location: ["request", "query", "limt"] }]);
  });

  test("with a body is told as the service does", async () => {
    await using mock = await startMock({ secrets: 1 });
    const { hostname, port } = new URL(mock.url);
    const headers = { ...token, "Content-Length": "2" };
    const options = { hostname, port, path: `${project}/secrets`, headers };
    const [response] = await once(request(options).end("{}"), "response");
    expect(response.statusCode).toBe(400);
    expect(await json(response)).toMatchObject({ error_code: "CSMS.0004" });
  });
});
