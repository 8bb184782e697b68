import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { type MockRequest, startMock } from "../src/index.ts";
import { send, startFixture, things, token } from "./fixture.ts";

test("a request is recorded before it is answered", async () => {
  const seen: MockRequest[] = [];
  await using mock = await startFixture({ onRequest: (request) => seen.push(structuredClone(request)) });
  await send(mock, `${things}?limit=0`);
  expect(seen).toEqual([
    {
      method: "GET",
      path: `${things}?limit=0`,
      query: { limit: "0" },
      headers: expect.objectContaining({ "x-auth-token": "my-token" }),
      status: 400,
      milliseconds: expect.any(Number),
      violations: [expect.objectContaining({ code: "minimum" })],
    },
  ]);
  expect(mock.requests).toEqual(seen);
});

test("of more than 10000 requests the oldest are dropped", async () => {
  await using mock = await startFixture();
  const record = { method: "GET", path: "/old", query: {}, headers: {}, status: 200, milliseconds: 0, violations: [] };
  mock.requests.push(...Array.from({ length: 9_999 }, () => ({ ...record })));
  await send(mock, "/v1/health");
  expect(mock.requests).toHaveLength(10_000);
  await send(mock, things);
  expect(mock.requests).toHaveLength(10_000);
  expect(mock.requests.slice(-2).map(({ path }) => path)).toEqual(["/v1/health", things]);
});

test.each([
  ["throws", () => expect(1).toBe(2)],
  ["rejects", async () => expect(1).toBe(2)],
])("an onRequest that %s fails the request, and the test when it closes the mock", async (_, onRequest) => {
  const mock = await startFixture({ onRequest });
  const { status, body } = await send(mock, things);
  expect(status).toBe(500);
  expect(body.detail).toMatch(/^onRequest failed\. expected 1 to be 2/);
  expect(mock.requests).toMatchObject([{ status: 500 }]);
  await expect(mock.close()).rejects.toThrow("expected 1 to be 2");
  await mock.close();
});

test("await using tells what onRequest threw first", async () => {
  const errors = ["first", "second"];
  const run = async () => {
    await using mock = await startFixture({
      onRequest: () => {
        throw new Error(errors.shift());
      },
    });
    await send(mock, things);
    await send(mock, things);
  };
  await expect(run()).rejects.toThrow("first");
});

test("a token as long as IAM makes them is taken", async () => {
  await using mock = await startFixture();
  expect((await send(mock, things, { headers: { "X-Auth-Token": "t".repeat(30_000) } })).status).toBe(200);
});

test("fifty mocks at once have an address each", async () => {
  const mocks = await Promise.all(Array.from({ length: 50 }, () => startMock()));
  expect(new Set(mocks.map(({ url }) => url)).size).toBe(50);
  const answers = await Promise.all(mocks.map(({ url }) => fetch(`${url}/__mock/health`, { headers: token })));
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

test.each(["192.0.2.1", "http://127.0.0.1"])("an address that is not of this machine is told: %s", async (host) => {
  const error = await startMock({ host }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(RangeError);
  expect(error.message).toBe(`"${host}" is no address of this machine: choose one with host, for example 127.0.0.1.`);
  expect(error.cause).toHaveProperty("code");
});

test("a taken port is Node's own error", async () => {
  await using mock = await startMock();
  const port = Number(new URL(mock.url).port);
  await expect(startMock({ port })).rejects.toMatchObject({ code: "EADDRINUSE", port });
});
