import { type Contract, type Node, type Operation, pascalCase, readServers, type Server } from "@csms/openapi/reader";
import { docComment } from "./doc-comment.ts";
import { emitProgram } from "./emit-code-samples.ts";
import { emitOperation } from "./emit-operation.ts";
import type { Layout } from "./layout.ts";

// What the generated file takes from the runtime, each where it needs it.
const TYPES: [module: string, names: string[]][] = [
  ["http/endpoint", ["Servers"]],
  ["http-client", ["HttpClient"]],
  ["operation", ["Operation", "PagedOperation"]],
  ["options", ["CallOptions", "ClientOptions"]],
  ["request", ["ApiRequest", "PagedRequest"]],
];
// What else it means by a name.
const OWN = ["CsmsClient", "CsmsClientOptions", "NonNullable", "Omit", "Record", "Region", "Service"];

/** `class CsmsClient`: one documented method for each operation, on openapi-fetch. */
export function emitClient(contract: Contract, operations: Operation[], imports: Layout["imports"]): string {
  const { info } = contract.root;
  const servers = readServers(contract);
  // Names that can't mean a schema.
  const taken = new Set([...TYPES.flatMap(([, names]) => names), ...OWN]);
  for (const { name } of operations) {
    taken
      .add(`${pascalCase(name)}Parameters`)
      .add(`${pascalCase(name)}Wire`)
      .add(`${name}Operation`);
  }
  const schemas = new Set<string>();
  const nameSchema = (name: string | undefined): string | undefined => {
    if (name === undefined || taken.has(pascalCase(name))) return undefined;
    schemas.add(pascalCase(name));
    return pascalCase(name);
  };
  const code = operations.map((operation) => emitOperation(operation, nameSchema));
  const rules = [...new Set(code.flatMap((each) => [...each.rules]))].sort();
  const example = operations.slice(0, 1).map((first) => `@example\n\`\`\`ts\n${emitProgram(contract, first)}\n\`\`\``);
  const body = `${emitOptions(servers)}

${emitServers(servers)}

${code.map((each) => each.declarations).join("\n\n")}

${docComment({ summary: info?.title, description: (info as Node)?.summary, tags: example })}export class CsmsClient {
  /** The typed openapi-fetch client below the methods, with the same credentials, retries and safety. */
  readonly http: HttpClient<paths>;
  readonly #service: Service<paths>;

  /**
   * Checks the options. Nothing is sent before the first call.
   *
   * @throws {CsmsInputError} An option is not valid.
   */
  constructor(options: CsmsClientOptions) {
    this.#service = new Service(options, servers);
    this.http = this.#service.http;
  }

${code.map((each) => each.method).join("\n\n")}
}
`;
  const isPaged = operations.some(({ pagination }) => pagination);
  const isPlain = operations.some(({ pagination }) => !pagination);
  const unused = [
    ...(isPaged ? [] : ["PagedOperation", "PagedRequest"]),
    ...(isPlain ? [] : ["Operation", "ApiRequest"]),
  ];
  const typeImports = TYPES.map(([module, names]) => {
    const used = names.filter((name) => !unused.includes(name));
    return `import type { ${used.join(", ")} } from "${imports.runtime}/${module}.ts";`;
  });
  return `import type { ${[...schemas, "operations", "paths"].sort().join(", ")} } from "${imports.types}";
${typeImports.join("\n")}
${rules.length > 0 ? `import { ${rules.join(", ")} } from "${imports.runtime}/parameters.ts";` : ""}
import { Service } from "${imports.runtime}/service.ts";

${body}`;
}

function emitServers([first, ...others]: [Server, ...Server[]]): string {
  const addresses = ({ url, iamUrl }: Server) => {
    const list = [url, iamUrl].filter((address) => address !== undefined);
    return `[${list.map((address) => emitAddress(address)).join(", ")}]`;
  };
  const choices = others.map((server) => {
    return `region.startsWith(${JSON.stringify(server.regionPrefix)}) ? ${addresses(server)} : `;
  });
  return `/** Where the service is, and where IAM is. */
const servers: Servers = (${first.region ? "region" : ""}) => ${choices.join("")}${addresses(first)};`;
}

function emitAddress(address: string): string {
  if (!address.includes("{region}")) return JSON.stringify(address);
  return `\`${address.replaceAll(/[`\\$]/g, "\\$&").replaceAll("{region}", "$$$&")}\``;
}

function emitOptions(servers: [Server, ...Server[]]): string {
  const doc = "/** Options of {@link CsmsClient}. */";
  const regions = servers.flatMap(({ region }) => region?.names ?? []);
  if (!servers[0].region) return `${doc}\nexport interface CsmsClientOptions extends Omit<ClientOptions, "region"> {}`;
  return `/** The regions that the contract names. Others are let through. */
export type Region = ${[...regions.map((name) => JSON.stringify(name)), "(string & {})"].join(" | ")};

${doc.replace(". */", ": the region, or an endpoint, is among them. */")}
export type CsmsClientOptions = ClientOptions<Region> &
  (Record<"region", Region | undefined> | Record<"endpoint", string | undefined>);`;
}
