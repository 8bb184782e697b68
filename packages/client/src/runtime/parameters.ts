import { CsmsInputError } from "./errors.ts";

/** What the contract says of a parameter, in JSON Schema's words. */
export interface ParameterRule {
  required?: true;
  type?: string;
  enum?: readonly unknown[];
  pattern?: RegExp;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

// biome-ignore lint/suspicious/noExplicitAny: each keyword has values of its own.
const KEYWORDS: Record<string, (value: any, rule: any) => boolean> = {
  type: (value, type) => (type === "integer" ? Number.isSafeInteger(value) : typeof value === type),
  enum: (value, values) => values.includes(value),
  pattern: (value, pattern) => pattern.test(value),
  minLength: (value, length) => value.length >= length,
  maxLength: (value, length) => [...value].length <= length,
  minimum: (value, limit) => value >= limit,
  maximum: (value, limit) => value <= limit,
};

/**
 * Holds a call's parameters against the contract, and returns them as they are sent: without those that are undefined,
 * numbers as text where the contract has text.
 *
 * @throws {CsmsInputError} names the parameter, the rule and the value.
 */
export function checkParameters<Wire>(
  operationId: string,
  rules: Record<string, ParameterRule>,
  parameters: Record<string, unknown>,
): Wire {
  const wire: Record<string, unknown> = {};
  for (const name in { ...rules, ...parameters }) {
    const refuse = (why: string) => {
      throw new CsmsInputError(`${name} ${why}`, operationId);
    };
    const rule = rules[name] ?? refuse("is not a parameter");
    let value = parameters[name];
    if (value === undefined) {
      if (rule?.required) refuse("is required");
      continue;
    }
    if (typeof value === "number" && (rule?.pattern || rule?.type === "string")) value = `${value}`;
    for (const [keyword, limit] of Object.entries(rule ?? {})) {
      if (KEYWORDS[keyword]?.(value, limit) === false) refuse(`must have ${keyword} ${limit}, got ${JSON.stringify(value)}`);
    }
    wire[name] = value;
  }
  // Every parameter has just been held against the contract that the type is made from.
  return wire as Wire;
}
