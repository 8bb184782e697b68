import { Problem } from "./answer.ts";
import type { IHttpOperationConfig } from "./prism.ts";

/**
 * Reads `Prefer: code=404, example=empty, dynamic=true, seed=7`; other preferences are ignored, as RFC 7240 has it.
 *
 * @returns Undefined when there is none of these.
 * @throws {Problem} A value is not one of those allowed.
 */
export function readPreferences({ prefer = "" }: Record<string, string>): IHttpOperationConfig | undefined {
  const pairs = Array.from(prefer.matchAll(/(\w+)\s*=\s*"?([^\s",;]*)/g), ([, name = "", value = ""]) => {
    return [name.toLowerCase(), value];
  });
  const { code, example, dynamic, seed } = Object.fromEntries(pairs);
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) {
    throw new Problem(400, `Prefer: code takes a status, for example 404, not "${code}".`);
  }
  if (dynamic !== undefined && !/^(true|false)$/.test(dynamic)) {
    throw new Problem(400, `Prefer: dynamic takes true or false, not "${dynamic}".`);
  }
  if (!code && !example && dynamic !== "true") return undefined;
  return {
    dynamic: dynamic === "true",
    ...(code && { code: Number(code) }),
    ...(example && { exampleKey: example }),
    ...(seed && { seed }),
  };
}
