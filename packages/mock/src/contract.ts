import { readFile } from "node:fs/promises";
import type { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { decodeSegment } from "./received-request.ts";

/** An operation of the contract, as Prism knows it. */
export type Operation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number];

// The build puts the contract into dist, read already; this finds it from src, too.
const contract = new URL("../dist/contract.json", import.meta.url);
let operations: Promise<Operation[]> | undefined;

/** The operations of the contract, read once for all mocks of a process. */
export function readContract(): Promise<Operation[]> {
  operations ??= readFile(contract, "utf8").then(JSON.parse);
  return operations;
}

/** Such as `GET /v1/{project_id}/secrets`. */
export function nameOperation({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}

/** The answers that it has by status, with their examples: `200 (lastPage, empty), 404 (notFound)`. */
export function nameAnswers({ responses }: Operation): string {
  const names = responses.map(({ code, contents = [] }) => {
    const status = code === "default" ? "any other" : code;
    const examples = contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key));
    return examples.length > 0 ? `${status} (${examples.join(", ")})` : status;
  });
  return names.join(", ");
}

/** The headers of which a request needs one, for example `X-Auth-Token or Authorization`. */
export function credentialHeaders({ security = [] }: Operation): string {
  const names = security.map((all) =>
    all.map((scheme) => ("name" in scheme ? scheme.name : scheme.key)).join(" with "),
  );
  return [...new Set(names)].join(" or ");
}

/** The path and query parameters of a request by name. A name that was sent twice is left out. */
export function readParameters(
  { path: template }: Operation,
  { path, query = {} }: { path: string; query?: Record<string, string | string[]> },
): Record<string, string> {
  const parameters: Record<string, string> = {};
  const segments = path.split("/");
  for (const [index, part] of template.split("/").entries()) {
    if (part.startsWith("{")) parameters[part.slice(1, -1)] = decodeSegment(segments[index] ?? "");
  }
  for (const [name, value] of Object.entries(query)) if (typeof value === "string") parameters[name] = value;
  return parameters;
}
