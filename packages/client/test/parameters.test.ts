import { describe, expect, test, vi } from "vitest";
import {
  type CallOptions,
  CsmsInputError,
  type ListSecretsParameters,
  type ListSecretVersionsParameters,
} from "../src/index.ts";
import { connect, PROJECT_ID, page, reasonOf, secretsPage, serve } from "./servers.ts";

function setUp() {
  const fetch = vi.fn(async () => Response.json({ ...secretsPage([]), version_metadatas: [] }));
  return { client: connect({ url: "http://localhost" }, { fetch }), fetch };
}

/** Holds that awaiting, iterating and paging a request reject with the same input error, and send nothing. */
async function inputErrorOf(
  operation: "listSecrets" | "listSecretVersions",
  parameters: unknown,
  options?: CallOptions,
): Promise<string> {
  const { client, fetch } = setUp();
  // What a caller without types may pass.
  const call = () =>
    operation === "listSecrets"
      ? client.listSecrets(parameters as ListSecretsParameters, options)
      : client.listSecretVersions(parameters as ListSecretVersionsParameters, options);
  const errors = await Promise.all([
    reasonOf(call()),
    reasonOf(call().withResponse()),
    reasonOf(Array.fromAsync<unknown>(call())),
    reasonOf(Array.fromAsync<unknown>(call().pages())),
  ]);
  for (const error of errors) {
    expect(error).toBeInstanceOf(CsmsInputError);
    expect(error).toMatchObject({ name: "CsmsInputError", operationId: operation, retryable: false });
  }
  expect(new Set(errors.map(String)).size).toBe(1);
  expect(fetch).not.toHaveBeenCalled();
  return String(errors[0]);
}

describe("listSecrets refuses, and sends nothing", () => {
  const limit = "an integer from 1 to 1000";
  const name = "^[a-zA-Z0-9_-]{1,64}$";
  test.for([
    ["limit", { limit: 0 }, limit, "0"],
    ["limit", { limit: 1001 }, limit, "1001"],
    ["limit", { limit: 1.5 }, limit, "1.5"],
    ["limit", { limit: -1 }, limit, "-1"],
    ["limit", { limit: "abc" }, limit, '"abc"'],
    ["limit", { limit: "" }, limit, '""'],
    ["limit", { limit: "050" }, limit, '"050"'],
    ["limit", { limit: "5 " }, limit, '"5 "'],
    ["limit", { limit: "5\n" }, limit, '"5\\n"'],
    ["limit", { limit: Number.NaN }, limit, "NaN"],
    ["limit", { limit: {} }, limit, "[object Object]"],
    ["limit", { limit: true }, limit, "true"],
    ["limit", { limit: ["5"] }, limit, "5"],
    ["limit", { limit: new Number(5) }, limit, "5"],
    ["project_id", { project_id: PROJECT_ID.slice(1) }, "^[a-zA-Z0-9]{32}$", PROJECT_ID.slice(1)],
    ["project_id", { project_id: `${PROJECT_ID}0` }, "^[a-zA-Z0-9]{32}$", `${PROJECT_ID}0`],
    ["project_id", { project_id: `${PROJECT_ID.slice(2)}/.` }, "^[a-zA-Z0-9]{32}$", `${PROJECT_ID.slice(2)}/.`],
    ["marker", { limit: 1, marker: "" }, name, '""'],
    ["marker", { limit: 1, marker: "a b" }, name, '"a b"'],
    ["marker", { limit: 1, marker: "a".repeat(65) }, name, "a".repeat(65)],
  ] as const)("%s: %o", async ([parameter, parameters, rule, value]) => {
    const message = await inputErrorOf("listSecrets", parameters);
    for (const part of ["listSecrets", parameter, rule, value]) expect(message).toContain(part);
  });

  test("marker without limit", async () => {
    expect(await inputErrorOf("listSecrets", { marker: "a" })).toMatch(/marker.*limit/);
    expect(await inputErrorOf("listSecrets", { marker: "a", limit: undefined })).toMatch(/marker.*limit/);
  });

  test("marker with a limit that is null: it would be sent without", async () => {
    expect(await inputErrorOf("listSecrets", { marker: "a", limit: null })).toContain("limit");
  });

  test.for(["secret_name", "Limit", "offset"])("an unknown parameter: %s", async (parameter) => {
    const message = await inputErrorOf("listSecrets", { [parameter]: 1 });
    expect(message).toMatch(new RegExp(`: ${parameter} is unknown: there are .*limit`));
  });
});

describe("listSecretVersions refuses, and sends nothing", () => {
  const name = "^[a-zA-Z0-9_-]{1,64}$";
  test.for([
    ["secret_name", {}, "given", "undefined"],
    ["secret_name", undefined, "given", "undefined"],
    ["secret_name", { secret_name: undefined }, "given", "undefined"],
    ["name", { name: "db" }, "name is unknown", "secret_name"],
    ["secret_name", { secret_name: "" }, name, '""'],
    ["secret_name", { secret_name: ".." }, name, '".."'],
    ["secret_name", { secret_name: "a/b" }, name, '"a/b"'],
    ["secret_name", { secret_name: "a?b" }, name, '"a?b"'],
    ["secret_name", { secret_name: "a%2Fb" }, name, '"a%2Fb"'],
    ["secret_name", { secret_name: "a\n" }, name, '"a\\n"'],
    ["secret_name", { secret_name: "密" }, name, '"密"'],
    ["secret_name", { secret_name: "a".repeat(65) }, name, "a".repeat(65)],
    ["secret_name", { secret_name: 7 }, "text", "7"],
    ["secret_name", "db", "must be an object, such as { secret_name: … }", '"db"'],
    ["marker", { secret_name: "db", limit: 1, marker: "v\ud800" }, "well-formed", '"v\\ud800"'],
    ["marker", { secret_name: "db", limit: 1, marker: "" }, "text of at least 1 characters", '""'],
    ["limit", { secret_name: "db", limit: 0 }, "1", "0"],
    ["limit", { secret_name: "db", limit: 1.5 }, "integer", "1.5"],
    ["limit", { secret_name: "db", limit: "10" }, "integer", '"10"'],
    ["limit", { secret_name: "db", limit: 10n }, "integer", "10"],
    ["marker", { secret_name: "db", limit: 1, marker: "" }, "1", '""'],
    ["marker", { secret_name: "db", limit: 1, marker: 7 }, "text", "7"],
    ["marker", { secret_name: "db", marker: "v1" }, "limit", ""],
  ] as const)("%s: %o", async ([parameter, parameters, rule, value]) => {
    const message = await inputErrorOf("listSecretVersions", parameters);
    for (const part of ["listSecretVersions", parameter, rule, value]) expect(message).toContain(part);
  });
});

test.for([
  ["timeout", 0],
  ["timeout", -1],
  ["timeout", 1.5],
  ["timeout", 2 ** 31],
  ["timeout", Number.POSITIVE_INFINITY],
  ["timeout", "5"],
  ["maxRetries", -1],
  ["maxRetries", 1.5],
  ["maxRetries", "3"],
] as const)("a call's %s is refused: %o", async ([option, value]) => {
  const message = await inputErrorOf("listSecrets", {}, { [option]: value });
  for (const part of [option, "integer", typeof value === "string" ? `"${value}"` : `${value}`]) {
    expect(message).toContain(part);
  }
});

test.for([3, {}, new AbortController()])("a call's signal is refused: %o", async (signal) => {
  const message = await inputErrorOf("listSecrets", {}, { signal } as unknown as CallOptions);
  expect(message).toContain("signal must be an AbortSignal");
});

test("a number in place of the parameters is told what they look like", async () => {
  expect(await inputErrorOf("listSecrets", 50)).toContain("parameters must be an object, such as { limit: … }, got 50");
});

test("an error is no exception: it comes when the request is awaited", () => {
  expect(() => setUp().client.listSecrets({ limit: 0 })).not.toThrow();
});

describe("what is valid is sent, with the names of the wire", () => {
  test.for([
    [{ limit: 1 }, "?limit=1"],
    [{ limit: 1000 }, "?limit=1000"],
    [{ limit: "20" }, "?limit=20"],
    [{ limit: 5, marker: "a_B-9" }, "?limit=5&marker=a_B-9"],
    [{ limit: undefined, marker: undefined, project_id: undefined }, ""],
    [{}, ""],
  ] as const)("listSecrets: %o", async ([parameters, search]) => {
    await using server = await serve(page([]));
    await connect(server).listSecrets(parameters);
    expect(server.received[0]?.url).toBe(`/v1/${PROJECT_ID}/secrets${search}`);
  });

  test("listSecretVersions, of another project", async () => {
    const { client, fetch } = setUp();
    const project_id = "F".repeat(32);
    await client.listSecretVersions({ project_id, secret_name: "a_B-9", limit: 20, marker: "v&=/ é" });
    expect(fetch).toHaveBeenCalledExactlyOnceWith(
      `http://localhost/v1/${project_id}/secrets/a_B-9/versions?limit=20&marker=v%26%3D%2F%20%C3%A9`,
      expect.anything(),
    );
  });

  test("an object that the caller changes later is sent as it was", async () => {
    await using server = await serve(page(["a", "b"], "b"), page(["c"]));
    const parameters: ListSecretsParameters = { limit: 2 };
    const request = connect(server).listSecrets(parameters);
    parameters.limit = 9;
    await request;
    expect(server.received[0]?.url).toContain("limit=2");
    expect(parameters).toEqual({ limit: 9 });
  });
});
