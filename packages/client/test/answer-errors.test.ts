import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { CsmsApiError, CsmsResponseError } from "../src/index.ts";
import { answerError } from "../src/runtime/http/answer-error.ts";
import { type Answer, connect, reasonOf, reply, secretsPage, serve } from "./servers.ts";

async function errorOf(answer: Answer): Promise<unknown> {
  await using server = await serve(answer);
  return await reasonOf(connect(server, { maxRetries: 0 }).listSecrets());
}

const html = { "content-type": "text/html; charset=utf-8" };
const HTML = "<html><head><title>Sign in to the proxy</title></head></html>";

describe("an error status is a CsmsApiError", () => {
  test.for([
    ["flat", 403, { error_code: "CSMS.0302", error_msg: "No permission." }, "CSMS.0302", "No permission."],
    ["nested", 400, { error: { error_code: "KMS.0205", error_msg: "Bad key." } }, "KMS.0205", "Bad key."],
    ["nested, IAM's", 401, { error: { code: 401, message: "Wrong password." } }, "401", "Wrong password."],
    ["without a text", 400, { error_code: "CSMS.0002" }, "CSMS.0002", "CSMS.0002"],
    ["with an empty text", 400, { error_code: "CSMS.0002", error_msg: "" }, "CSMS.0002", "CSMS.0002"],
  ] as const)("%s", async ([, status, body, code, text]) => {
    const error = await errorOf(reply(status, body));
    expect(error).toBeInstanceOf(CsmsApiError);
    expect(error).toMatchObject({ name: "CsmsApiError", operationId: "listSecrets", status, code, retryable: false });
    for (const part of ["listSecrets", `${status}`, code, text]) expect(String(error)).toContain(part);
  });

  test("the gateway's, with its request id in the body", async () => {
    const body = {
      error_code: "APIGW.0308",
      error_msg: "The throttling threshold has been reached.",
      request_id: "r-1",
    };
    const error = await errorOf(reply(429, body));
    expect(error).toMatchObject({ status: 429, code: "APIGW.0308", requestId: "r-1", retryable: true });
  });

  test("the request id of the header", async () => {
    const error = await errorOf(reply(500, { error_code: "APIGW.0601", error_msg: "x" }, { "X-Request-Id": "r-2" }));
    expect(error).toMatchObject({ requestId: "r-2", retryable: true });
  });

  test("without a request id there is none", async () => {
    expect(await errorOf(reply(404, { error_code: "APIGW.0101", error_msg: "x" }))).toHaveProperty(
      "requestId",
      undefined,
    );
  });

  test.for([
    ["HTML", reply(502, HTML, html), "Sign in to the proxy"],
    ["text", reply(502, "upstream connect error", { "content-type": "text/plain" }), "upstream connect error"],
    ["JSON that is cut off", reply(502, '{"error_code":"CSMS.00'), "CSMS.00"],
    ["another JSON object", reply(502, { timestamp: 1, error: "Bad Gateway", path: "/v1" }), "Bad Gateway"],
    ["a JSON list", reply(502, [{ reason: "no such zone" }]), "no such zone"],
    ["an object without a word", reply(502, { reason: "no such zone" }), "no such zone"],
    ["an error that is null", reply(502, { error: null, reason: "no such zone" }), "no such zone"],
  ] as const)("%s: the message shows its first characters", async ([, answer, text]) => {
    const error = await errorOf(answer);
    expect(error).toMatchObject({ name: "CsmsApiError", status: 502, retryable: true });
    expect(String(error)).toContain("502");
    expect(String(error)).toContain(text);
  });

  test.for([
    ["an empty body", reply(502, "", { "content-length": "0" })],
    ["an empty chunked body", reply(502, "", { "transfer-encoding": "chunked" })],
    ["null", reply(502, null)],
  ] as const)("%s", async ([, answer]) => {
    const error = await errorOf(answer);
    expect(error).toMatchObject({ name: "CsmsApiError", status: 502, code: undefined, retryable: true });
    expect(String(error)).toContain("502");
  });

  test("a long page is shown in part", async () => {
    const error = await errorOf(reply(502, HTML.repeat(1000), html));
    expect(String(error).length).toBeLessThan(1000);
  });
});

test.for([600, 999])("status %i, which no Response can have, is an error of the client's, too", async (status) => {
  expect(await errorOf(reply(status, "denied"))).toMatchObject({
    name: expect.stringMatching(/^Csms(Api|Response)Error$/),
    status,
  });
});

test("how long the server wants to be left alone is in the error, in milliseconds", async () => {
  expect(await errorOf(reply(429, "", { "retry-after": "7" }))).toMatchObject({ retryAfter: 7_000 });
  expect(await errorOf(reply(429))).toHaveProperty("retryAfter", undefined);
});

test("a request id is never taken for a secret", async () => {
  const signature = Array.from({ length: 100 }, (_, seed) => createHash("sha256").update(`${seed}`).digest("hex"));
  for (const secret of signature) {
    const requestId = `${secret.slice(20, 30)}${"-".repeat(22)}`;
    const response = { status: 500, headers: new Headers({ "x-request-id": requestId }) };
    expect(answerError("listSecrets", response, {}, [secret])).toHaveProperty("requestId", requestId);
    expect(
      answerError("listSecrets", { status: 500, headers: new Headers() }, { request_id: secret }, [secret]),
    ).toHaveProperty("requestId", "***");
  }
});

describe("an answer that is not what the contract says is a CsmsResponseError", () => {
  const PAGE = secretsPage(["a"]);
  const cases: [string, status: number, answer: Answer, shown: string][] = [
    ["HTML", 200, reply(200, HTML, html), "Sign in to the proxy"],
    ["HTML with a length", 200, reply(200, HTML, { ...html, "content-length": HTML.length }), "Sign in to the proxy"],
    ["text", 200, reply(200, "it works"), "it works"],
    ["JSON that is cut off", 200, reply(200, '{"secrets":[{"name'), "secrets"],
    ["JSON null", 200, reply(200, null), "null"],
    ["a number", 200, reply(200, "7"), "7"],
    ["a JSON text", 200, reply(200, '"secrets"'), "secrets"],
    ["a list", 200, reply(200, [PAGE]), "page_info"],
    ["no list of items", 200, reply(200, { page_info: { current_count: 0 } }), "page_info"],
    ["items that are null", 200, reply(200, { secrets: null, page_info: { current_count: 0 } }), "page_info"],
    ["items that are an object", 200, reply(200, { secrets: { length: 1 }, page_info: {} }), "length"],
    ["items that are a text", 200, reply(200, { secrets: "abc", page_info: {} }), "abc"],
    ["another operation's items", 200, reply(200, { version_metadatas: [], page_info: {} }), "version_metadatas"],
    ["an empty body", 200, reply(200, "", { "content-length": "0" }), ""],
    ["an empty chunked body", 200, reply(200, ""), ""],
    ["another success status", 201, reply(201, PAGE), "secrets"],
    ["204", 204, reply(204), ""],
    ["205", 205, reply(205), ""],
    ["206", 206, reply(206, PAGE), "secrets"],
  ];

  test.for(cases)("%s", async ([, status, answer, shown]) => {
    const error = await errorOf(answer);
    expect(error).toBeInstanceOf(CsmsResponseError);
    expect(error).toMatchObject({ name: "CsmsResponseError", operationId: "listSecrets", status, retryable: false });
    for (const part of ["listSecrets", `${status}`, shown]) expect(String(error)).toContain(part);
  });

  test("the message has the content type", async () => {
    expect(String(await errorOf(reply(200, HTML, html)))).toContain("text/html");
  });

  test("a long page is shown in part", async () => {
    expect(String(await errorOf(reply(200, HTML.repeat(1000), html))).length).toBeLessThan(1000);
  });

  test("it ends a listing, too, after the items before it", async () => {
    await using server = await serve(reply(200, secretsPage(["a", "b"], "b")), reply(200, HTML, html));
    const names: string[] = [];
    const reading = (async () => {
      for await (const { name } of connect(server).listSecrets({ limit: 2 })) names.push(name);
    })();
    await expect(reading).rejects.toThrow(CsmsResponseError);
    expect(names).toEqual(["a", "b"]);
  });
});

test.for([
  ["no code", reply(502, "no upstream", { "content-type": "text/plain" })],
  ["no text", reply(400, { error_code: "CSMS.0002" })],
  ["no body", reply(502)],
  ["an unknown body", reply(502, { reason: "no such zone" })],
  ["no content type", reply(200, "it works")],
] as const)(
  "a message is for people: with %s it does not say undefined, null or [object Object]",
  async ([, answer]) => {
    expect(String(await errorOf(answer))).toMatch(
      /^Csms(Api|Response)Error: listSecrets: (?!.*(undefined|null|\[object))/,
    );
  },
);

test("what the contract does not know passes through: fields, enum values, raw numbers", async () => {
  const body = {
    secrets: [
      { name: "a", state: "MELTED", secret_type: "RDS-FG", create_time: 1581507580000, tags: { a: [1, null] } },
    ],
    page_info: { current_count: 1, total: 12 },
    extra: true,
  };
  await using server = await serve(reply(200, body));
  expect(await connect(server).listSecrets()).toEqual(body);
});
