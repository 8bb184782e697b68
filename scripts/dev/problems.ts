import { fileURLToPath } from "node:url";
import { ContractError } from "@csms/openapi/reader";
import { getLineColLocation, lint, loadConfig, YamlParseError } from "@redocly/openapi-core";
import { locate } from "../codegen/locate.ts";
import { COMMAND } from "../command.ts";

const configPath = fileURLToPath(new URL("../../redocly.yaml", import.meta.url));

/** What lint finds first in a contract, as `name:line:column: what`. Undefined when all is well. */
export async function findProblem(contract: string, name: string): Promise<string | undefined> {
  const [first, ...others] = await lint({ ref: contract, config: await loadConfig({ configPath }) });
  const [place] = first?.location ?? [];
  if (!first || !place) return undefined;
  const { line, col } = getLineColLocation(place).start;
  const more = others.length > 0 ? ` (And ${others.length} more: ${COMMAND} lint)` : "";
  return `${name}:${line}:${col}: ${first.message}${more}`;
}

/** An error that a contract makes, by its place. */
export async function describeError(error: unknown, contract: string, name: string): Promise<string> {
  if (error instanceof ContractError) return locate(error.message, contract, name);
  if (error instanceof YamlParseError) return `${name}:${error.line}:${error.col}: ${error.message.split(' in "')[0]}`;
  return `${name}: ${error instanceof Error ? error.message : error}`;
}
