import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type { Operation } from "./contract.ts";

/** Reads an OpenAPI description into what Prism works with. It takes a while, so the build does it. */
export async function parseContract(path: string): Promise<Operation[]> {
  const operations = await getHttpOperationsFromSpec(path);
  for (const parameter of operations.flatMap(({ request }) => request?.query ?? [])) {
    // OpenAPI's default, which Prism does not know: of `tag=a&tag=b` it would look at the last alone.
    if (parameter.style === "form") parameter.explode ??= true;
  }
  // Prism would make the calls; the mock calls nobody.
  return operations.map(({ callbacks, ...operation }) => operation);
}
