import { CsmsInputError } from "./errors.ts";

/** Returns what a value must do, to follow "must", if it doesn't. */
// biome-ignore lint/suspicious/noExplicitAny: a caller without types may pass anything.
export type Rule = (value: any) => string | false;

// Each is a function of its own, and pure, so that a bundle holds only what the contract needs of them.
export const matches =
  /* @__NO_SIDE_EFFECTS__ */
    (pattern: RegExp): Rule =>
    (value) =>
      !(typeof value === "string" && pattern.test(value)) && `be text that matches ${pattern.source}`;
/** Decimal digits may come as a number. */
export const isDigits =
  /* @__NO_SIDE_EFFECTS__ */
    (pattern: RegExp, minimum = -Infinity, maximum = Infinity): Rule =>
    (value) =>
      !(/^(string|number|bigint)$/.test(typeof value) && pattern.test(value) && value >= minimum && value <= maximum) &&
      (range(minimum, maximum) ? `be an integer${range(minimum, maximum)}` : `match ${pattern.source}`);
export const isInteger =
  /* @__NO_SIDE_EFFECTS__ */
    (minimum: number, maximum: number): Rule =>
    (value) =>
      !(Number.isSafeInteger(value) && value >= minimum && value <= maximum) &&
      `be an integer${range(minimum, maximum)}`;
export const isNumber =
  /* @__NO_SIDE_EFFECTS__ */
    (minimum: number, maximum: number): Rule =>
    (value) =>
      !(typeof value === "number" && value >= minimum && value <= maximum) && `be a number${range(minimum, maximum)}`;
export const isAbove =
  /* @__NO_SIDE_EFFECTS__ */
    (bound: number): Rule =>
    (value) =>
      !(value > bound) && `be above ${bound}`;
export const isBelow =
  /* @__NO_SIDE_EFFECTS__ */
    (bound: number): Rule =>
    (value) =>
      !(value < bound) && `be below ${bound}`;
export const isMultipleOf =
  /* @__NO_SIDE_EFFECTS__ */
    (number: number): Rule =>
    (value) =>
      !Number.isInteger(value / number) && `be a multiple of ${number}`;
export const isText =
  /* @__NO_SIDE_EFFECTS__ */
    (minLength: number, maxLength: number): Rule =>
    (value) =>
      !(typeof value === "string" && [...value].length >= minLength && [...value].length <= maxLength) &&
      `be text${range(minLength, maxLength, " characters")}`;
export const isBoolean: Rule = (value) => typeof value !== "boolean" && "be true or false";
export const isOneOf =
  /* @__NO_SIDE_EFFECTS__ */
    (...values: unknown[]): Rule =>
    (value) =>
      !values.includes(value) && `be one of ${values.join(", ")}`;
export const isList =
  /* @__NO_SIDE_EFFECTS__ */
    (rule: Rule, minItems: number, maxItems: number): Rule =>
    (value) => {
      if (!(Array.isArray(value) && value.length >= minItems && value.length <= maxItems)) {
        return `be a list${range(minItems, maxItems, " items")}`;
      }
      const must = value.map(rule).find(Boolean);
      return must ? `hold items that each ${must}` : false;
    };
/** What a path can hold without becoming another one. */
export const isSegment: Rule = (value) => /^\.{0,2}$/.test(value) && "be more than nothing or dots";
export const isAnything: Rule = () => false;
export const all =
  /* @__NO_SIDE_EFFECTS__ */
    (...rules: Rule[]): Rule =>
    (value) =>
      rules.map((rule) => rule(value)).find(Boolean) ?? false;

/**
 * Holds parameters against their rules, and returns those that are not undefined, or have a default.
 *
 * @throws {CsmsInputError} names the parameter, the rule and the value.
 */
export function checkParameters(
  rules: Record<string, Rule>,
  required: readonly string[],
  // biome-ignore lint/suspicious/noExplicitAny: a caller without types may pass anything.
  parameters: Record<string, any>,
  defaults: Record<string, unknown>,
  operationId?: string,
): Record<string, unknown> {
  const names = Object.keys(rules);
  if (typeof parameters !== "object") {
    const example = `{ ${required.at(-1) ?? names.find((name) => !(name in defaults)) ?? names[0]}: … }`;
    throw new CsmsInputError(`parameters must be an object, such as ${example}, got ${show(parameters)}`, operationId);
  }
  checkNames(names, parameters, operationId);
  const wire: Record<string, unknown> = {};
  for (const name of names) {
    const value = parameters[name] ?? defaults[name];
    const isMissing = value === undefined;
    const must = isMissing
      ? required.includes(name) && `be given${name in defaults ? ", here or to the client" : ""}`
      : // A lone half of a character can't be in a URL.
        (Array.isArray(value) ? value.some(isIllFormed) : isIllFormed(value))
        ? "be well-formed text"
        : rules[name]?.(value);
    if (must) throw new CsmsInputError(`${name} must ${must}, got ${show(value)}`, operationId);
    if (!isMissing) wire[name] = value;
  }
  return wire;
}

/**
 * Refuses what is given under another name. Its value may be a credential, and is not shown.
 *
 * @throws {CsmsInputError} names it, and what there is.
 */
export function checkNames(names: readonly string[], given: object, operationId?: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (value != null && !names.includes(name)) {
      throw new CsmsInputError(`${name} is unknown: there are ${names.join(", ") || "none"}`, operationId);
    }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a caller without types may pass anything.
const isIllFormed = (value: any): boolean => value?.isWellFormed?.() === false;

function range(minimum: number, maximum: number, unit = ""): string {
  const ends = [minimum, maximum].filter((end) => Math.abs(end) < Infinity);
  if (ends.length === 2) return ` ${unit ? "of" : "from"} ${ends.join(" to ")}${unit}`;
  return ends[0] === undefined ? "" : ` of at ${ends[0] === minimum ? "least" : "most"} ${ends[0]}${unit}`;
}

/** A value as a message shows it. The text of a function may hold anything. */
export function show(value: unknown): string {
  if (typeof value === "function") return "a function";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 99)) : String(value);
}
