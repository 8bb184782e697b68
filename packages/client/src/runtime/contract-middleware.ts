import type { Middleware } from "openapi-fetch";
import { CsmsResponseError } from "./errors.ts";

/** As ajv compiles it: what is wrong stands in `errors`. */
export interface Validator {
  (body: unknown): boolean;
  errors?: { instancePath: string; message?: string }[] | null;
}

/** By method and path, then by status: undefined where the contract has no body. */
export type Validators = Record<string, Record<number, Validator | undefined>>;

/** Options of `holdToContract`. */
export interface ContractOptions {
  /** Called instead of raising the error: the answer then goes on as it came. */
  onViolation?: ((error: CsmsResponseError) => void) | undefined;
}

/** Middleware that holds answers against validators. */
export function contractMiddleware(validators: Validators, { onViolation }: ContractOptions): Middleware {
  return {
    async onResponse({ request: { method }, schemaPath, response }) {
      const operation = `${method} ${schemaPath}`;
      const { status } = response;
      const statuses = validators[operation];
      const violation = await findViolation(statuses ?? {}, response);
      if (!violation) return;
      const { place, message } = violation;
      const error = new CsmsResponseError(`${operation}, status ${status}: ${place ?? ""} ${message}`, undefined, {
        status,
        place,
      });
      if (!onViolation) throw error;
      onViolation(error);
    },
  };
}

async function findViolation(
  statuses: Record<number, Validator | undefined>,
  response: Response,
): Promise<{ place?: string; message: string | undefined } | undefined> {
  if (!(response.status in statuses)) return { message: "the contract does not know this status" };
  const validate = statuses[response.status];
  const text = await response.clone().text();
  if (!validate) return text ? { message: "the contract has no body here" } : undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { message: "the body is not JSON" };
  }
  if (validate(body)) return undefined;
  const [error] = validate.errors ?? [];
  return { place: error?.instancePath || "/", message: error?.message };
}
