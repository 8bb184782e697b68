import { answerError } from "./answer-errors.ts";
import type { Authorization, Credentials } from "./credentials.ts";
import { CsmsInputError } from "./errors.ts";
import { exchange } from "./exchange.ts";
import { KeptValue } from "./kept-value.ts";
import { resolveEndpoint } from "./options.ts";

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
  /** IAM's address. Default: `https://iam.{region}.myhuaweicloud.com`, with the client's region. */
  endpoint?: string | undefined;
}

const SERVER_URL = "https://iam.{region}.myhuaweicloud.com";
const OPERATION = "KeystoneCreateUserTokenByPassword";
const RENEW_BEFORE = 5 * 60_000;
const TIMEOUT = 10_000;

/**
 * Gets a token from IAM with a user's password, and another five minutes before it ends (24 hours) or when the service
 * refuses it. A call that IAM refuses rejects with a `CsmsApiError` of the operation KeystoneCreateUserTokenByPassword.
 *
 * @param user The user, and the project that the token is for.
 */
export function iamCredentials({ domain, user, password, project, endpoint }: IamUser): Credentials {
  for (const [name, value] of Object.entries({ domain, user, password })) {
    if (typeof value !== "string" || !value) throw new CsmsInputError(`iamCredentials: ${name} is required`);
  }
  async function getToken(context: Authorization): Promise<Token> {
    const name = project ?? context.region;
    if (!name) throw new CsmsInputError("iamCredentials: the client has no region, so name the project");
    const url = `${resolveEndpoint({ endpoint, region: context.region }, SERVER_URL)}/v3/auth/tokens`;
    const identity = { methods: ["password"], password: { user: { domain: { name: domain }, name: user, password } } };
    const body = JSON.stringify({ auth: { identity, scope: { project: { name } } } });
    const { response, text, secrets } = await exchange(
      {
        ...context,
        operationId: OPERATION,
        method: "POST",
        url: new URL(url),
        headers: { "content-type": "application/json" },
        body: new TextEncoder().encode(body),
      },
      {},
      AbortSignal.timeout(TIMEOUT),
      [password],
    );
    const answer = parse(text);
    const token = response.headers.get("x-subject-token");
    const end = Date.parse(answer?.token?.expires_at);
    if (response.ok && token && end) return { token, end };
    throw answerError(OPERATION, response, answer, [...secrets, token ?? ""]);
  }

  // By region: clients of several regions may share their credentials.
  const kept = new Map<string | undefined, KeptValue<Token>>();
  return {
    async authorize(attempt) {
      const { region } = attempt;
      const value = kept.get(region) ?? new KeptValue(() => getToken(attempt));
      kept.set(region, value);
      value.drop(({ end }) => end - RENEW_BEFORE < Date.now());
      return { "X-Auth-Token": (await value.get()).token };
    },
    refused(headers) {
      for (const value of kept.values()) value.drop(({ token }) => token === headers["X-Auth-Token"]);
      return true;
    },
  };
}

interface Token {
  token: string;
  /** Milliseconds since 1970. */
  end: number;
}

// biome-ignore lint/suspicious/noExplicitAny: what a server sends.
function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
