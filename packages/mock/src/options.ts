import { inspect } from "node:util";
import type { MockData } from "./account.ts";
import type { SecretData } from "./given-account.ts";
import type { PagingOptions } from "./listing.ts";
import { address, chance, failures, flag, milliseconds, type Rule, whole } from "./rules.ts";
import type { TroubleOptions } from "./trouble.ts";
import type { CredentialOptions } from "./verify.ts";

export interface ListenOptions extends Omit<MockData, "secrets">, CredentialOptions, PagingOptions, TroubleOptions {
  /** What the mock holds, as in {@link MockData}. Without it the mock answers with the contract's examples. */
  secrets?: MockData["secrets"] | undefined;
  /** The port to listen on. 0 takes any free one. Default: 0. */
  port?: number | undefined;
  /** The address to listen on. Default: `127.0.0.1`, so that nobody else can reach the mock. */
  host?: string | undefined;
}

export type Settings = ReturnType<typeof readOptions>;

/** Options by name: as they are, or as text from a command line. */
export type Given<Options> = { [Name in keyof Options]?: unknown };

const dataExample = '{"secrets": [{"name": "db"}]}';

/**
 * Reads the options of `startMock`, or the same as text from a command line. What takes a contract to check is left as
 * it is.
 *
 * @param nameOf What the user calls an option.
 * @throws {RangeError} An option is not what is allowed; the message says what is.
 */
export function readOptions(given: Given<ListenOptions>, nameOf = (name: string) => name) {
  requireObject(given, "options", dataExample);
  const read = createReader(given, nameOf);
  const settings = {
    port: read("port", whole(0, 65535, "a number from 0 (any free port) to 65535")) ?? 0,
    host: read("host", address) ?? "127.0.0.1",
    ...readValues(given, nameOf),
    repeatMarker: read("repeatMarker", flag),
    markerOnLastPage: read("markerOnLastPage", flag),
    maxLimit: read("maxLimit", whole(50, 1000, "a whole number from 50, which the service always serves, to 1000")),
    tokenLife: read("tokenLife", whole(0, 31_536_000, "a whole number of seconds from 0 to 31536000")),
    verify: given.verify as CredentialOptions["verify"],
    latency: read("latency", milliseconds),
    fail: read("fail", failures),
    throttle: read("throttle", whole(1, 1_000_000)),
    reset: read("reset", chance),
    truncate: read("truncate", chance),
    expireTokensAfter: read("expireTokensAfter", whole(0, 1_000_000_000)),
  };
  refuseUnknown(given, [...Object.keys(settings), "onRequest"], nameOf);
  const { secrets, versions, repeatMarker, markerOnLastPage, maxLimit } = settings;
  for (const [name, value] of Object.entries({ versions, repeatMarker, markerOnLastPage, maxLimit })) {
    if (secrets === undefined && value) {
      throw new RangeError(`${nameOf(name)} needs ${nameOf("secrets")}: say which, or how many, the mock holds.`);
    }
  }
  return settings;
}

/** Reads what the mock is to hold. @throws {RangeError} It is not what is allowed. */
export function readData(given: Given<MockData>): MockData {
  requireObject(given, "data", dataExample);
  const { secrets, ...rest } = readValues(given, (name) => name);
  refuseUnknown(given, ["secrets", ...Object.keys(rest)], (name) => name);
  if (secrets === undefined)
    throw new RangeError("secrets is missing: say which, or how many, secrets the mock holds.");
  return { secrets, ...rest };
}

function readValues(given: Given<MockData>, nameOf: (name: string) => string) {
  const read = createReader(given, nameOf);
  const count = whole(0, 1_000_000_000);
  // On a command line there are no lists.
  const rule = typeof given.secrets === "object" ? { ...count, allowed: `a list, or ${count.allowed}` } : count;
  return {
    secrets: Array.isArray(given.secrets) ? (given.secrets as SecretData[]) : read("secrets", rule),
    versions: read("versions", whole(1, 20)),
    seed: read("seed", whole(0, 4_294_967_295)),
  };
}

function createReader<Options>(given: Given<Options>, nameOf: (name: string) => string) {
  return <Value>(name: keyof Options & string, { allowed, read }: Rule<Value>): Value | undefined => {
    const value = given[name];
    if (value === undefined) return undefined;
    const result = read(String(value));
    if (result === undefined) {
      throw new RangeError(`${nameOf(name)} takes ${allowed}, not ${show(value)}.`);
    }
    return result;
  };
}

/** A wrong value in one line, much as it was written. */
export function show(value: unknown): string {
  const isText = typeof value === "string" || Array.isArray(value);
  return isText ? `"${value}"` : inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 0 });
}

/** @throws {RangeError} It is no object with names in it. */
export function requireObject(given: unknown, place: string, example: string): void {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return;
  // Not what it says, which may be a secret.
  const kind = Array.isArray(given) ? "a list" : given == null ? given : `a ${typeof given}`;
  throw new RangeError(`${place} must be an object, for example ${example}, not ${kind}.`);
}

function refuseUnknown(given: object, names: string[], nameOf: (name: string) => string): void {
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    throw new RangeError(`There is no option ${nameOf(name)}. Options: ${names.map(nameOf).join(", ")}.`);
  }
}
