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
