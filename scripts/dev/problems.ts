import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ContractError } from "@csms/openapi/reader";
import { getLineColLocation, lint, loadConfig, Source, YamlParseError } from "@redocly/openapi-core";
import { COMMAND } from "../command.ts";

const configPath = fileURLToPath(new URL("../../redocly.yaml", import.meta.url));

/** What lint finds first in a contract, as `:line:column: what`. Undefined when all is well. */
export async function findProblem(contract: string): Promise<string | undefined> {
  const [first, ...others] = await lint({ ref: contract, config: await loadConfig({ configPath }) });
  const [place] = first?.location ?? [];
  if (!first || !place) return undefined;
  const { line, col } = getLineColLocation(place).start;
  const more = others.length > 0 ? ` (And ${others.length} more: ${COMMAND} lint)` : "";
  return `:${line}:${col}: ${first.message}${more}`;
}

/** An error that a contract makes, as `:line:column: what`. */
export async function describeError(error: unknown, contract: string): Promise<string> {
  if (error instanceof YamlParseError) return `:${error.line}:${error.col}: ${error.message.split(' in "')[0]}`;
  if (error instanceof ContractError) {
    const [, pointer = "#/", what] = /^(#\S*): (.*)$/s.exec(error.message) ?? [];
    const source = new Source(contract, await readFile(contract, "utf8"));
    const { line, col } = getLineColLocation({ source, pointer, reportOnKey: true }).start;
    return `:${line}:${col}: ${what ?? error.message}`;
  }
  return `: ${error instanceof Error ? error.message : error}`;
}
