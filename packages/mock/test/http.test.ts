import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { send, sendAsIs, startFixture, things, token } from "./fixture.ts";

const mock = await startFixture();
beforeEach(() => mock.reset());
afterAll(() => mock.close());

/** Sends bytes, and gives the text that came back. */
async function sendBytes(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

describe("a path or method that the contract does not have", () => {
  test.each([
    ["GET", "/v1/nowhere", 404, null],
    ["GET", `${things}/`, 404, null],
    ["PUT", things, 405, "GET, POST"],
    ["DELETE", `${things}/a/parts/7`, 405, "GET"],
  ])("is told what there is: %s %s", async (method, path, status, allow) => {
    const answer = await send(mock, path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("allow")).toBe(allow);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body.detail).toBe(
      `The contract has no ${method} ${path}. It has: GET /v1/{project_id}/things, POST /v1/{project_id}/things, ` +
        "GET /v1/{project_id}/things/{thing}/parts/{part_id}, GET /v1/health.",
    );
  });

  test("is told in a header that every client reads, however long it is", async () => {
    const path = `/${"%C3%A9".repeat(3000)}`;
    const { status, headers } = await send(mock, path);
    expect(status).toBe(404);
    expect(headers.get("sl-violations")?.length).toBeLessThan(4000);
    expect(mock.requests[0]?.violations[0]?.message).toContain(path);
  });
});

describe("a client's mistake is no fault of the server", () => {
  test("a % that encodes nothing", async () => {
    const detail = "The path has a % that encodes no character.";
    expect(await send(mock, `${things}/50%/parts/7`)).toMatchObject({ status: 400, body: { detail } });
  });

  test("an address instead of a path, as a proxy gets it", async () => {
    const { status, body } = await sendAsIs(mock, {
      path: `http://elsewhere.example${things}?limit=1`,
      headers: token,
    });
    expect({ status, body }).toMatchObject({ status: 200, body: { things: [{ name: "a" }, { name: "b" }] } });
    expect(mock.requests).toMatchObject([{ path: `${things}?limit=1`, query: { limit: "1" }, violations: [] }]);
  });

  test.each(["*", things, "/nowhere"])("OPTIONS %s", async (path) => {
    const { status, headers } = await sendAsIs(mock, { method: "OPTIONS", path });
    expect(status).toBe(204);
    expect(headers.get("allow")).toBe("GET, POST");
  });

  test("no Host header", async () => {
    const answer = await sendBytes(`GET ${things} HTTP/1.1\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('"detail":"The request has no Host header."');
    expect(mock.requests).toMatchObject([{ method: "GET", path: things, status: 400 }]);
  });

  test("an expectation that nobody knows", async () => {
    expect((await sendAsIs(mock, { path: things, headers: { ...token, Expect: "wonders" } })).status).toBe(200);
  });

  test("an upload that ends early", async () => {
    const { hostname, port } = new URL(mock.url);
    const upload = request({ host: hostname, port, method: "POST", path: things, headers: { "Content-Length": 99 } });
    upload.on("error", () => {});
    upload.write("half");
    await once(upload, "socket");
    await vi.waitFor(() => expect(upload.socket?.bytesWritten).toBeGreaterThan(100));
    upload.destroy();
    await vi.waitFor(() => expect(mock.requests).toHaveLength(1));
    expect(mock.requests).toMatchObject([{ status: 0, violations: [{ message: "The body ended early." }] }]);
  });

  test("an upload with a broken chunk", async () => {
    const head = `POST ${things} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`;
    await sendBytes(`${head}nope\r\n`).catch(() => {});
    await vi.waitFor(() => expect(mock.requests).toHaveLength(1));
    expect(mock.requests).toMatchObject([{ status: 0, violations: [{ message: "The body ended early." }] }]);
  });

  test.each([
    ["with its length", { "Content-Length": String(3 * 1024 * 1024) }],
    ["in chunks", { "Transfer-Encoding": "chunked" }],
  ])("a body that is too long, %s", async (_, headers) => {
    const options = { method: "POST", path: things, headers: { ...token, ...headers } };
    const { status, body } = await sendAsIs(mock, options, "x".repeat(3 * 1024 * 1024));
    expect(status).toBe(413);
    expect(body.detail).toBe("The body is longer than 1048576 bytes, the most that the mock takes.");
    expect(mock.requests).toMatchObject([{ status: 413, violations: [{ message: body.detail }] }]);
    expect((await send(mock, things)).status).toBe(200);
  });
});

test("an upload that ends when it is refused is recorded once", async () => {
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  socket.write(`POST ${things} HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\nhalf`);
  const [answer] = await once(socket, "data");
  expect(String(answer)).toContain(" 413 ");
  socket.end();
  await once(socket, "close");
  expect(mock.requests).toMatchObject([{ status: 413 }]);
});

describe("what is no HTTP request is answered, and recorded", () => {
  test("headers that are too long", async () => {
    const response = await fetch(mock.url + things, { headers: { "X-Auth-Token": "t".repeat(70_000) } });
    expect(response.status).toBe(431);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    const { detail } = (await response.json()) as { detail: string };
    expect(detail).toBe("The headers are longer than 65536 bytes.");
    expect(mock.requests).toMatchObject([{ status: 431, violations: [{ message: detail }] }]);
  });

  test.each([
    ["GET /a b HTTP/1.1\r\n\r\n", "GET", "/a"],
    ["hello\r\n\r\n", "", ""],
    [`GET ${things} HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n`, "GET", things],
  ])("%j", async (bytes, method, path) => {
    const answer = await sendBytes(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toContain(`Content-Length: ${body.length}`);
    const { detail } = JSON.parse(body);
    expect(detail).toMatch(/^This is no HTTP request: .+\.$/);
    expect(mock.requests).toMatchObject([{ method, path, status: 400, violations: [{ message: detail }] }]);
  });

  test("CONNECT, as a proxy gets it", async () => {
    const answer = await sendBytes("CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(mock.requests).toMatchObject([{ method: "CONNECT", path: "elsewhere.example:443", status: 405 }]);
  });

  test("but a connection on which nothing comes is none", async () => {
    connect(Number(new URL(mock.url).port), "127.0.0.1").end();
    await send(mock, things);
    expect(mock.requests).toHaveLength(1);
  });
});

describe("a browser", () => {
  test("may send every header from another origin", async () => {
    const names = "authorization,content-type,x-auth-token,x-project-id,x-sdk-date,x-security-token";
    const { status, headers } = await send(mock, things, {
      method: "OPTIONS",
      headers: {
        Origin: "https://app.example",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": names,
        "Access-Control-Request-Private-Network": "true",
      },
    });
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-methods")).toBe("PUT");
    expect(headers.get("access-control-allow-headers")).toBe(names);
    expect(headers.get("access-control-allow-private-network")).toBe("true");
  });

  test("may read every header of every answer", async () => {
    const answers = [send(mock, things), send(mock, things, { headers: {} }), send(mock, "/nowhere")];
    for (const { headers } of await Promise.all(answers)) {
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("access-control-expose-headers")).toBe("*");
    }
  });
});
