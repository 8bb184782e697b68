import type { ListSecretsResponse } from "@csms/types";
import { describe, expect, test } from "vitest";
import { type Mock, type SecretData, startMock } from "../src/index.ts";
import { getJson, project, readSecrets, readVersions } from "./read-all.ts";

async function read({ url }: Mock) {
  const secrets = await readSecrets(url);
  return Promise.all(secrets.map(async (secret) => ({ ...secret, versions: await readVersions(url, secret.name) })));
}

test("given secrets are served as given, sorted by name, each with its versions", async () => {
  const given: SecretData[] = [
    {
      id: "1",
      name: "web",
      state: "FROZEN",
      kms_key_id: "key",
      description: "",
      create_time: 1000,
      update_time: 2000,
      scheduled_delete_time: null,
      secret_type: "RDS-FG",
      auto_rotation: true,
      enterprise_project_id: "9",
      rotation_period: "30d",
      versions: [
        { id: "v10", kms_key_id: "old", create_time: 1700, expire_time: 1800, version_stages: ["SYSCURRENT", "blue"] },
        { id: "v9", kms_key_id: "old", create_time: 1500, expire_time: null, version_stages: [], secret_name: "web" },
      ],
    },
    { name: "db", versions: [] },
  ];
  await using mock = await startMock({ secrets: given });
  const [db, web] = await read(mock);
  const [v10, v9] = given[0]?.versions ?? [];
  expect(web).toEqual({ ...given[0], versions: [v9, { ...v10, secret_name: "web" }] });
  expect(db).toMatchObject({ name: "db", versions: [] });
  expect(mock.requests.flatMap(({ violations }) => violations)).toEqual([]);
});

test("those that subscribe to an event are listed by it", async () => {
  const secrets: SecretData[] = [{ name: "b", event_subscriptions: ["e"] }, { name: "a" }, { name: "c" }];
  await using mock = await startMock({ secrets });
  const page = await getJson<ListSecretsResponse>(`${mock.url}${project}/secrets?event_name=e`);
  expect(page.secrets.map(({ name }) => name)).toEqual(["b"]);
});

describe("what is left out is filled in", () => {
  test("as a secret usually is", async () => {
    await using mock = await startMock({ secrets: [{ name: "db" }] });
    const [db] = await read(mock);
    expect(db).toMatchObject({ state: "ENABLED", scheduled_delete_time: null, secret_type: "COMMON" });
    expect(db?.id).toMatch(/^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/);
    expect(db?.create_time).toBeGreaterThan(Date.UTC(2019));
    expect(db?.update_time).toBe(db?.create_time);
    expect(db?.versions).toEqual([
      {
        id: "v1",
        kms_key_id: db?.kms_key_id,
        create_time: db?.create_time,
        expire_time: null,
        secret_name: "db",
        version_stages: ["SYSCURRENT"],
      },
    ]);
  });

  test("with times that agree", async () => {
    const versions = [{ create_time: 5000 }, {}];
    const secrets: SecretData[] = [
      { name: "a", state: "PENDING_DELETE" },
      { name: "b", update_time: 3000 },
      { name: "c", versions },
    ];
    await using mock = await startMock({ secrets });
    const [pending, old, twice] = await read(mock);
    expect(pending?.scheduled_delete_time).toBeGreaterThan(pending?.update_time ?? 0);
    expect(old?.create_time).toBeLessThanOrEqual(3000);
    expect(twice?.create_time).toBe(5000);
    expect(twice?.update_time).toBe(twice?.versions[1]?.create_time);
    expect(twice?.update_time).toBeGreaterThan(5000);
  });

  test("with stages that no other version has", async () => {
    const stagesOf = async (...versions: SecretData["versions"] & object) => {
      await using mock = await startMock({ secrets: [{ name: "a", versions }] });
      return (await readVersions(mock.url, "a")).map(({ version_stages }) => version_stages.join());
    };
    expect(await stagesOf({}, {}, {})).toEqual(["", "SYSPREVIOUS", "SYSCURRENT"]);
    expect(await stagesOf({ version_stages: ["SYSCURRENT"] }, {}, {})).toEqual(["SYSCURRENT", "SYSPREVIOUS", ""]);
  });

  test("with as many versions as asked for", async () => {
    await using mock = await startMock({ secrets: [{ name: "a" }], versions: 3 });
    expect((await readVersions(mock.url, "a")).map(({ id }) => id)).toEqual(["v1", "v2", "v3"]);
  });

  test("the same each time, whatever else is there, and otherwise for another seed", async () => {
    const [a, b] = [{ name: "a" }, { name: "b", description: undefined }] as SecretData[];
    const first = async (seed: number, ...secrets: (SecretData | undefined)[]) => {
      await using mock = await startMock({ secrets: secrets.filter((each) => each !== undefined), seed });
      return (await read(mock)).at(-1);
    };
    expect(await first(1, b)).toEqual(await first(1, a, b));
    expect(await first(1, b)).not.toEqual(await first(2, b));
    expect(await first(1, b)).not.toHaveProperty("description");
  });
});

describe("what breaks the contract is refused by its place, before it listens", () => {
  const withVersions = (...versions: object[]) => [{ name: "a", versions }];
  test.each<[unknown, string]>([
    [[{}], "secrets[0] must have required property 'name'."],
    [["a"], "secrets[0] must be object."],
    [[{ name: "a" }, { name: "a b" }], 'secrets[1].name must match pattern "^[a-zA-Z0-9_-]{1,64}$".'],
    [[{ name: "a" }, { name: "a" }], 'secrets[1].name is "a", as in secrets[0]: it must be unique.'],
    [
      [{ name: "a", state: "OFF" }],
      "secrets[0].state must be equal to one of the allowed values: ENABLED, DISABLED, PENDING_DELETE, FROZEN.",
    ],
    [[{ name: "a", create_time: "now" }], "secrets[0].create_time must be integer."],
    [[{ name: "a", create_time: new Date() }], "secrets[0].create_time must be integer."],
    [[{ name: "a", auto_rotation: "no" }], "secrets[0].auto_rotation must be boolean."],
    [withVersions({ expire_time: 1.5 }), "secrets[0].versions[0].expire_time must be integer,null."],
    [withVersions({ id: "" }), "secrets[0].versions[0].id must NOT have fewer than 1 characters."],
    [
      withVersions({}, { id: "v1" }),
      'secrets[0].versions[1].id is "v1", as in secrets[0].versions[0]: it must be unique.',
    ],
    [
      withVersions({ version_stages: ["x"] }, { version_stages: ["y", "x"] }),
      'secrets[0].versions[1].version_stages is "x", as in secrets[0].versions[0]: it must be unique.',
    ],
    [withVersions({ secret_name: "b" }), 'secrets[0].versions[0].secret_name must be "a", its secret\'s name.'],
    [withVersions(...Array(21).fill({})), "secrets[0].versions must NOT have more than 20 items."],
  ])("%j", async (secrets, message) => {
    await expect(startMock({ secrets: secrets as SecretData[] })).rejects.toThrow(new RangeError(message));
  });

  test("a misspelt field, with those that there are", async () => {
    const secrets = [{ name: "a", stat: "FROZEN" } as SecretData];
    await expect(startMock({ secrets })).rejects.toThrow(
      /^secrets\[0\]\.stat is unknown: take one of id, name, state, kms_key_id, .*, secret_type, .*, versions\.$/,
    );
  });

  test("several places at once", async () => {
    const secrets = [{ name: "" }, { name: "a", description: 5 }] as unknown as SecretData[];
    await expect(startMock({ secrets })).rejects.toThrow(
      /^secrets\[0\]\.name .*\.\nsecrets\[1\]\.description must be string\.$/,
    );
  });
});

describe("set", () => {
  test("holds other data from now on, made up or given", async () => {
    await using mock = await startMock();
    mock.set({ secrets: 3, seed: 5 });
    expect(await readSecrets(mock.url)).toHaveLength(3);
    mock.set({ secrets: [{ name: "db" }] });
    expect((await readSecrets(mock.url)).map(({ name }) => name)).toEqual(["db"]);
    mock.set({ secrets: 0 });
    expect(await readSecrets(mock.url)).toEqual([]);
  });

  test("keeps a copy", async () => {
    await using mock = await startMock({ secrets: 0 });
    const secrets: SecretData[] = [{ name: "db" }];
    mock.set({ secrets });
    secrets.push({ name: "more" });
    expect(await readSecrets(mock.url)).toHaveLength(1);
  });

  test.each<[unknown, RegExp]>([
    [undefined, /^data must be an object, for example .*, not undefined\.$/],
    [[{ name: "db" }], /^data must be an object, for example \{"secrets": \[\{"name": "db"\}\]\}, not a list\.$/],
    [{ secrets: null }, /^secrets takes a list, or a whole number from 0 to 1000000000, not null\.$/],
    [{ secrets: [{ name: "" }] }, /^secrets\[0\]\.name must match/],
    [{ secrets: -1 }, /^secrets takes a whole number/],
    [{}, /^secrets is missing: say which, or how many, secrets the mock holds\.$/],
    [{ secrets: 1, port: 1 }, /^There is no option port\. Options: secrets, versions, seed\.$/],
  ])("refuses %j, and goes on with what it held", async (data, message) => {
    await using mock = await startMock({ secrets: 2 });
    expect(() => mock.set(data as never)).toThrow(message);
    expect(await readSecrets(mock.url)).toHaveLength(2);
  });
});

test("reset makes all as it was when the mock started", async () => {
  await using mock = await startMock({ secrets: 2, fail: "503:0.5", expireTokensAfter: 30 });
  const statuses = async () => {
    const found: number[] = [];
    const url = `${mock.url}/v1/0123456789abcdef0123456789abcdef/secrets`;
    for (let sent = 0; sent < 40; sent++) found.push((await fetch(url, { headers: { "X-Auth-Token": "a" } })).status);
    return found;
  };
  const before = await statuses();
  expect(new Set(before)).toEqual(new Set([200, 503, 401]));
  mock.set({ secrets: [{ name: "db" }] });
  mock.answerNext("listSecrets", { status: 500 });
  const { requests } = mock;
  mock.reset();
  expect(requests).toEqual([]);
  expect(mock.pendingAnswers).toEqual([]);
  expect(await statuses()).toEqual(before);
});
