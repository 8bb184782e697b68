import type { Secret, VersionMetadata } from "@csms/types";
import { createGivenAccount, type SecretData } from "./given-account.ts";
import type { Listing } from "./listing.ts";
import { createMadeUpAccount } from "./made-up-account.ts";

/** What the mock holds. */
export interface MockData {
  /**
   * The secrets, or how many, from 0 to 1000000000. Those are made up when asked for: a million start as fast as one.
   */
  secrets: number | readonly SecretData[];
  /**
   * How many versions a secret has that is not given its own, from 1 to 20. Default: from 1 to 20, mostly few, or 1 when
   * the secrets are given.
   */
  versions?: number | undefined;
  /** What is made up, and the trouble that is left to chance, follows from it: the same seed makes the same. Default: 1. */
  seed?: number | undefined;
}

/** The secrets of a project, and their versions. */
export interface Account {
  secrets: Listing<Secret>;
  /** Those that subscribe to an event. */
  subscribers(eventName: string): Listing<Secret>;
  /** Undefined when there is no secret of that name. */
  versions(secretName: string): Listing<VersionMetadata> | undefined;
}

export function createAccount({ secrets, versions, seed = 1 }: MockData): Account {
  return typeof secrets === "number"
    ? createMadeUpAccount(secrets, versions, seed)
    : createGivenAccount(secrets, versions, seed);
}
