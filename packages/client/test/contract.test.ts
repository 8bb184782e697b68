import { type Mock, startMock } from "@csms/mock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CsmsApiError, CsmsClient, type CsmsClientOptions, tokenCredentials } from "../src/index.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

function createClient(options: Partial<CsmsClientOptions> = {}): CsmsClient {
  return new CsmsClient({
    endpoint: mock.url,
    projectId: "0123456789abcdef0123456789abcdef",
    credentials: tokenCredentials("token"),
    ...options,
  });
}

/** A client that asks the mock for another of the contract's answers. */
const prefer = (preference: string) => createClient({ headers: { Prefer: preference }, maxRetries: 0 });

test("awaiting listSecrets gives one page, as sent", async () => {
  const page = await createClient().listSecrets();
  expect(page.secrets.map(({ name, state, scheduled_delete_time }) => [name, state, scheduled_delete_time])).toEqual([
    ["orders-database", "ENABLED", null],
    ["payment-gateway", "DISABLED", null],
    ["retired_api_key", "PENDING_DELETE", 1767830400000],
  ]);
  expect(page.page_info).toEqual({ next_marker: null, previous_marker: "orders-database", current_count: 3 });
});

test("iterating listSecrets gives every secret", async () => {
  const names = await Array.fromAsync(createClient().listSecrets(), ({ name }) => name);
  expect(names).toEqual(["orders-database", "payment-gateway", "retired_api_key"]);
});

test("iterating listSecretVersions gives every version", async () => {
  const versions = await Array.fromAsync(createClient().listSecretVersions({ secret_name: "orders-database" }));
  expect(versions.map(({ id, version_stages }) => [id, version_stages])).toEqual([
    ["v1", []],
    ["v2", ["SYSPREVIOUS"]],
    ["v3", ["SYSCURRENT", "blue"]],
  ]);
});

test("the page's own example ends a listing, although it carries a marker", async () => {
  const client = prefer("example=asPrinted");
  expect(await Array.fromAsync(client.listSecrets(), ({ name }) => name)).toEqual(["secret-name-test"]);
  const versions = client.listSecretVersions({ secret_name: "secret-name-demo" });
  expect(await Array.fromAsync(versions, ({ id }) => id)).toEqual(["v1"]);
});

test("an empty list is an empty listing, and one empty page", async () => {
  const request = prefer("example=empty").listSecrets();
  expect(await Array.fromAsync(request)).toEqual([]);
  expect(await Array.fromAsync(request.pages(), ({ secrets }) => secrets)).toEqual([[]]);
});

test("withResponse gives body, response and request id", async () => {
  const { data, response, requestId } = await createClient().listSecrets({ limit: 3 }).withResponse();
  expect(data.secrets).toHaveLength(3);
  expect(response.status).toBe(200);
  expect(requestId).toBe("26c1db3b8c3f6a0e359e347d49299cfd");
});

test.for([
  [400, "CSMS.0002", false],
  [401, "APIGW.0301", false],
  [403, "CSMS.0302", false],
  [404, "APIGW.0101", false],
  [429, "APIGW.0308", true],
  [500, "APIGW.0601", true],
  [502, "APIGW.0201", true],
  [504, "APIGW.0201", true],
] as const)("status %i is a CsmsApiError with code %s", async ([status, code, retryable]) => {
  const error = await prefer(`code=${status}`)
    .listSecrets()
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CsmsApiError);
  expect(error).toMatchObject({ name: "CsmsApiError", operationId: "listSecrets", status, code, retryable });
  expect(error).toMatchObject({ requestId: "26c1db3b8c3f6a0e359e347d49299cfd" });
  expect(String(error)).toContain(code);
});

test("a call without credentials is refused by the contract", async () => {
  const anonymous = createClient({ credentials: { authorize: () => ({}) } });
  await expect(anonymous.listSecrets()).rejects.toMatchObject({ status: 401, code: "APIGW.0301" });
});

test("the raw client is typed by the contract and authorised like the methods", async () => {
  const { data, error } = await createClient().http.GET("/v1/{project_id}/secrets", {
    params: { path: { project_id: "0123456789abcdef0123456789abcdef" }, query: { limit: "3" } },
  });
  expect(error).toBeUndefined();
  expect(data?.secrets[0]?.name).toBe("orders-database");
});
