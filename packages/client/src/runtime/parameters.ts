import { CsmsInputError } from "./errors.ts";

/** Returns what a value must do, to follow "must", if it doesn't. */
// biome-ignore lint/suspicious/noExplicitAny: a caller without types may pass anything.
export type Rule = (value: any) => string | false;

// Each is a function of its own, so that a bundle holds only what the contract needs.
export const matches =
  (pattern: RegExp): Rule =>
  (value) =>
    !pattern.test(value) && `match ${pattern.source}`;
export const isInteger =
  (minimum: number, maximum: number): Rule =>
  (value) =>
    !(Number.isSafeInteger(value) && value >= minimum && value <= maximum) &&
    `be an integer from ${minimum}${maximum < Infinity ? ` to ${maximum}` : ""}`;
export const isNumber =
  (minimum: number, maximum: number): Rule =>
  (value) =>
    !(typeof value === "number" && value >= minimum && value <= maximum) && `be a number from ${minimum} to ${maximum}`;
export const isText =
  (minLength: number, maxLength: number): Rule =>
  (value) =>
    !(typeof value === "string" && [...value].length >= minLength && [...value].length <= maxLength) &&
    `be text of ${minLength} to ${maxLength} characters`;
export const isBoolean: Rule = (value) => typeof value !== "boolean" && "be true or false";
export const isOneOf =
  (...values: unknown[]): Rule =>
  (value) =>
    !values.includes(value) && `be one of ${values.join(", ")}`;
export const isAnything: Rule = () => false;
export const all =
  (...rules: Rule[]): Rule =>
  (value) =>
    rules.map((rule) => rule(value)).find(Boolean) ?? false;

/**
 * Holds parameters against their rules, and returns those that are not undefined, or have a default.
 *
 * @throws {CsmsInputError} names the parameter, the rule and the value.
 */
export function checkParameters<Wire>(
  rules: Record<string, Rule>,
  required: readonly string[],
  parameters: Record<string, unknown>,
  defaults: Record<string, unknown>,
  operationId?: string,
): Wire {
  const wire: Record<string, unknown> = {};
  for (const name in { ...rules, ...parameters }) {
    const value = parameters[name] ?? defaults[name];
    const isMissing = value === undefined;
    const must = isMissing
      ? required.includes(name) && `be given${name in defaults ? ", here or to the client" : ""}`
      : rules[name]
        ? rules[name](value)
        : "not be given: it is unknown";
    if (must) throw new CsmsInputError(`${name} must ${must}, got ${show(value)}`, operationId);
    if (!isMissing) wire[name] = value;
  }
  // Every parameter has just been held against the contract that the type is made from.
  return wire as Wire;
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 99)) : String(value);
}
