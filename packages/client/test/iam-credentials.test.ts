import { afterEach, describe, expect, test, vi } from "vitest";
import { type CsmsClientOptions, type IamUser, iamCredentials } from "../src/index.ts";
import {
  type Answer,
  connect,
  page,
  reasonOf,
  reply,
  reset,
  type Server,
  serve,
  stall,
  stallInBody,
  useShortestWaits,
} from "./servers.ts";

useShortestWaits();
afterEach(() => {
  vi.useRealTimers();
});

const HOUR = 3_600_000;
const PASSWORD = 'p4ss"w\\ord/é+';

/** IAM's answer: a token that ends after so many milliseconds. */
const issue =
  (token: string, life = 24 * HOUR): Answer =>
  (response, request) =>
    reply(
      201,
      { token: { expires_at: new Date(Date.now() + life).toISOString(), methods: ["password"] } },
      { "x-subject-token": token },
    )(response, request);

const credentialsOf = (iam: Server | string, options: Partial<IamUser> = {}) =>
  iamCredentials({
    domain: "the-domain",
    user: "the-user",
    password: PASSWORD,
    endpoint: typeof iam === "string" ? iam : iam.url,
    ...options,
  });
const client = (csms: Server, iam: Server, options: Partial<CsmsClientOptions> = {}) =>
  connect(csms, { region: "cn-north-4", credentials: credentialsOf(iam), ...options });
const tokensOf = ({ received }: Server) => received.map(({ headers }) => headers["x-auth-token"]);

describe("the request", () => {
  const scopeOf = async (options: Partial<IamUser>) => {
    await using csms = await serve(page([]));
    await using iam = await serve(issue("one"));
    await client(csms, iam, { credentials: credentialsOf(iam, options) }).listSecrets();
    const [request] = iam.received;
    expect(request).toMatchObject({ method: "POST", url: "/v3/auth/tokens" });
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(request?.headers).not.toHaveProperty("x-auth-token");
    const {
      auth: { identity, scope },
    } = JSON.parse(request?.body ?? "");
    expect(identity).toEqual({
      methods: ["password"],
      password: { user: { domain: { name: "the-domain" }, name: "the-user", password: PASSWORD } },
    });
    return scope;
  };

  test("the project is the client's region", async () => {
    expect(await scopeOf({})).toEqual({ project: { name: "cn-north-4" } });
  });

  test("or another", async () => {
    expect(await scopeOf({ project: "cn-north-4_mine" })).toEqual({ project: { name: "cn-north-4_mine" } });
  });

  test("an endpoint may have a path", async () => {
    await using csms = await serve(page([]));
    await using iam = await serve(issue("one"));
    await client(csms, iam, { credentials: credentialsOf(`${iam.url}/iam/`) }).listSecrets();
    expect(iam.received[0]?.url).toBe("/iam/v3/auth/tokens");
  });

  test.for([
    ["ap-southeast-1", "https://iam.ap-southeast-1.myhuaweicloud.com/v3/auth/tokens"],
    ["eu-west-101", "https://iam.eu-west-101.myhuaweicloud.eu/v3/auth/tokens"],
  ] as const)("it goes through the client's fetch, to the address of %s", async ([region, address]) => {
    const urls: string[] = [];
    const csms = connect(
      { url: "http://localhost" },
      {
        region,
        credentials: iamCredentials({ domain: "d", user: "u", password: PASSWORD }),
        fetch: async (url) => {
          urls.push(url);
          return Response.json(
            { token: { expires_at: "2999-01-01T00:00:00.000000Z" }, secrets: [], page_info: {} },
            { headers: { "x-subject-token": "one" } },
          );
        },
      },
    );
    await csms.listSecrets();
    expect(urls[0]).toBe(address);
    expect(new URL(urls[1] ?? "").host).toBe("localhost");
  });
});

test("X-Subject-Token is the token of 100 calls at once, and of later ones", async () => {
  await using csms = await serve(page([]));
  await using iam = await serve(issue("one"), issue("two"));
  const csmsClient = client(csms, iam);
  await Promise.all(Array.from({ length: 100 }, () => csmsClient.listSecrets().withResponse()));
  await csmsClient.listSecrets();
  expect(iam.received).toHaveLength(1);
  expect(new Set(tokensOf(csms))).toEqual(new Set(["one"]));
  expect(JSON.stringify(csms.received)).not.toContain("p4ss");
});

test("a token is renewed before it ends", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await using csms = await serve(page([]));
  await using iam = await serve(issue("one"), issue("two"));
  const csmsClient = client(csms, iam);
  const start = Date.now();
  for (const hours of [0, 12, 23, 23.99, 24]) {
    vi.setSystemTime(start + hours * HOUR);
    await csmsClient.listSecrets();
  }
  expect(tokensOf(csms)).toEqual(["one", "one", "one", "two", "two"]);
});

test("a token that is refused is renewed once", async () => {
  const refusal = reply(401, { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information" });
  await using csms = await serve(refusal, page([]), refusal);
  await using iam = await serve(issue("one"), issue("two"), issue("three"));
  const csmsClient = client(csms, iam);
  await csmsClient.listSecrets();
  expect(tokensOf(csms)).toEqual(["one", "two"]);
  await expect(csmsClient.listSecrets()).rejects.toMatchObject({ name: "CsmsApiError", status: 401 });
  expect(tokensOf(csms)).toEqual(["one", "two", "two", "three"]);
});

test("clients of two regions share credentials, and each gets a token for its own", async () => {
  await using csms = await serve(page([]));
  await using iam = await serve((response, request) =>
    issue(`for-${JSON.parse(request.body).auth.scope.project.name}`)(response, request),
  );
  const credentials = credentialsOf(iam);
  for (const region of ["cn-north-4", "cn-east-3", "cn-north-4"])
    await client(csms, iam, { region, credentials }).listSecrets();
  expect(tokensOf(csms)).toEqual(["for-cn-north-4", "for-cn-east-3", "for-cn-north-4"]);
});

describe("when IAM does not give a token, nothing is sent to the service", () => {
  const failure = async (...answers: [Answer, ...Answer[]]) => {
    await using csms = await serve(page([]));
    await using iam = await serve(...answers);
    const error = await reasonOf(client(csms, iam, { timeout: 1_000, maxRetries: 1 }).listSecrets());
    expect(csms.received).toHaveLength(0);
    expect(`${JSON.stringify(error)}${error}`).not.toContain("p4ss");
    return { error, requests: iam.received.length };
  };
  const operationId = "KeystoneCreateUserTokenByPassword";

  test("a refusal is a CsmsApiError, and not tried again", async () => {
    const message = "The username or password is wrong.";
    const { error, requests } = await failure(
      reply(401, { error: { code: 401, message, title: "Unauthorized" } }, { "x-request-id": "r-1" }),
    );
    expect(error).toMatchObject({ name: "CsmsApiError", status: 401, operationId, requestId: "r-1", retryable: false });
    expect(String(error)).toContain(message);
    expect(requests).toBe(1);
  });

  test("also when it has another shape", async () => {
    const { error } = await failure(reply(400, { error_code: "IAM.0011", error_msg: "no such domain" }));
    expect(error).toMatchObject({ name: "CsmsApiError", code: "IAM.0011", operationId });
    expect(String(error)).toContain("no such domain");
  });

  test.for([
    ["a page of HTML", reply(200, "<html>Sign in</html>", { "content-type": "text/html" })],
    ["no token in the header", reply(201, { token: { expires_at: "2999-01-01T00:00:00.000000Z" } })],
    ["no end", reply(201, { token: {} }, { "x-subject-token": "one" })],
    ["no body", reply(204)],
    ["null", reply(200, null, { "x-subject-token": "one" })],
  ] as const)("%s is a CsmsResponseError", async ([, answer]) => {
    const { error, requests } = await failure(answer);
    expect(error).toMatchObject({ name: "CsmsResponseError", operationId, status: expect.any(Number) });
    expect(requests).toBe(1);
  });

  test("a redirect is not followed", async () => {
    await using elsewhere = await serve(issue("stolen"));
    const { error } = await failure(reply(307, "", { location: `${elsewhere.url}/v3/auth/tokens` }));
    expect(error).toMatchObject({ name: "CsmsResponseError", status: 307 });
    expect(elsewhere.received).toHaveLength(0);
  });

  test.for([
    ["a busy IAM", reply(503), "CsmsApiError"],
    ["a reset connection", reset, "CsmsConnectionError"],
  ] as const)("%s is tried again", async ([, answer, name]) => {
    const { error, requests } = await failure(answer);
    expect(error).toMatchObject({ name, retryable: true });
    expect(requests).toBe(2);

    await using csms = await serve(page(["a"]));
    await using iam = await serve(answer, issue("one"));
    expect((await client(csms, iam).listSecrets()).secrets).toHaveLength(1);
  });

  test.for([
    ["before the headers", stall],
    ["in the body", stallInBody],
  ] as const)("an IAM that stalls %s is a CsmsTimeoutError", async ([, answer]) => {
    await using csms = await serve(page([]));
    await using iam = await serve(answer);
    const request = client(csms, iam, { timeout: 50, maxRetries: 0 }).listSecrets();
    await expect(request).rejects.toMatchObject({ name: "CsmsTimeoutError", timeout: 50 });
    expect(csms.received).toHaveLength(0);
  });

  test("the caller's abort ends the wait for IAM", async () => {
    const controller = new AbortController();
    await using csms = await serve(page([]));
    await using iam = await serve(() => controller.abort("enough"));
    expect(await reasonOf(client(csms, iam).listSecrets({}, { signal: controller.signal }))).toBe("enough");
  });
});

describe("what is not valid is refused before anything is sent", () => {
  test.for(["domain", "user", "password"])("%s is missing", (name) => {
    expect(() => credentialsOf("http://localhost", { [name]: undefined })).toThrow(
      expect.objectContaining({ name: "CsmsInputError", message: expect.stringContaining(name) }),
    );
  });

  test.for([
    ["plain http beyond loopback", "http://iam.example.com", /http/],
    ["no address", "iam", /endpoint/],
  ] as const)("%s", async ([, endpoint, rule]) => {
    const fetch = vi.fn();
    const request = connect({ url: "http://localhost" }, { region: "r", credentials: credentialsOf(endpoint), fetch });
    const error = await reasonOf(request.listSecrets());
    expect(error).toMatchObject({ name: "CsmsInputError", message: expect.stringMatching(rule) });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("neither region nor endpoint", async () => {
    const fetch = vi.fn();
    const credentials = credentialsOf("", { endpoint: undefined, project: "p" });
    const error = await reasonOf(connect({ url: "http://localhost" }, { credentials, fetch }).listSecrets());
    expect(error).toMatchObject({ name: "CsmsInputError", message: expect.stringMatching(/region.*endpoint/) });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("neither region nor project", async () => {
    const fetch = vi.fn();
    const request = connect({ url: "http://localhost" }, { credentials: credentialsOf("http://localhost"), fetch });
    const error = await reasonOf(request.listSecrets());
    expect(error).toMatchObject({
      name: "CsmsInputError",
      message: expect.stringMatching(/project.*region|region.*project/),
    });
    expect(fetch).not.toHaveBeenCalled();
  });
});

test.for(["P@ss!w0rd#1", "Tr0ub@dor&3x!", "Abc$12345"])(
  "the password %s does not stand in an error",
  async (password) => {
    await using csms = await serve(page([]));
    await using iam = await serve(reply(400, { error: { code: 400, message: `invalid value '${password}'` } }));
    const error = await reasonOf(client(csms, iam, { credentials: credentialsOf(iam, { password }) }).listSecrets());
    expect(error).toMatchObject({ message: expect.stringContaining("invalid value '***'") });
  },
);

test("IAM's own Retry-After is waited for", async () => {
  await using csms = await serve(page(["a"]));
  const times: number[] = [];
  const timed =
    (answer: Answer): Answer =>
    (...exchange) => {
      times.push(performance.now());
      answer(...exchange);
    };
  await using iam = await serve(timed(reply(429, "", { "retry-after": "1" })), timed(issue("one")));
  await client(csms, iam).listSecrets();
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(995);
});

test("shared by clients, each asks IAM with its own fetch", async () => {
  await using csms = await serve(page([]));
  await using iam = await serve(issue("one"), issue("two"));
  const credentials = credentialsOf(iam);
  const used: string[] = [];
  const through = (name: string): CsmsClientOptions["fetch"] => {
    return (url, init) => {
      if (url.startsWith(iam.url)) used.push(name);
      return fetch(url, init);
    };
  };
  await client(csms, iam, { credentials, fetch: through("first") }).listSecrets();
  credentials.refused?.({ "X-Auth-Token": "one" });
  await client(csms, iam, { credentials, fetch: through("second") }).listSecrets();
  expect(used).toEqual(["first", "second"]);
});
