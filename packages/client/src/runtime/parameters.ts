import { CsmsInputError } from "./errors.ts";

/** What the contract says of one parameter, in JSON Schema's words. */
export interface ParameterRule {
  required?: true;
  type?: "string" | "integer" | "number" | "boolean";
  enum?: readonly unknown[];
  pattern?: RegExp;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

function brokenRule(value: unknown, rule: ParameterRule): string | undefined {
  const { type, pattern, minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = Infinity } = rule;
  if (type === "integer" && !Number.isSafeInteger(value)) return "must be an integer";
  if (type && type !== "integer" && typeof value !== type) return `must be a ${type}`;
  if (rule.enum && !rule.enum.includes(value)) return `must be one of ${rule.enum.join(", ")}`;
  if (pattern && !pattern.test(value as string)) return `must match ${pattern.source}`;
  if ((value as number) < minimum) return `must be at least ${minimum}`;
  if ((value as number) > maximum) return `must be at most ${maximum}`;
  const length = type === "string" ? [...(value as string)].length : minLength;
  if (length < minLength) return `must have at least ${minLength} characters`;
  if (length > maxLength) return `must have at most ${maxLength} characters`;
  return undefined;
}

/**
 * Holds a call's parameters against the contract, and returns them as they are sent: without those that are undefined,
 * numbers as text where the contract has text.
 *
 * @throws {CsmsInputError} names the parameter, the rule and the value.
 */
export function checkParameters<Wire>(
  operationId: string,
  rules: Record<string, ParameterRule>,
  parameters: object,
): Wire {
  const wire: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(parameters)) {
    if (given === undefined) continue;
    const rule = rules[name];
    const value = rule?.type === "string" && typeof given === "number" ? String(given) : given;
    const broken = rule ? brokenRule(value, rule) : `is not a parameter; there are ${Object.keys(rules).join(", ")}`;
    if (broken) throw new CsmsInputError(`${name} ${broken}, got ${show(given)}`, { operationId });
    wire[name] = value;
  }
  for (const name in rules) {
    if (rules[name]?.required && !(name in wire)) throw new CsmsInputError(`${name} is required`, { operationId });
  }
  // Every parameter has just been held against the contract that the type is made from.
  return wire as Wire;
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : String(value);
}
