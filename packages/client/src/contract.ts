import { validators } from "./generated/validators.ts";
import { type ContractCheck, type ContractOptions, createContractCheck } from "./runtime/contract.ts";

export type { ContractCheck, ContractOptions } from "./runtime/contract.ts";

/**
 * For the client's option `contract`: holds every answer that the client accepts against the contract, so that a program
 * sees when the service drifts from it. Fields that the contract does not name are let through; error statuses stay
 * `CsmsApiError`; calls made with `csms.http` are not looked at. The validators are compiled ahead of time: nothing here
 * needs `eval`.
 *
 * An answer that breaks the contract is a `CsmsResponseError` that names the place, such as `/secrets/3/state`. It is
 * raised, or, with `onViolation`, only reported.
 *
 * @throws {CsmsInputError} An option is unknown.
 */
export function holdToContract(options: ContractOptions = {}): ContractCheck {
  return createContractCheck(validators, options);
}
