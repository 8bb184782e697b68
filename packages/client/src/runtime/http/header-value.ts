import { CsmsInputError } from "../errors.ts";

/** Refuses what no header can carry as it is, without showing it. */
export function checkHeaderValue(name: string, value: unknown): void {
  if (typeof value === "string" && /^[!-~]([ -~]*[!-~])?$/.test(value)) return;
  const problem = value ? "must be a line of ASCII text, trimmed" : "is missing";
  throw new CsmsInputError(`${name} ${problem}`);
}
