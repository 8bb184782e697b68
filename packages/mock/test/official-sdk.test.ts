import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ListSecretsResponse, ListSecretVersionsResponse, PageInfo } from "@csms/types";
import { afterAll, expect, test } from "vitest";
import { startMock } from "../src/index.ts";

// The SDK writes a file into the home folder as soon as it is loaded.
const home = mkdtempSync(join(tmpdir(), "csms-mock-"));
process.env.HOME = home;
process.env.USERPROFILE = home;
const { BasicCredentials } = await import("@huaweicloud/huaweicloud-sdk-core");
const { ClientBuilder } = await import("@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js");
// It would print a failed request with all its headers.
const { Logger4jInstance } = await import("@huaweicloud/huaweicloud-sdk-core/logger/log4jLogger.js");
Logger4jInstance.level = "off";
afterAll(() => rmSync(home, { recursive: true }));

const verify = { accessKeyId: "AK", secretAccessKey: "SK" };
const projectId = "0123456789abcdef0123456789abcdef";

function createClient(endpoint: string, secretAccessKey = "SK") {
  const credentials = new BasicCredentials().withAk("AK").withSk(secretAccessKey).withProjectId(projectId);
  return new ClientBuilder((client) => client).withEndpoint(endpoint).withCredential(credentials).build();
}

/** As the SDK's service packages call the core, with the path and query of the operation. */
async function readPages<Page extends { page_info: PageInfo }>(
  client: ReturnType<typeof createClient>,
  url: string,
  pathParams: Record<string, string>,
  limit: number,
) {
  const pages: Page[] = [];
  for (let marker: string | null | undefined; marker !== null; marker = pages.at(-1)?.page_info.next_marker ?? null) {
    const page = await client.sendRequest<Page & { httpStatusCode: number }>({
      method: "GET",
      url,
      contentType: "application/json",
      queryParams: { limit, ...(marker && { marker }) },
      pathParams: { project_id: projectId, ...pathParams },
      headers: {},
    });
    expect(page.httpStatusCode).toBe(200);
    pages.push(page);
  }
  return pages;
}

test("the official SDK reads every page of both operations, signed", async () => {
  await using mock = await startMock({ secrets: 25, versions: 7, verify });
  const client = createClient(mock.url);

  const secretPages = await readPages<ListSecretsResponse>(client, "/v1/{project_id}/secrets", {}, 10);
  expect(secretPages.map(({ secrets }) => secrets.length)).toEqual([10, 10, 5]);
  const names = secretPages.flatMap(({ secrets }) => secrets.map(({ name }) => name));
  expect(new Set(names).size).toBe(25);

  const path = "/v1/{project_id}/secrets/{secret_name}/versions";
  const versionPages = await readPages<ListSecretVersionsResponse>(client, path, { secret_name: names[0] ?? "" }, 3);
  expect(versionPages.map(({ version_metadatas }) => version_metadatas.map(({ id }) => id))).toEqual([
    ["v1", "v2", "v3"],
    ["v4", "v5", "v6"],
    ["v7"],
  ]);

  expect(mock.requests).toHaveLength(6);
  for (const { status, violations, headers } of mock.requests) {
    expect({ status, violations }).toEqual({ status: 200, violations: [] });
    expect(headers.authorization).toMatch(/^SDK-HMAC-SHA256 Access=AK, SignedHeaders=\S+, Signature=[\da-f]{64}$/);
    expect(headers["x-project-id"]).toBe(projectId);
    expect(headers).not.toHaveProperty("x-auth-token");
  }
});

test("the official SDK reads the service's error", async () => {
  await using mock = await startMock({ secrets: 1 });
  const versions = readPages(
    createClient(mock.url),
    "/v1/{project_id}/secrets/{secret_name}/versions",
    { secret_name: "no-such-secret" },
    3,
  );
  await expect(versions).rejects.toMatchObject({ httpStatusCode: 400, errorCode: "CSMS.0106" });
});

test("the official SDK with another key is refused, and told why", async () => {
  await using mock = await startMock({ secrets: 1, verify });
  const secrets = readPages(createClient(mock.url, "other"), "/v1/{project_id}/secrets", {}, 3);
  await expect(secrets).rejects.toMatchObject({ httpStatusCode: 401, errorCode: "APIGW.0301" });
  expect(mock.requests[0]?.violations[0]?.message).toMatch(
    /^The signature differs: compare the canonical request, and /,
  );
});
