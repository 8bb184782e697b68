import { readFile } from "node:fs/promises";
import { getLineColLocation, Source } from "@redocly/openapi-core";

/**
 * Names the line and the column of each place that a message begins with, as lint does.
 *
 * @param message Each of its lines may begin with a JSON Pointer into the contract, `#/…`.
 * @param name What the contract's file is called there.
 */
export async function locate(message: string, contractPath: string, name: string): Promise<string> {
  const source = new Source(contractPath, await readFile(contractPath, "utf8"));
  return message.replaceAll(/(?<=^ *)#\/\S*?(?=:? )/gm, (pointer) => {
    const { line, col } = getLineColLocation({ source, pointer, reportOnKey: true }).start;
    return `${name}:${line}:${col} at ${pointer}`;
  });
}
