import { CsmsResponseError } from "./errors.ts";
import { checkNames } from "./parameters.ts";

/** As ajv compiles it: what is wrong stands in `errors`. */
export interface Validator {
  (body: unknown): boolean;
  errors?: { instancePath: string; message?: string }[] | null;
}

/** By operationId, then by success status. */
export type Validators = Record<string, Record<number, Validator>>;

/** Options of `holdToContract`. */
export interface ContractOptions {
  /** Called instead of raising the error: the call then resolves with the answer as it came. */
  onViolation?: ((error: CsmsResponseError) => void) | undefined;
}

/** Holds the answers of a client against the contract, for `ClientOptions.contract`. */
export interface ContractCheck {
  /** Called with each answer that the client would accept, parsed. @throws {CsmsResponseError} It breaks the contract. */
  check(operationId: string, status: number, body: unknown): void;
}

/** Holds answers against validators. */
export function createContractCheck(
  validators: Validators,
  { onViolation, ...others }: ContractOptions,
): ContractCheck {
  checkNames(["onViolation"], others);
  return {
    check(operationId, status, body) {
      const validate = validators[operationId]?.[status];
      if (!validate || validate(body)) return;
      const [problem] = validate.errors ?? [];
      const place = problem?.instancePath || "/";
      const message = `not what the contract says, status ${status}: ${place} ${problem?.message}`;
      const error = new CsmsResponseError(message, operationId, { status, place });
      if (!onViolation) throw error;
      onViolation(error);
    },
  };
}
