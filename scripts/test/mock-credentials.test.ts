import { accessKeyCredentials, type Credentials, CsmsClient, iamCredentials } from "@csms/client";
import { type Mock, startMock } from "@csms/mock";
import { describe, expect, test } from "vitest";

// The client's credentials against the mock's gateway and IAM, each made without the other's code.
const projectId = "0123456789abcdef0123456789abcdef";
const login = { domain: "account", user: "ann", password: "hush" };
const key = { accessKeyId: "AK", secretAccessKey: "SK", securityToken: "temporary" };
const clientOf = ({ url }: Mock, credentials: Credentials) =>
  new CsmsClient({ endpoint: url, projectId, credentials, maxRetries: 0 });
const iamOf = ({ url }: Mock, user = login) => iamCredentials({ ...user, project: "cn-north-4", endpoint: url });
const pathsOf = ({ requests }: Mock) => requests.map(({ path }) => path.replace(/.*\//, ""));

describe("signatures", () => {
  test("of every page and every version are right", async () => {
    await using mock = await startMock({ secrets: 60, versions: 3, verify: key });
    const csms = clientOf(mock, accessKeyCredentials(key));
    const [secret] = await Array.fromAsync(csms.listSecrets());
    await Array.fromAsync(csms.listSecretVersions({ secret_name: secret?.name ?? "", limit: 2 }));
    expect(mock.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(mock.requests.flatMap(({ violations }) => violations)).toEqual([]);
  });

  test("by a wrong key are refused", async () => {
    await using mock = await startMock({ secrets: 1, verify: key });
    const csms = clientOf(mock, accessKeyCredentials({ ...key, secretAccessKey: "other" }));
    await expect(csms.listSecrets()).rejects.toMatchObject({ name: "CsmsApiError", status: 401 });
    expect(mock.requests[0]?.violations).toMatchObject([{ code: 401 }]);
  });
});

describe("IAM", () => {
  test("gives one token for many calls", async () => {
    await using mock = await startMock({ secrets: 1, verify: login });
    const csms = clientOf(mock, iamOf(mock));
    await csms.listSecrets();
    await csms.listSecrets();
    expect(pathsOf(mock)).toEqual(["tokens", "secrets", "secrets"]);
  });

  test("is asked anew before a token ends, and when it is refused", async () => {
    await using mock = await startMock({ secrets: 1, verify: login, tokenLife: 60 });
    const csms = clientOf(mock, iamOf(mock));
    await csms.listSecrets();
    await csms.listSecrets();
    expect(pathsOf(mock)).toEqual(["tokens", "secrets", "tokens", "secrets"]);

    mock.reset();
    mock.answerNext("listSecrets", { status: 401 });
    await csms.listSecrets();
    expect(pathsOf(mock)).toEqual(["tokens", "secrets", "tokens", "secrets"]);
  });

  test("gives no token for a wrong password", async () => {
    await using mock = await startMock({ secrets: 1, verify: login });
    const csms = clientOf(mock, iamOf(mock, { ...login, password: "other" }));
    await expect(csms.listSecrets()).rejects.toMatchObject({ name: "CsmsApiError", status: 401 });
    expect(pathsOf(mock)).toEqual(["tokens"]);
  });
});
