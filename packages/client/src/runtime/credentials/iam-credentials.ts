import { type CsmsApiError, CsmsInputError } from "../errors.ts";
import { answerError } from "../http/answer-error.ts";
import { sleep } from "../http/deadline.ts";
import { checkEndpoint } from "../http/endpoint.ts";
import { exchange } from "../http/exchange.ts";
import { parseJson } from "../http/parse-json.ts";
import { retryDelay } from "../http/retry.ts";
import { checkNames } from "../parameters.ts";
import type { Credentials, ProjectSeeker } from "./credentials.ts";
import { KeptValue } from "./kept-value.ts";

/** A user of IAM, and what the token is for. */
export interface IamUser {
  /** The account's name. */
  domain: string;
  /** The IAM user's name. */
  user: string;
  /** The IAM user's password. */
  password: string;
  /** The project's name. Default: the client's region, which is the name of the region's own project. */
  project?: string | undefined;
  /** IAM's address, such as `https://iam.cn-north-4.myhuaweicloud.com`. Default: that of the client's region. */
  endpoint?: string | undefined;
}

const OPERATION = "KeystoneCreateUserTokenByPassword";
const RENEW_BEFORE = 5 * 60_000;
const TIMEOUT = 10_000;
const MAX_RETRIES = 3;

/**
 * Gets a token from IAM with a user's password, and another five minutes before it ends (24 hours) or when the service
 * refuses it. A call that IAM refuses rejects with a `CsmsApiError` of the operation KeystoneCreateUserTokenByPassword.
 *
 * @param user The user, and the project that the token is for.
 * @throws {CsmsInputError} One of the three is missing, or an option is unknown.
 * @example
 * ```ts
 * import { CsmsClient, iamCredentials } from "@csms/client";
 *
 * const password = process.env.IAM_PASSWORD!;
 * const credentials = iamCredentials({ domain: "my-account", user: "me", password });
 * const csms = new CsmsClient({ region: "cn-north-4", credentials });
 * ```
 */
export function iamCredentials({ domain, user, password, project, endpoint, ...others }: IamUser): Credentials {
  checkNames(["domain", "user", "password", "project", "endpoint"], others);
  for (const [name, value] of Object.entries({ domain, user, password })) {
    if (typeof value !== "string" || !value) throw new CsmsInputError(`iamCredentials: ${name} is required`);
  }
  async function getToken({ region, iamEndpoint, fetch = globalThis.fetch }: ProjectSeeker): Promise<Token> {
    const name = project ?? region;
    if (!name) throw new CsmsInputError("iamCredentials: the client has no region, so project, its name, is required");
    const address = endpoint === undefined ? iamEndpoint : checkEndpoint(endpoint);
    if (!address) throw new CsmsInputError("iamCredentials: the client has no region, so endpoint is required");
    const url = new URL(`${address}/v3/auth/tokens`);
    const identity = { methods: ["password"], password: { user: { domain: { name: domain }, name: user, password } } };
    const body = JSON.stringify({ auth: { identity, scope: { project: { name } } } });
    const headers = { "content-type": "application/json" };
    const answer = await exchange(
      { operationId: OPERATION, method: "POST", url, headers, body: new TextEncoder().encode(body).buffer, fetch },
      {},
      AbortSignal.timeout(TIMEOUT),
      password,
    );
    const { status, headers: received } = answer.response;
    const content = parseJson(answer.text);
    const token = received.get("x-subject-token");
    const end = Date.parse(content?.token?.expires_at);
    if (status < 400 && token && end) return { token, end, projectId: content.token.project?.id };
    throw answerError(OPERATION, answer.response, content, [...answer.findSecrets(), token ?? ""]);
  }

  // By region: clients of several regions may share their credentials.
  const kept = new Map<string | undefined, KeptValue<Token>>();
  function tokenFor(client: ProjectSeeker, signal?: AbortSignal): Token | Promise<Token> {
    const value = kept.get(client.region) ?? new KeptValue<Token>();
    kept.set(client.region, value);
    value.drop(({ end }) => end - RENEW_BEFORE < Date.now());
    return value.get(signal, () => getToken(client));
  }
  return {
    async authorize(attempt) {
      return { "X-Auth-Token": (await tokenFor(attempt, attempt.signal)).token };
    },
    refused(headers) {
      for (const value of kept.values()) value.drop(({ token }) => token === headers["X-Auth-Token"]);
      return true;
    },
    async findProject(client) {
      for (let retries = 0; ; retries++) {
        try {
          return (await tokenFor(client)).projectId;
        } catch (error) {
          const { retryable, retryAfter } = error as CsmsApiError;
          const delay = retryable && retries < MAX_RETRIES ? retryDelay(retries, retryAfter) : undefined;
          if (delay === undefined) throw error;
          await sleep(delay, undefined);
        }
      }
    },
  };
}

interface Token {
  token: string;
  /** Milliseconds since 1970. */
  end: number;
  projectId: string | undefined;
}
