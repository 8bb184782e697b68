import { describe, expect, test } from "vitest";
import { CsmsApiError } from "../src/index.ts";
import { connect, page, reasonOf, reply, secretsPage, serve } from "./servers.ts";

test("nothing is sent until it is awaited, and no more than once then", async () => {
  await using server = await serve(page(["a"]));
  const request = connect(server).listSecrets();
  await new Promise((done) => setTimeout(done, 20));
  expect(server.received).toHaveLength(0);
  const [first, second, { data }] = await Promise.all([request, request, request.withResponse()]);
  await request;
  expect(first).toEqual(secretsPage(["a"], null));
  expect(second).toBe(first);
  expect(data).toBe(first);
  expect(server.received).toHaveLength(1);
});

test("each call of a method is a request of its own", async () => {
  await using server = await serve(page(["a"]), page(["b"]));
  const client = connect(server);
  const pages = [await client.listSecrets(), await client.listSecrets()];
  expect(pages.map(({ secrets }) => secrets[0]?.name)).toEqual(["a", "b"]);
});

describe("withResponse", () => {
  test("status, headers and request id", async () => {
    await using server = await serve(reply(200, secretsPage([]), { "X-Request-Id": "r-1", "X-Extra": "yes" }));
    const { response, requestId } = await connect(server).listSecrets().withResponse();
    expect(response.status).toBe(200);
    expect(response.headers.get("x-extra")).toBe("yes");
    expect(requestId).toBe("r-1");
  });

  test("no request id", async () => {
    await using server = await serve(page([]));
    expect((await connect(server).listSecrets().withResponse()).requestId).toBeUndefined();
  });

  test("it rejects with what awaiting rejects with", async () => {
    await using server = await serve(reply(404));
    const request = connect(server).listSecrets();
    expect(await reasonOf(request.withResponse())).toBe(await reasonOf(request));
    expect(server.received).toHaveLength(1);
  });
});

test("then, catch and finally work as a promise's", async () => {
  await using server = await serve(reply(404), page(["a"]));
  const client = connect(server);
  expect(await client.listSecrets().catch((error) => error instanceof CsmsApiError && error.status)).toBe(404);
  expect(await client.listSecrets().then(({ secrets }) => secrets.length)).toBe(1);
  let settled = 0;
  await client.listSecrets().finally(() => {
    settled++;
  });
  expect(settled).toBe(1);
  expect(await Promise.all([client.listSecrets(), 7])).toEqual([secretsPage(["a"], null), 7]);
});
