import { styleText } from "node:util";
import { type Operation, readContract } from "./contract.ts";
import { listen } from "./listen.ts";
import type { Settings } from "./options.ts";
import { formatRequest } from "./request-log.ts";

/** Starts a mock that logs each request and ends with Ctrl-C. Gives what to tell the person who started it. */
export async function serve(settings: Settings): Promise<string> {
  const { url, close } = await listen(settings, (request) => console.log(formatRequest(request)));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, close);
  return welcome(url, await readContract(), settings);
}

function welcome(url: string, operations: Operation[], { secrets }: Settings): string {
  const served = operations.map(({ method, path, summary = "" }) => {
    return `  ${summary.padEnd(22)} ${method.toUpperCase()} ${path}`;
  });
  const [first] = operations;
  const source =
    secrets === undefined
      ? "It answers with the contract's examples:"
      : `It holds ${secrets} ${secrets === 1 ? "secret" : "secrets"}, and their versions:`;
  return `csms-mock is ready: ${styleText("bold", url)}

${source}
${served.join("\n")}

Try it:
  curl -H "X-Auth-Token: any" ${url}${first ? examplePath(first) : "/"}

Ask for another answer with a header:
  -H "Prefer: code=404"             what the contract answers with that status
  -H "Prefer: example=middlePage"   the contract's example of that name
  -H "Prefer: dynamic=true"         values made up from the schema

Stop it with Ctrl-C. Requests follow.
`;
}

function examplePath({ path, request }: Operation): string {
  return path.replace(/\{(\w+)\}/g, (placeholder, name) => {
    const example = request?.path?.find((parameter) => parameter.name === name)?.examples?.[0];
    return example && "value" in example ? String(example.value) : placeholder;
  });
}
