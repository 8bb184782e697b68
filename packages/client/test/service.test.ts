import { describe, expect, test } from "vitest";
import { accessKeyCredentials, type Middleware } from "../src/index.ts";
import { connect, PROJECT_ID, page, reasonOf, reply, serve } from "./servers.ts";

const PROJECT = { params: { path: { project_id: PROJECT_ID } } };

describe("middleware", () => {
  test("it sees a call once, however often it is tried, and its credentials never", async () => {
    await using server = await serve(reply(503, "", { "retry-after": "0" }), page(["a"]));
    const seen: unknown[] = [];
    const watch: Middleware = {
      onRequest: ({ request, schemaPath }) => {
        seen.push([schemaPath, request.method, request.url, [...request.headers]]);
      },
      onResponse: ({ response }) => {
        seen.push(response.status);
      },
    };
    await connect(server, { middleware: [watch] }).listSecrets({ limit: 5 });
    expect(seen).toEqual([
      ["/v1/{project_id}/secrets", "GET", `${server.url}/v1/${PROJECT_ID}/secrets?limit=5`, []],
      200,
    ]);
    expect(server.received).toHaveLength(2);
  });

  test("what it changes is sent, and what it answers is taken", async () => {
    await using server = await serve(page(["a"]));
    const change: Middleware = {
      onRequest: ({ request }) => {
        request.headers.set("x-trace", "t-1");
      },
      onResponse: ({ response }) => Response.json({ secrets: [{ name: "b" }], page_info: {} }, response),
    };
    const { secrets } = await connect(server, { middleware: [change] }).listSecrets();
    expect(server.received[0]?.headers["x-trace"]).toBe("t-1");
    expect(secrets).toEqual([{ name: "b" }]);
  });

  test("it may answer by itself; nothing is sent", async () => {
    await using server = await serve(page(["a"]));
    const cache: Middleware = { onRequest: () => Response.json({ secrets: [{ name: "kept" }], page_info: {} }) };
    const { secrets } = await connect(server, { middleware: [cache] }).listSecrets();
    expect(secrets).toEqual([{ name: "kept" }]);
    expect(server.received).toHaveLength(0);
  });

  test("an answer of its own that is not what the contract says is an error", async () => {
    const cache: Middleware = { onRequest: () => new Response("{}") };
    const error = await reasonOf(connect({ url: "http://localhost" }, { middleware: [cache] }).listSecrets());
    expect(error).toMatchObject({ name: "CsmsResponseError", operationId: "listSecrets", status: 200 });
  });

  test("an error that it raises comes as it is", async () => {
    const failure = new SyntaxError("my own");
    const fail: Middleware = {
      onRequest: () => {
        throw failure;
      },
    };
    expect(await reasonOf(connect({ url: "http://localhost" }, { middleware: [fail] }).listSecrets())).toBe(failure);
  });
});

describe("csms.http", () => {
  test("it is authorised like the methods, and gives errors as openapi-fetch does", async () => {
    await using server = await serve(page(["a"]), reply(404, { error_code: "APIGW.0101", error_msg: "no such API" }));
    const { http } = connect(server);
    const good = await http.GET("/v1/{project_id}/secrets", PROJECT);
    expect(good.data?.secrets).toEqual([{ name: "a" }]);
    const bad = await http.GET("/v1/{project_id}/secrets", PROJECT);
    expect(bad.error).toEqual({ error_code: "APIGW.0101", error_msg: "no such API" });
    expect(bad.response.status).toBe(404);
    expect(server.received.map(({ headers }) => headers["x-auth-token"])).toEqual(["a-fixed-token", "a-fixed-token"]);
  });

  test("it signs, with the client's project", async () => {
    await using server = await serve(page([]));
    const credentials = accessKeyCredentials({ accessKeyId: "AK", secretAccessKey: "SK" });
    await connect(server, { credentials }).http.GET("/v1/{project_id}/secrets", PROJECT);
    expect(server.received[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(/^SDK-HMAC-SHA256 Access=AK, /),
      "x-project-id": PROJECT_ID,
    });
  });

  test("a HEAD request has no body", async () => {
    await using server = await serve(page([]));
    const toHead: Middleware = { onRequest: ({ request }) => new Request(request, { method: "HEAD" }) };
    const { response } = await connect(server, { middleware: [toHead] }).http.GET("/v1/{project_id}/secrets", PROJECT);
    expect(response.status).toBe(200);
    expect(server.received[0]?.method).toBe("HEAD");
  });
});

describe("credentials go nowhere but below the endpoint", () => {
  test.for([
    ["another origin", (_: string, elsewhere: string) => elsewhere],
    ["another path", (endpoint: string) => endpoint.replace("/csms", "/other")],
    ["a path that only begins the same", (endpoint: string) => `${endpoint}-evil`],
    ["a path that climbs out", (endpoint: string) => `${endpoint}/../other`],
  ] as const)("%s", async ([, pointAt]) => {
    await using server = await serve(page([]));
    await using elsewhere = await serve(page([]));
    const endpoint = `${server.url}/csms`;
    const other = pointAt(endpoint, elsewhere.url);

    const { http } = connect(server, { endpoint });
    const byBaseUrl = http.GET("/v1/{project_id}/secrets", { ...PROJECT, baseUrl: other });
    await expect(byBaseUrl).rejects.toMatchObject({ name: "CsmsInputError" });

    const turn: Middleware = { onRequest: ({ request }) => new Request(`${other}/v1/secrets`, request) };
    const byMiddleware = connect(server, { endpoint, middleware: [turn] }).listSecrets();
    await expect(byMiddleware).rejects.toMatchObject({ name: "CsmsInputError", operationId: "listSecrets" });

    expect(server.received).toHaveLength(0);
    expect(elsewhere.received).toHaveLength(0);
  });

  test("a fetch that is given to one raw call gets none", async () => {
    const seen: string[] = [];
    const fetch = async (request: Request) => {
      seen.push(...request.headers.keys());
      return Response.json({});
    };
    await connect({ url: "http://localhost" }).http.GET("/v1/{project_id}/secrets", { ...PROJECT, fetch });
    expect(seen).toEqual([]);
  });
});
