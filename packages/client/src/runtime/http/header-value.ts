import { CsmsInputError } from "../errors.ts";

/** Refuses what no header can carry as it is, without showing it. */
export function checkHeaderValue(name: string, value: unknown): void {
  if (typeof value === "string" && /^[!-~]([ -~]*[!-~])?$/.test(value)) return;
  const problem = value ? "must be ASCII text with no space or line break around it" : "is missing";
  throw new CsmsInputError(`${name} ${problem}`);
}
