import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Verify } from "../src/index.ts";
import { send, startFixture, things } from "./fixture.ts";

const mock = await startFixture();
beforeEach(() => mock.reset());
afterEach(() => vi.useRealTimers());
afterAll(() => mock.close());

const login = { domain: "account", user: "ann", password: "hush" };
const identity = ({ domain, user, password }: typeof login) => ({
  methods: ["password"],
  password: { user: { name: user, password, domain: { name: domain } } },
});
const scope = { project: { name: "cn-north-4" } };
const body = { auth: { identity: identity(login), scope } };
const askToken = (of = mock, content: unknown = body) =>
  send(of, "/v3/auth/tokens", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
const use = (token: string, of = mock) => send(of, things, { headers: { "X-Auth-Token": token } });

test("IAM gives a token that is good for 24 hours", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 2) });
  const { status, headers, body, violations } = await askToken();
  expect({ status, violations }).toEqual({ status: 201, violations: [] });
  expect(body.token).toMatchObject({
    issued_at: "2026-01-02T00:00:00.000000Z",
    expires_at: "2026-01-03T00:00:00.000000Z",
    methods: ["password"],
    user: { name: "ann", domain: { name: "account" } },
    project: { name: "cn-north-4", id: expect.stringMatching(/^\w{32}$/) },
  });
  const token = headers.get("x-subject-token") ?? "";
  expect((await use(token)).status).toBe(200);
  vi.setSystemTime(Date.UTC(2026, 0, 3) - 1);
  expect((await use(token)).status).toBe(200);
  vi.setSystemTime(Date.UTC(2026, 0, 3));
  const refused = await use(token);
  expect(refused).toMatchObject({ status: 401, body: { error_code: "APIGW.0301" } });
  expect(refused.violations).toMatchObject([{ code: 401, message: "The token expired at 2026-01-03T00:00:00.000Z." }]);
  expect(mock.requests.map(({ path, status }) => `${path} ${status}`)).toEqual([
    "/v3/auth/tokens 201",
    ...[200, 200, 401].map((status) => `${things} ${status}`),
  ]);
});

test("each token is another, and lives as long as it is told to", async () => {
  await using shortLived = await startFixture({ tokenLife: 60 });
  const answers = [await askToken(shortLived), await askToken(shortLived)];
  expect(new Set(answers.map(({ headers }) => headers.get("x-subject-token"))).size).toBe(2);
  for (const { body } of answers) {
    expect(Date.parse(body.token.expires_at) - Date.parse(body.token.issued_at)).toBe(60_000);
  }
});

test("a token that IAM did not give is taken, unless a user is to be verified", async () => {
  expect((await use("any")).status).toBe(200);
  await using strict = await startFixture({ verify: login });
  const { violations, status } = await use("any", strict);
  expect(status).toBe(401);
  expect(violations).toMatchObject([{ message: "The token is none that the mock's IAM gave." }]);
  const { headers } = await askToken(strict);
  expect((await use(headers.get("x-subject-token") ?? "", strict)).status).toBe(200);
});

test.each(Object.keys(login))("IAM gives no token for a wrong %s", async (name) => {
  await using strict = await startFixture({ verify: login });
  const wrong = { auth: { identity: identity({ ...login, [name]: "other" }), scope } };
  const { status, body, violations } = await askToken(strict, wrong);
  expect(status).toBe(401);
  expect(body).toEqual({ error: { code: 401, title: "Unauthorized", message: violations[0]?.message } });
  expect(violations[0]?.message).toBe("The user, the password or the domain is not the one in verify.");
});

test.each<[unknown, string]>([
  [{}, "body must have required property 'auth'"],
  [{ auth: { identity: identity(login) } }, "body.auth must have required property 'scope'"],
  [
    { auth: { identity: { ...identity(login), methods: ["token"] }, scope } },
    "body.auth.identity.methods must be equal to constant",
  ],
  [
    { auth: { identity: identity({ ...login, password: "" }), scope } },
    "body.auth.identity.password.user.password must NOT have fewer than 1 characters",
  ],
])("IAM refuses %j", async (content, message) => {
  const { status, body, violations } = await askToken(mock, content);
  expect(status).toBe(400);
  expect(body).toEqual({ error: { code: 400, title: "Bad Request", message } });
  expect(violations).toMatchObject([{ severity: "Error", message }]);
});

describe("projects", () => {
  test("have any name, and the id that tokens are for", async () => {
    const { body: token } = await askToken();
    const { status, body, violations } = await send(mock, "/v3/projects?name=eu-west-101");
    expect({ status, violations }).toEqual({ status: 200, violations: [] });
    expect(body).toMatchObject({ projects: [{ id: token.token.project.id, name: "eu-west-101" }] });
  });

  test("need credentials", async () => {
    const { status, violations } = await send(mock, "/v3/projects", { headers: {} });
    expect(status).toBe(401);
    expect(violations).toMatchObject([{ message: "No credentials: send the header X-Auth-Token or Authorization." }]);
    await using strict = await startFixture({ verify: login });
    expect((await send(strict, "/v3/projects")).status).toBe(401);
  });
});

test("no trouble befalls IAM", async () => {
  await using troubled = await startFixture({ fail: "503:1" });
  expect((await askToken(troubled)).status).toBe(201);
});

test("what a user or a key lacks is told", async () => {
  for (const [verify, message] of [
    [{ user: "ann" }, "verify must have properties password, domain when property user is present."],
    [{ accessKeyId: "AK" }, "verify must have property secretAccessKey when property accessKeyId is present."],
    [{ key: "AK" }, /^verify\.key is unknown: take one of accessKeyId, secretAccessKey, /],
    [{}, "verify is empty: take some of accessKeyId, secretAccessKey, securityToken, user, password, domain."],
    ["SK", 'verify must be an object, for example {"accessKeyId": "…", "secretAccessKey": "…"}, not a string.'],
  ] as const) {
    await expect(startFixture({ verify: verify as Verify })).rejects.toThrow(message);
  }
});
