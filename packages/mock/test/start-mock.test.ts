import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, type MockRequest, startMock } from "../src/index.ts";

const projectId = "0123456789abcdef0123456789abcdef";
const secrets = `/v1/${projectId}/secrets`;
const versions = `${secrets}/db/versions`;
const token = { "X-Auth-Token": "my-token" };

let mock: Mock;
let requests: MockRequest[] = [];
beforeAll(async () => {
  mock = await startMock({ onRequest: (request) => requests.push(request) });
});
afterAll(() => mock.close());

async function get(path: string, headers: Record<string, string> = token, method = "GET") {
  requests = [];
  const response = await fetch(mock.url + path, { headers, method });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
    violations: JSON.parse(response.headers.get("sl-violations") ?? "[]"),
  };
}

describe("a request that keeps the contract", () => {
  test("is answered with the first example, which ends a listing", async () => {
    const { status, body, headers, violations } = await get(`${secrets}?limit=50&marker=a-name`);
    expect(status).toBe(200);
    expect(body.secrets.length).toBeGreaterThan(0);
    expect(body.page_info.next_marker).toBeNull();
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("x-request-id")).toMatch(/^\w{32}$/);
    expect(violations).toEqual([]);
  });

  test.each([secrets, versions])("may be signed, as the official SDK does it: %s", async (path) => {
    const { status } = await get(path, {
      Authorization: "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=00",
      "X-Sdk-Date": "20260101T000000Z",
      "X-Project-Id": projectId,
      "content-type": "application/json",
    });
    expect(status).toBe(200);
  });

  test.each([
    ["code=404", 404, { error_code: "APIGW.0101" }],
    ["code=400, example=unknownSecret", 400, { error_code: "CSMS.0106" }],
    ["example=middlePage", 200, { page_info: { next_marker: "billing-token" } }],
    ['respond-async; example="empty"', 200, { secrets: [] }],
  ])("is answered as it prefers: %s", async (Prefer, expected, part) => {
    const { status, body } = await get(secrets, { ...token, Prefer });
    expect(status).toBe(expected);
    expect(body).toMatchObject(part);
  });

  test("is answered with values made up from the schema, the same for the same seed", async () => {
    const dynamic = async (seed: number) =>
      (await get(versions, { ...token, Prefer: `dynamic=true, seed=${seed}` })).body.page_info;
    expect(await dynamic(1)).toEqual(await dynamic(1));
    expect(await dynamic(1)).not.toEqual(await dynamic(2));
  });

  test("is throttled with a Retry-After", async () => {
    const { status, headers } = await get(secrets, { ...token, Prefer: "code=429" });
    expect(status).toBe(429);
    expect(headers.get("retry-after")).toBe("1");
  });
});

describe("a request that breaks the contract", () => {
  test("gets 401 without credentials, and is told what to send", async () => {
    const { status, body, violations } = await get(secrets, {});
    expect(status).toBe(401);
    expect(body).toMatchObject({ error_code: "APIGW.0301" });
    expect(violations[0].message).toBe("No credentials: send the header X-Auth-Token or Authorization.");
  });

  test.each([
    [`${secrets}?limit=0`, ["query", "limit"]],
    [`${secrets}?limit=abc`, ["query", "limit"]],
    [`${secrets}?limit=1001`, ["query", "limit"]],
    [`${secrets}?limit=1&limit=2`, ["query", "limit"]],
    [`${secrets}?marker=a.b&limit=1`, ["query", "marker"]],
    [`${versions}?limit=0`, ["query", "limit"]],
    [`${versions}?limit=abc`, ["query", "limit"]],
    [`${secrets}/a.b/versions`, ["path", "secret_name"]],
    [`${secrets}/${"a".repeat(65)}/versions`, ["path", "secret_name"]],
    [`/v1/${projectId}0/secrets`, ["path", "project_id"]],
    ["/v1/short/secrets", ["path", "project_id"]],
  ])("gets 400, and is told where: %s", async (path, location) => {
    const { status, body, violations } = await get(path);
    expect(status).toBe(400);
    expect(body).toEqual({ error_code: "CSMS.0002", error_msg: expect.any(String) });
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatchObject({ location: ["request", ...location], severity: "Error" });
    expect(violations[0].message).toContain(location[1]);
  });

  test.each([secrets, versions])("is answered, but told that a marker goes with a limit: %s", async (path) => {
    const { status, violations } = await get(`${path}?marker=v2`);
    expect(status).toBe(200);
    expect(violations).toEqual([
      {
        location: ["request", "query", "marker"],
        severity: "Warning",
        code: "together",
        message: "Request query parameter marker must be used together with limit",
      },
    ]);
  });

  test.each([
    ["GET", "/v1/nowhere", 404],
    ["GET", `${secrets}/`, 404],
    ["POST", secrets, 405],
  ])("is told what there is: %s %s", async (method, path, expected) => {
    const { status, headers, body } = await get(path, token, method);
    expect(status).toBe(expected);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(body.detail).toBe(
      `The contract has no ${method} ${path}. It has: ` +
        "GET /v1/{project_id}/secrets, GET /v1/{project_id}/secrets/{secret_name}/versions.",
    );
  });

  test.each([
    [secrets, "code=418", "The contract has no answer of this operation for Prefer: code=418."],
    [secrets, "example=nope", "The contract has no answer of this operation for Prefer: example=nope."],
    [
      secrets,
      "code=404, example=nope",
      "The contract has no answer of this operation for Prefer: code=404, example=nope.",
    ],
    [secrets, "code=teapot", 'Prefer: code takes a status, for example 404, not "teapot".'],
    [secrets, "dynamic=yes", 'Prefer: dynamic takes true or false, not "yes".'],
    [`${secrets}/50%/versions`, "", "The path has a % that encodes no character."],
  ])("is told what is wrong with %s, Prefer: %s", async (path, Prefer, detail) => {
    const { status, body } = await get(path, { ...token, Prefer });
    expect(status).toBe(400);
    expect(body).toMatchObject({ detail, error_code: "MOCK.0400", error_msg: detail });
  });
});

test("onRequest has seen a request when its answer arrives", async () => {
  await get(`${secrets}?limit=0`);
  expect(requests).toEqual([
    {
      method: "GET",
      path: `${secrets}?limit=0`,
      query: { limit: "0" },
      headers: expect.objectContaining({ "x-auth-token": "my-token" }),
      status: 400,
      milliseconds: expect.any(Number),
      violations: [expect.objectContaining({ code: "pattern" })],
    },
  ]);
});

test("a browser may send a token from another origin, and read every header", async () => {
  const preflight = await get(
    secrets,
    {
      Origin: "https://app.example",
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": "x-auth-token",
    },
    "OPTIONS",
  );
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toBe("x-auth-token");
  expect(preflight.headers.get("access-control-allow-methods")).toBe("GET");
  for (const { headers } of [preflight, await get(secrets), await get(secrets, {}), await get("/nowhere")]) {
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-expose-headers")).toBe("*");
  }
});

test("a token as long as IAM makes them is taken", async () => {
  expect((await get(secrets, { "X-Auth-Token": "t".repeat(30_000) })).status).toBe(200);
});

test("fifty mocks at once have an address each", async () => {
  const mocks = await Promise.all(Array.from({ length: 50 }, () => startMock()));
  expect(new Set(mocks.map(({ url }) => url)).size).toBe(50);
  const answers = await Promise.all(mocks.map(({ url }) => fetch(url + secrets, { headers: token })));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  await Promise.all(mocks.map((each) => each.close()));
});

test("close does not wait for a connection in use", async () => {
  const { url, close } = await startMock();
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf");
  await setTimeout(50);
  socket.on("error", () => {}); // A reset, where the system has it so.
  const closed = new Promise((resolve) => socket.once("close", resolve));
  await close();
  await closed;
});

test("await using closes it, and closing twice is no error", async () => {
  let url: string;
  {
    await using scoped = await startMock();
    url = scoped.url;
    await scoped.close();
  }
  await expect(fetch(url)).rejects.toThrow();
});

test("a taken port is Node's own error", async () => {
  const port = Number(new URL(mock.url).port);
  await expect(startMock({ port })).rejects.toMatchObject({ code: "EADDRINUSE", port });
});
