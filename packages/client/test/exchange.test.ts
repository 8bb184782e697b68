import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { accessKeyCredentials, CsmsResponseError, type FetchLike, tokenCredentials } from "../src/index.ts";
import { connect, PROJECT_ID, page, reasonOf, reply, secretsPage, serve } from "./servers.ts";

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

test("a token of any length is sent without a search that begins anew at each of its characters", async () => {
  const token = "a".repeat(200_000);
  const sent: string[] = [];
  const fetch: FetchLike = async (_, { headers }) => {
    // Lets the call's own timeout see that the processor was busy for longer.
    await setTimeout(1);
    sent.push(`${headers["X-Auth-Token"]}`);
    return Response.json(secretsPage(["db"]));
  };
  const csms = connect({ url: "http://localhost" }, { credentials: tokenCredentials(token), fetch, maxRetries: 0 });
  expect((await csms.listSecrets()).secrets).toEqual([{ name: "db" }]);
  expect(sent).toEqual([token]);
});
