import { fileURLToPath } from "node:url";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";

export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

// The build puts the contract into dist; this finds it from src, too.
const contract = fileURLToPath(new URL("../dist/csms.yaml", import.meta.url));
let operations: Promise<Operation[]> | undefined;

/** The operations of the contract, read once for all mocks of a process. */
export function readContract(): Promise<Operation[]> {
  operations ??= getHttpOperationsFromSpec(contract);
  return operations;
}

/** The headers of which a request needs one, for example `X-Auth-Token or Authorization`. */
export function credentialHeaders(operations: Operation[]): string {
  const schemes = operations.flatMap(({ security = [] }) => security);
  const names = schemes.map((all) => all.map((scheme) => ("name" in scheme ? scheme.name : scheme.key)).join(" with "));
  return [...new Set(names)].join(" or ");
}

/** By the parameter that says where a page starts, the one that says how long it is: the contract wants both. */
export function limitParameters(operations: Operation[]): Map<string, string> {
  const pagings = operations.map(({ extensions }) => Object(extensions?.["x-redocly-pagination"]));
  return new Map(pagings.map(({ cursorParam, limitParam }) => [cursorParam, limitParam]));
}

/** The path and query parameters of a request by name. A name that was sent twice is left out. */
export function readParameters(
  { path: template }: Operation,
  { path, query = {} }: { path: string; query?: Record<string, string | string[]> },
): Record<string, string> {
  const parameters: Record<string, string> = {};
  const segments = path.split("/");
  for (const [index, part] of template.split("/").entries()) {
    if (part.startsWith("{")) parameters[part.slice(1, -1)] = decodeURIComponent(segments[index] ?? "");
  }
  for (const [name, value] of Object.entries(query)) if (typeof value === "string") parameters[name] = value;
  return parameters;
}
