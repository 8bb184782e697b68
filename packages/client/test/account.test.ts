import { type MockOptions, startMock } from "@csms/mock";
import { describe, expect, test } from "vitest";
import { accessKeyCredentials, CsmsClient, tokenCredentials } from "../src/index.ts";

const projectId = "0123456789abcdef0123456789abcdef";

// The mock's account, behind Prism: each request and each answer is held against the contract.
const quirks: Record<string, MockOptions> = {
  "as the pages have it": {},
  "that repeats the marker's item": { repeatMarker: true },
  "that has a marker on the last page": { markerOnLastPage: true },
  "that does both": { repeatMarker: true, markerOnLastPage: true },
  "that caps the limit": { maxLimit: 60 },
};

describe.each(Object.entries(quirks))("an account %s", (_, quirk) => {
  test.for([undefined, 7, 50, 100])("is read to its end, with limit %s", async (limit) => {
    await using mock = await startMock({ secrets: 123, seed: 1, ...quirk });
    const csms = new CsmsClient({ endpoint: mock.url, projectId, credentials: tokenCredentials("token") });
    const names = await Array.fromAsync(csms.listSecrets({ limit }), ({ name }) => name);
    expect(names).toHaveLength(123);
    expect(names).toEqual([...new Set(names)].sort());
    expect(mock.requests.map(({ status }) => status)).not.toContain(400);
  });

  test("has versions, of which one is current", async () => {
    await using mock = await startMock({ secrets: 5, versions: 20, seed: 1, ...quirk });
    const credentials = accessKeyCredentials({ accessKeyId: "AK", secretAccessKey: "SK" });
    const csms = new CsmsClient({ endpoint: mock.url, projectId, credentials });
    for await (const { name } of csms.listSecrets()) {
      for (const limit of [undefined, 6, 20]) {
        const versions = await Array.fromAsync(csms.listSecretVersions({ secret_name: name, limit }));
        expect(versions.map(({ secret_name }) => secret_name)).toEqual(Array(20).fill(name));
        expect(versions.filter(({ version_stages }) => version_stages.includes("SYSCURRENT"))).toHaveLength(1);
      }
    }
  });
});

test("a secret that is not there is the service's own error", async () => {
  await using mock = await startMock({ secrets: 5, seed: 1 });
  const csms = new CsmsClient({ endpoint: mock.url, projectId, credentials: tokenCredentials("token") });
  await expect(csms.listSecretVersions({ secret_name: "no-such-secret" })).rejects.toMatchObject({
    name: "CsmsApiError",
    status: 400,
    code: "CSMS.0106",
  });
});

test("trouble on the way is survived", async () => {
  await using mock = await startMock({ secrets: 200, seed: 1, fail: "503:0.1", reset: 0.1, truncate: 0.1 });
  const csms = new CsmsClient({ endpoint: mock.url, projectId, credentials: tokenCredentials("token"), maxRetries: 9 });
  expect(await Array.fromAsync(csms.listSecrets({ limit: 20 }))).toHaveLength(200);
  expect(mock.requests.length).toBeGreaterThan(10);
});

test("of a service that throttles, calls that run side by side all get their answer, each waiting for itself", async () => {
  await using mock = await startMock({ secrets: 30, seed: 1, throttle: 10 });
  const csms = new CsmsClient({ endpoint: mock.url, projectId, credentials: tokenCredentials("token"), maxRetries: 8 });
  await Promise.all(Array.from({ length: 31 }, () => csms.listSecrets()));
  expect(mock.requests.filter(({ status }) => status === 200)).toHaveLength(31);
  expect(mock.requests.filter(({ status }) => status === 429).length).toBeGreaterThan(5);
});
