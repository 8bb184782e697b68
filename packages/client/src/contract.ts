import type { Middleware } from "openapi-fetch";
import { validators } from "./generated/validators.ts";
import { type ContractOptions, contractMiddleware } from "./runtime/contract-middleware.ts";

export type { ContractOptions } from "./runtime/contract-middleware.ts";

/**
 * Middleware that holds every answer against the contract, so that a program sees when the service drifts from it.
 * Fields that the contract does not name are let through. The validators are compiled ahead of time: nothing here needs
 * `eval`.
 *
 * An answer that breaks the contract is a `CsmsResponseError` that names the place, such as `/secrets/3/state`. It is
 * raised, or, with `onViolation`, only reported.
 */
export function holdToContract(options: ContractOptions = {}): Middleware {
  return contractMiddleware(validators, options);
}
