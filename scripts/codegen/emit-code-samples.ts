import {
  type Contract,
  camelCase,
  type Example,
  type Node,
  type Operation,
  type Parameter,
  readServers,
} from "@csms/openapi/reader";
import { createQuerySerializer } from "openapi-fetch";
import { sample } from "openapi-sampler";
import { stringify } from "yaml";
import { formatCode } from "./format-code.ts";
import { isBinding, propertyKey } from "./names.ts";

// What the shell expands: the client's own parameter, and the credentials.
const PROJECT = "$HUAWEICLOUD_SDK_PROJECT_ID";
const TOKEN = "$CSMS_TOKEN";
// What the docs show without scrolling.
const LINE_WIDTH = 60;
const METHOD_FLAGS: Record<string, string> = { get: "", head: " --head" };
const BREAK = "\n//\n";

/** By operationId, one call with all that is required and nothing else, as `x-codeSamples` has it. */
export function emitCodeSamples(contract: Contract, operations: Operation[]): string {
  const calls = operations.map((operation) => emitCall(contract, operation));
  const formatted = formatCode(calls.join(BREAK), LINE_WIDTH).split(BREAK);
  const setUp = formatCode(emitSetUp(contract), LINE_WIDTH);
  const samples = operations.map((operation, index) => [
    operation.operationId,
    [
      { lang: "TypeScript", label: "TypeScript", source: `${setUp}\n${formatted[index]?.trim()}\n` },
      { lang: "Shell", label: "curl", source: emitCurl(contract, operation) },
    ],
  ]);
  return stringify(Object.fromEntries(samples), { lineWidth: 0 });
}

/** A program that calls the operation. */
export function emitProgram(contract: Contract, operation: Operation): string {
  return `${emitSetUp(contract)}\n${emitCall(contract, operation)}`;
}

function emitSetUp(contract: Contract): string {
  const [{ region }] = readServers(contract);
  return `import { CsmsClient, environmentCredentials } from "@csms/client";

const csms = new CsmsClient({${region ? `\n  region: ${JSON.stringify(region.default)},` : ""}
  // From HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK
  // and HUAWEICLOUD_SDK_PROJECT_ID.
  credentials: environmentCredentials(),
});
`;
}

function emitCall(contract: Contract, { name, parameters, body, success, pagination }: Operation): string {
  const values = parameters
    .filter((parameter) => parameter.required && !parameter.isProjectId)
    .map((parameter) => `${propertyKey(parameter.name)}: ${JSON.stringify(exampleValue(contract, parameter))}`);
  if (body?.required) values.push(`body: ${JSON.stringify(exampleValue(contract, body))}`);
  const call = `csms.${name}(${values.length > 0 ? `{ ${values.join(", ")} }` : ""})`;
  if (!pagination) return success.some((answer) => answer.body) ? `console.log(await ${call});` : `await ${call};`;
  const schemaName = camelCase(pagination.itemSchema ?? "item");
  const item = isBinding(schemaName) ? schemaName : "item";
  return `for await (const ${item} of ${call}) {\n  console.log(${item});\n}`;
}

function emitCurl(contract: Contract, { method, path, parameters, body, isPublic }: Operation): string {
  const required = parameters.filter((parameter) => parameter.required);
  const values = (place: Parameter["in"]) =>
    required
      .filter((parameter) => parameter.in === place)
      .map((parameter): [string, unknown] => [parameter.name, valueFor(parameter)]);
  const valueFor = (parameter: Parameter) => (parameter.isProjectId ? PROJECT : exampleValue(contract, parameter));
  const [{ url, region }] = readServers(contract);
  const query = createQuerySerializer()(Object.fromEntries(values("query")));
  const pathname = values("path").reduce(
    (rest, [name, value]) =>
      rest.replaceAll(`{${name}}`, value === PROJECT ? PROJECT : encodeURIComponent(String(value))),
    path,
  );
  const headers = values("header").map(([name, value]) => `${name}: ${value}`);
  if (!isPublic) headers.unshift(`${tokenHeader(contract)}: ${TOKEN}`);
  if (body?.required) headers.push("Content-Type: application/json");
  return [
    `curl --fail-with-body${METHOD_FLAGS[method] ?? ` --request ${method.toUpperCase()}`}`,
    ...headers.map((header) => `--header ${quote(header)}`),
    ...(body?.required ? [`--data ${quote(JSON.stringify(exampleValue(contract, body)))}`] : []),
    `${quote(url.replace("{region}", `${region?.default}`) + pathname + (query && `?${query}`))}\n`,
  ].join(" \\\n  ");
}

function exampleValue({ root }: Contract, { examples, schema }: { examples: Example[]; schema: Node }): unknown {
  const [example] = examples;
  return example ? example.value : sample(schema, { quiet: true }, root);
}

/** The header of the contract's first API key. */
function tokenHeader({ root }: Contract): string {
  const schemes = Object.values<Node>(root.components?.securitySchemes ?? {});
  return schemes.find((scheme) => scheme.type === "apiKey" && scheme.in === "header")?.name ?? "Authorization";
}

/** For a shell: in double quotes, where only our own variables are expanded. */
function quote(text: string): string {
  const escaped = text.replaceAll(/[\\"`$]/g, "\\$&");
  return `"${[PROJECT, TOKEN].reduce((rest, name) => rest.replaceAll(`\\${name}`, name), escaped)}"`;
}
