import { styleText } from "node:util";
import { nameOperation, type Operation, readContract } from "./contract.ts";
import { createCsms } from "./csms.ts";

import type { Settings } from "./options.ts";
import { formatRequest } from "./request-log.ts";
import { startOn } from "./start-on.ts";

/** Starts a mock that logs each request and ends with Ctrl-C. Gives what to tell the person who started it. */
export async function serve(settings: Settings): Promise<string> {
  const operations = await readContract();
  const { url, close } = await startOn(operations, settings, (request) => console.log(formatRequest(request)));
  // Not once: Ctrl-C can come twice, from the terminal and from what started this.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, close);
  return welcome(url, operations, settings.secrets);
}

/** What to tell the person who started a mock. */
export function welcome(url: string, operations: Operation[], secrets: Settings["secrets"]): string {
  const known = secrets === undefined ? [] : Object.keys(createCsms({ secrets: 0 }));
  const isKnown = ({ iid = "" }: Operation) => known.includes(iid);
  const count = typeof secrets === "object" ? secrets.length : secrets;
  const groups = [
    [`It holds ${count} ${count === 1 ? "secret" : "secrets"}, and their versions:`, operations.filter(isKnown)],
    ["From examples:", operations.filter((operation) => !isKnown(operation))],
  ] as const;
  const served = groups
    .filter(([, { length }]) => length > 0)
    .map(([title, list]) => [title, ...list.map(line)].join("\n"));
  return `csms-mock is ready: ${styleText("bold", url)}

${served.join("\n\n")}

Try it:
  curl -H "X-Auth-Token: any" ${url}${examplePath(operations)}

Ask for another answer with a header:
  -H "Prefer: code=404"         what the contract answers with that status
  -H "Prefer: example=<name>"   the contract's example of that name
  -H "Prefer: dynamic=true"     values made up from the schema

Stop it with Ctrl-C. Requests follow.
`;
}

function line(operation: Operation): string {
  return `  ${(operation.summary ?? "").padEnd(22)} ${nameOperation(operation)}`;
}

/** Something to ask for with curl alone. */
function examplePath(operations: Operation[]): string {
  const isPlain = ({ method, request: { query = [], headers = [] } = {} }: Operation) =>
    method === "get" && ![...query, ...headers].some(({ required }) => required);
  const { path, request } = operations.find(isPlain) ?? { path: "/" };
  return path.replace(/\{([^{}]+)\}/g, (placeholder, name) => {
    const example = request?.path?.find((parameter) => parameter.name === name)?.examples?.[0];
    return example && "value" in example ? encodeURIComponent(String(example.value)) : placeholder;
  });
}
