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

test("a SyntaxError of a middleware's own comes as it is, also after the answer", async () => {
  await using server = await serve(page(["a"]));
  const failure = new SyntaxError("my own");
  const fail: Middleware = {
    onResponse: () => {
      throw failure;
    },
  };
  expect(await reasonOf(connect(server, { middleware: [fail] }).listSecrets())).toBe(failure);
});

test("an answer of a middleware's own that is not JSON is told as such", async () => {
  const cache: Middleware = { onRequest: () => new Response("<html>") };
  const error = await reasonOf(connect({ url: "http://localhost" }, { middleware: [cache] }).listSecrets());
  expect(error).toMatchObject({ name: "CsmsResponseError", status: 200, message: expect.stringContaining("<html>") });
});

test("middleware that is added later sees the platform's Request and Response", async () => {
  await using server = await serve(page(["a"]));
  const client = connect(server);
  const seen: unknown[] = [];
  await client.listSecrets();
  client.http.use({
    onRequest: ({ request }) => {
      seen.push(request instanceof Request);
    },
    onResponse: async ({ response }) => {
      seen.push(response instanceof Response, await response.clone().json());
    },
  });
  await client.listSecrets();
  expect(seen).toEqual([true, true, { secrets: [{ name: "a" }], page_info: { next_marker: null, current_count: 1 } }]);
});

test("withResponse gives the platform's Response, with its address", async () => {
  await using server = await serve(page(["a"]));
  const { response } = await connect(server).listSecrets().withResponse();
  expect(response).toBeInstanceOf(Response);
  expect(response.url).toBe(`${server.url}/v1/${PROJECT_ID}/secrets`);
});

test("a fetch that gives no Response: withResponse makes one", async () => {
  const answer = Response.json({ secrets: [], page_info: {} }, { headers: { "x-request-id": "r-1" } });
  const { status, headers } = answer;
  const fetch = async () => ({ status, headers, arrayBuffer: () => answer.arrayBuffer() });
  const { response, requestId } = await connect({ url: "http://localhost" }, { fetch }).listSecrets().withResponse();
  expect(response).toBeInstanceOf(Response);
  expect(response.url).toBe(`http://localhost/v1/${PROJECT_ID}/secrets`);
  expect(response.headers.get("x-request-id")).toBe("r-1");
  expect(requestId).toBe("r-1");
});

describe("csms.http", () => {
  test("bytes come as they were sent, and the response knows its address", async () => {
    const bytes = Buffer.from("89504e470d0a1a0a00ff", "hex");
    await using server = await serve((response) => response.writeHead(200, { "content-type": "image/png" }).end(bytes));
    const { data, response } = await connect(server).http.GET("/v1/{project_id}/secrets", {
      ...PROJECT,
      parseAs: "arrayBuffer",
    });
    expect(Buffer.from(data as ArrayBuffer).toString("hex")).toBe(bytes.toString("hex"));
    expect(response.url).toBe(`${server.url}/v1/${PROJECT_ID}/secrets`);
  });

  test("a timeout of one call holds, and one that makes no sense is refused", async () => {
    await using server = await serve(() => {});
    const { http } = connect(server);
    const call = (timeout: number) => http.GET("/v1/{project_id}/secrets", { ...PROJECT, timeout, maxRetries: 0 });
    await expect(call(300)).rejects.toMatchObject({ name: "CsmsTimeoutError", timeout: 300 });
    await expect(call(-1)).rejects.toMatchObject({ name: "CsmsInputError" });
    expect(server.received).toHaveLength(1);
  });

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

  test.for([
    [{ project_id: ".." }, 'project_id must be more than nothing or dots, got ".."'],
    [{ project_id: "." }, 'project_id must be more than nothing or dots, got "."'],
    [{ project_id: "" }, 'project_id must be more than nothing or dots, got ""'],
    [{ project_id: undefined }, "project_id must be given"],
    [{}, "project_id must be given"],
  ])("path parameters %j, which would make the path another one, are refused", async ([path, message]) => {
    await using server = await serve(page(["a"]));
    const call = connect(server).http.GET("/v1/{project_id}/secrets", { params: { path: path as never } });
    expect(await reasonOf(call)).toMatchObject({ name: "CsmsInputError", message });
    expect(server.received).toHaveLength(0);
  });

  test("a path parameter stays one segment", async () => {
    await using server = await serve(page(["a"]));
    const params = { path: { project_id: "a/../b" } };
    await connect(server).http.GET("/v1/{project_id}/secrets", { params });
    expect(server.received[0]?.url).toBe("/v1/a%2F..%2Fb/secrets");
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
