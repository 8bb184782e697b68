import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { accessKeyCredentials, CsmsResponseError, tokenCredentials } from "../src/index.ts";
import { connect, PROJECT_ID, page, reasonOf, reply, serve } from "./servers.ts";

const credentials = {
  "a token": tokenCredentials("a-fixed-token"),
  "an access key": accessKeyCredentials({ accessKeyId: "AK", secretAccessKey: "SK", securityToken: "ST" }),
};

describe.each(Object.entries(credentials))("no redirect is followed, with %s", (_, credentials) => {
  test.for([300, 301, 302, 303, 304, 307, 308])("%i", async (status) => {
    await using elsewhere = await serve(page(["stolen"]));
    await using server = await serve(reply(status, "", { location: `${elsewhere.url}/v1/secrets` }));
    const error = await reasonOf(connect(server, { credentials }).listSecrets());
    expect(error).toBeInstanceOf(CsmsResponseError);
    expect(error).toMatchObject({ operationId: "listSecrets", status, retryable: false });
    expect(elsewhere.received).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  test("nor to the same server, nor by the raw client", async () => {
    await using server = await serve(reply(307, "", { location: "/elsewhere" }), page([]));
    const call = connect(server, { credentials }).http.GET("/v1/{project_id}/secrets", {
      params: { path: { project_id: PROJECT_ID } },
      redirect: "follow",
    });
    await expect(call).rejects.toThrow(CsmsResponseError);
    expect(server.received).toHaveLength(1);
  });
});

test("a browser's redirect, of which it hides all, is one, too", async () => {
  const opaque = Object.defineProperties(new Response(), { status: { value: 0 }, type: { value: "opaqueredirect" } });
  const request = connect({ url: "http://localhost" }, { fetch: async () => opaque }).listSecrets();
  await expect(request).rejects.toThrow(CsmsResponseError);
});

test("a host that isn't found asks whether the region is right", async () => {
  const cause = Object.assign(new Error("getaddrinfo ENOTFOUND localhost"), { code: "ENOTFOUND" });
  const fails = () => Promise.reject(new TypeError("fetch failed", { cause }));
  const request = connect({ url: "http://localhost" }, { fetch: fails, maxRetries: 0 }).listSecrets();
  await expect(request).rejects.toThrow("ENOTFOUND localhost. Is the region, or the endpoint, right?");
});

test("a compressed answer is read", async () => {
  await using server = await serve((response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"secrets":[{"name":"a"}],"page_info":{}}')),
  );
  expect((await connect(server).listSecrets()).secrets).toEqual([{ name: "a" }]);
});
