import { distance } from "fastest-levenshtein";
import { Problem } from "./answer.ts";
import type { Diagnostic, IHttpOperationConfig } from "./prism.ts";
import type { ReceivedRequest } from "./received-request.ts";

const rules: Record<string, { allowed: string; form: RegExp }> = {
  code: { allowed: "a status, for example 404", form: /^[1-5]\d\d$/ },
  example: { allowed: "the name of an example", form: /./ },
  dynamic: { allowed: "true or false", form: /^(true|false)$/ },
  seed: { allowed: "text that is not empty", form: /./ },
};

/**
 * Reads `Prefer: code=404, example=empty, dynamic=true, seed=7`; other preferences are ignored, as RFC 7240 has it.
 *
 * @returns Undefined when there is none of these.
 * @throws {Problem} A value is not one of those allowed.
 */
export function readPreferences(headers: Record<string, string>): IHttpOperationConfig | undefined {
  const given = Object.fromEntries(parse(headers).map(({ name, value }) => [name, value]));
  for (const [name, { allowed, form }] of Object.entries(rules)) {
    const value = given[name];
    if (value === undefined || form.test(value)) continue;
    throw new Problem(400, `Prefer: ${name} takes ${allowed}, not "${value}".`);
  }
  const { code, example, dynamic, seed } = given;
  if (!code && !example && dynamic !== "true") return undefined;
  return {
    dynamic: dynamic === "true",
    ...(code && { code: Number(code) }),
    ...(example && { exampleKey: example }),
    ...(seed && { seed }),
  };
}

/** What looks like a slip, such as `cod=404`. It is ignored, so this only tells. */
export function findUnknownPreferences({ headers }: ReceivedRequest): Diagnostic[] {
  const known = Object.keys(rules);
  const isSlip = (name: string) => /^\d{3}$/.test(name) || known.some((each) => [1, 2].includes(distance(name, each)));
  return parse(headers)
    .filter(({ name }) => isSlip(name) && !known.includes(name))
    .map(({ text }) => {
      const message = `Request header prefer has ${text}, and the mock takes ${known.join(", ")}`;
      return { path: ["header", "prefer"], severity: 1, code: "unknown", message };
    });
}

function parse({ prefer = "" }: Record<string, string>): { text: string; name: string; value: string }[] {
  const preference = /([^\s",;:=]+)(?:\s*=\s*(?:"([^"]*)"|([^\s",;]*)))?/g;
  return Array.from(prefer.matchAll(preference), ([text, name = "", quoted, value = quoted]) => {
    return { text, name: name.toLowerCase(), value: value ?? "" };
  });
}
