import { describe, expect, test, vi } from "vitest";
import { holdToContract } from "../src/contract.ts";
import {
  type CallOptions,
  CsmsClient,
  type CsmsClientOptions,
  CsmsInputError,
  type IamUser,
  iamCredentials,
  tokenCredentials,
} from "../src/index.ts";
import { instanceCredentials, profileCredentials } from "../src/node.ts";
import { undiciFetch } from "../src/undici.ts";
import { connect, PROJECT_ID, page, reasonOf, secretsPage, serve } from "./servers.ts";

const USER = { domain: "an-account", user: "me", password: "a-secret" };
const REQUIRED = { projectId: PROJECT_ID, credentials: tokenCredentials("a-fixed-token") };

/** What the constructor says of options as a caller without types may pass them. */
function inputErrorOf(options: unknown): string {
  try {
    new CsmsClient(options as CsmsClientOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(CsmsInputError);
    return String(error);
  }
  return expect.fail("it took the options");
}

/** The address that a call is sent to. */
async function addressOf(options: { region: string } | { endpoint: string }): Promise<string> {
  const fetch = vi.fn(async (_: string) => Response.json(secretsPage([])));
  await new CsmsClient({ ...REQUIRED, ...options, fetch }).listSecrets();
  return fetch.mock.calls[0]?.[0].replace(`/v1/${PROJECT_ID}/secrets`, "") ?? "";
}

describe("where the service is", () => {
  test.for([
    [{ region: "cn-north-4" }, "https://kms.cn-north-4.myhuaweicloud.com"],
    [{ region: "xx-nowhere-9" }, "https://kms.xx-nowhere-9.myhuaweicloud.com"],
    [{ region: "eu-west-101" }, "https://kms.eu-west-101.myhuaweicloud.eu"],
    [{ region: "eu-nowhere-9" }, "https://kms.eu-nowhere-9.myhuaweicloud.eu"],
    [{ region: "europa-1" }, "https://kms.europa-1.myhuaweicloud.com"],
    [{ endpoint: "https://kms.example.com" }, "https://kms.example.com"],
    [{ endpoint: "https://kms.example.com/" }, "https://kms.example.com"],
    [{ endpoint: "https://kms.example.com:8443/csms/v9/" }, "https://kms.example.com:8443/csms/v9"],
    [{ region: "cn-north-4", endpoint: "https://kms.example.com" }, "https://kms.example.com"],
    [{ endpoint: "http://127.0.0.1:4010" }, "http://127.0.0.1:4010"],
    [{ endpoint: "http://127.8.9.10" }, "http://127.8.9.10"],
    [{ endpoint: "http://localhost:4010" }, "http://localhost:4010"],
    [{ endpoint: "http://[::1]:4010" }, "http://[::1]:4010"],
    [{ endpoint: "https://[2001:DB8::1]" }, "https://[2001:db8::1]"],
    [{ endpoint: "https://[::ffff:10.0.0.1]:8443" }, "https://[::ffff:a00:1]:8443"],
  ] as const)("%o", async ([options, address]) => {
    expect(await addressOf(options)).toBe(address);
  });

  test("neither region nor endpoint", () => {
    // @ts-expect-error The types ask for one of them, too.
    expect(() => new CsmsClient(REQUIRED)).toThrow(CsmsInputError);
    expect(inputErrorOf(REQUIRED)).toMatch(/region.*endpoint/);
    expect(inputErrorOf({ ...REQUIRED, region: "" })).toMatch(/region.*endpoint/);
  });

  test.for([
    "not an address",
    "kms.example.com",
    "//kms.example.com",
    "ftp://kms.example.com",
    "https://",
    "https://:443",
    "https://kms.example.com:99999",
    "https://kms.example.com?a=1",
    "https://kms.example.com/#a",
  ])("no address: %s", (endpoint) => {
    expect(inputErrorOf({ ...REQUIRED, endpoint })).toContain("endpoint");
  });

  test.for([
    "http://kms.example.com",
    "http://127.0.0.1.evil.example",
    "http://127.0.0.1.evil.example:4010",
    "http://localhost.evil.example",
    "http://evil.example/127.0.0.1",
    "http://evil.example#localhost",
    "http://evil.example?localhost",
    "http://10.0.0.1",
    "http://0.0.0.0",
    "http://[::]",
    "http://128.0.0.1",
    "http://[::ffff:10.0.0.1]",
    "http:\\\\evil.example",
  ])("plain http beyond loopback: %s", (endpoint) => {
    const message = inputErrorOf({ ...REQUIRED, endpoint });
    for (const part of ["endpoint", "https", "loopback"]) expect(message).toContain(part);
  });

  test.for([
    "https://user:s3cr3t-pass@kms.example.com",
    "http://user:s3cr3t-pass@127.0.0.1",
    "http://127.0.0.1:s3cr3t-pass@evil.example",
  ])("an address with a user is refused, and the password not shown: %s", (endpoint) => {
    const message = inputErrorOf({ ...REQUIRED, endpoint });
    expect(message).toContain("endpoint");
    expect(message).not.toContain("s3cr3t");
  });

  test.for([
    "cn north",
    "evil.example/",
    "evil.example#",
    "evil.example?",
    "a@evil.example",
    "evil.example\\",
    "../",
    "{region}",
  ])("a region that is no part of a host name: %s", (region) => {
    expect(inputErrorOf({ ...REQUIRED, region })).toContain("CsmsInputError");
  });

  test("an empty endpoint is said to be empty, though the region is good", () => {
    expect(inputErrorOf({ ...REQUIRED, region: "cn-north-4", endpoint: "" })).toContain("endpoint must not be empty");
  });

  test("a region with spaces and capitals is told what a region looks like", () => {
    expect(inputErrorOf({ ...REQUIRED, region: "CN North 4" })).toMatch(/region must be small letters.*cn-north-4/);
  });

  test("the message names what was given", () => {
    expect(inputErrorOf({ ...REQUIRED, endpoint: "kms.example.com" })).toMatch(/endpoint.*kms\.example\.com/);
    expect(inputErrorOf({ ...REQUIRED, region: "cn north" })).toMatch(/region.*cn north/);
  });
});

describe("timeout and maxRetries", () => {
  test.for([
    ["timeout", 0],
    ["timeout", -1],
    ["timeout", 1.5],
    ["timeout", 2 ** 31],
    ["timeout", "5"],
    ["maxRetries", -1],
    ["maxRetries", 1.5],
    ["maxRetries", Number.POSITIVE_INFINITY],
    ["maxRetries", "3"],
  ] as const)("%s is refused: %o", ([option, value]) => {
    const message = inputErrorOf({ ...REQUIRED, region: "cn-north-4", [option]: value });
    for (const part of [option, "integer", typeof value === "string" ? `"${value}"` : `${value}`]) {
      expect(message).toContain(part);
    }
  });

  test("undefined is the default", () => {
    expect(() => connect({ url: "http://localhost" }, { timeout: undefined, maxRetries: undefined })).not.toThrow();
  });
});

describe("options that are no options", () => {
  test("none at all", () => {
    for (const options of [undefined, null, {}]) expect(inputErrorOf(options)).toContain("credentials are required");
  });

  test("an unknown one is named, with those that there are, and its value is not shown", () => {
    const message = inputErrorOf({ ...REQUIRED, region: "cn-north-4", retries: "a-secret" });
    expect(message).toMatch(/retries is unknown: there are region, .*maxRetries/);
    expect(message).not.toContain("a-secret");
  });

  test("of a call, too", async () => {
    const request = connect({ url: "http://localhost" }).listSecrets({}, { retries: 3 } as CallOptions);
    await expect(request).rejects.toThrow(/retries is unknown: there are timeout, maxRetries, signal/);
  });
});

test.for<[string, unknown, string]>([
  ["fetch", 3, "fetch must be a function"],
  ["log", true, "log must be a function"],
  ["middleware", () => "a-secret", "middleware must be a list"],
  ["contract", () => "a-secret", "contract must be what holdToContract returns"],
  ["credentials", "a-secret\ud800", "credentials are required"],
  ["headers", "X-Language: a-secret", "headers must be an object, such as { name: value }"],
  ["headers", [["X-Language", "a-secret"]], "headers must be an object, such as { name: value }"],
  ["headers", new Headers({ "X-Language": "a-secret" }), "headers must be an object, such as { name: value }"],
])("what is no %s is refused when the client is made: %o", ([option, value, reason]) => {
  const message: string = inputErrorOf({ ...REQUIRED, region: "cn-north-4", [option]: value });
  expect(message).toContain(reason);
  expect(message).not.toContain("a-secret");
});

test.for<[string, () => unknown]>([
  ["dispatcher", () => undiciFetch({ agent: "a-secret" } as object)],
  ["onViolation", () => holdToContract({ onViolations: console.error } as object)],
  ["file", () => profileCredentials({ path: "a-secret" } as object)],
  ["endpoint", () => instanceCredentials({ url: "a-secret" } as object)],
  ["domain, user, password, project, endpoint", () => iamCredentials({ ...USER, projectName: "a-secret" } as IamUser)],
])("an option beside %s is refused, where there are no others", ([names, make]) => {
  expect(make).toThrow(CsmsInputError);
  expect(make).toThrow(new RegExp(`^[a-zA-Z]+ is unknown: there are ${names}$`));
});

test("a token in place of the options is not shown", async () => {
  for (const options of ["a-secret", () => "a-secret"]) expect(inputErrorOf(options)).not.toContain("a-secret");
  const error: unknown = await reasonOf(
    connect({ url: "http://localhost" }).listSecrets({}, "a-secret" as CallOptions),
  );
  expect(error).toBeInstanceOf(CsmsInputError);
  expect(String(error)).not.toContain("a-secret");
});

describe("credentials", () => {
  test.for([undefined, null, "a-fixed-token", {}])("%o is refused, and not shown", (credentials) => {
    const message = inputErrorOf({ ...REQUIRED, region: "cn-north-4", credentials });
    expect(message).toContain("credentials");
    expect(message).not.toContain("a-fixed-token");
  });

  test.for([
    ["a line break", "a-token\r\nX-Evil: 1"],
    ["a line break at its end", "a-token\n"],
    ["NUL", "a-tok\0en"],
    ["a letter beyond ASCII", "a-t\u{f8}ken"],
    ["a letter beyond Latin-1", "a-token\u{1f511}"],
  ] as const)("a token with %s is refused without being shown", async ([, token]) => {
    await using server = await serve(page([]));
    for (const credentials of [() => tokenCredentials(token), () => tokenCredentials(async () => token)]) {
      const error = await reasonOf((async () => connect(server, { credentials: credentials() }).listSecrets())());
      expect(error).toMatchObject({ name: "CsmsInputError" });
      expect(String(error)).not.toMatch(/a-t/);
    }
    expect(server.received).toHaveLength(0);
  });
});

describe("projectId", () => {
  test("without one, each call must name it", async () => {
    await using server = await serve(page([]));
    const client = connect(server, { projectId: undefined });
    const error = await reasonOf(client.listSecrets());
    expect(error).toMatchObject({ name: "CsmsInputError", message: expect.stringContaining("project_id") });
    expect(server.received).toHaveLength(0);
    await client.listSecrets({ project_id: PROJECT_ID });
    expect(server.received).toHaveLength(1);
  });

  test.for([PROJECT_ID.slice(1), "", "../../v2"])("%o is refused, and nothing is sent", async (projectId) => {
    await using server = await serve(page([]));
    const error = await reasonOf((async () => connect(server, { projectId }).listSecrets())());
    expect(error).toMatchObject({ name: "CsmsInputError", message: expect.stringMatching(/project_?[iI]d/) });
    expect(server.received).toHaveLength(0);
  });
});

test("headers go with every request", async () => {
  await using server = await serve(page([]));
  await connect(server, { headers: { "X-Language": "en-us" } }).listSecrets();
  expect(server.received[0]?.headers["x-language"]).toBe("en-us");
});

test.each(["a\nb", "é", " a", undefined])(
  "a header that can't be sent is refused when the client is made: %j",
  (value) => {
    expect(inputErrorOf({ ...REQUIRED, headers: { "X-Language": value } })).toMatch(
      /CsmsInputError: headers: X-Language (must be a line|is missing)/,
    );
    expect(inputErrorOf({ ...REQUIRED, headers: { "X-Language": value } })).not.toContain("a\nb");
  },
);
