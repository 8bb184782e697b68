import { checkGiven } from "./check-given.ts";
import { requireObject } from "./options.ts";
import type { Schema } from "./prism.ts";
import { hexDigits } from "./random.ts";
import type { ReceivedRequest } from "./received-request.ts";
import { findSignatureFault } from "./signature.ts";
import type { CredentialOptions } from "./verify.ts";

/** Knows tokens and keys. */
export interface Credentials {
  /** Why the gateway refuses a request's credentials; undefined when it does not. */
  findFault(request: ReceivedRequest): string | undefined;
  /** Whether IAM gives this user a token. */
  knows(user: { user: string; password: string; domain: string }): boolean;
  issueToken(): { token: string; issued: number; expires: number };
}

const text: Schema = { type: "string", minLength: 1 };
const names = ["accessKeyId", "secretAccessKey", "securityToken", "user", "password", "domain"];
const schema = {
  type: "object",
  additionalProperties: false,
  minProperties: 1,
  properties: Object.fromEntries(names.map((name) => [name, text])),
  dependencies: {
    accessKeyId: ["secretAccessKey"],
    secretAccessKey: ["accessKeyId"],
    securityToken: ["accessKeyId"],
    user: ["password", "domain"],
    password: ["user"],
    domain: ["user"],
  },
} satisfies Schema;

/** @throws {RangeError} `verify` is not what is allowed. */
export function createCredentials({
  verify,
  tokenLife = 86_400,
  seed = 1,
}: CredentialOptions & { seed?: number | undefined }): Credentials {
  if (verify !== undefined) {
    requireObject(verify, "verify", '{"accessKeyId": "…", "secretAccessKey": "…"}');
    checkGiven(verify, schema, "verify");
  }
  const { accessKeyId, secretAccessKey, securityToken, ...user } = verify ?? {};
  const expiries = new Map<string, number>();

  return {
    findFault(request) {
      const { "x-auth-token": token, authorization } = request.headers;
      if (authorization !== undefined && accessKeyId && secretAccessKey) {
        return findSignatureFault(request, { accessKeyId, secretAccessKey, securityToken });
      }
      if (token === undefined) return undefined;
      const expires = expiries.get(token);
      if (expires === undefined) return user.user ? "The token is none that the mock's IAM gave" : undefined;
      return expires > Date.now() ? undefined : `The token expired at ${new Date(expires).toISOString()}`;
    },
    knows: (given) =>
      !user.user || (["user", "password", "domain"] as const).every((name) => given[name] === user[name]),
    issueToken() {
      const token = hexDigits(64, seed, "token", expiries.size);
      const issued = Date.now();
      const expires = issued + tokenLife * 1000;
      expiries.set(token, expires);
      return { token, issued, expires };
    },
  };
}
