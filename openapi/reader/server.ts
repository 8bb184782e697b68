import type { Contract } from "./contract.ts";
import { ContractError, type Node } from "./resolver.ts";

/** Where the service is, in some regions or in all. */
export interface Server {
  /** Its address, in which `{region}` may stand. */
  url: string;
  /** The address of the IAM that knows its users, in which `{region}` may stand, too: `x-iam-url`. */
  iamUrl: string | undefined;
  /** How the names of its regions begin: `x-region-prefix`. Empty for the first server: it has all others. */
  regionPrefix: string;
  /** The regions that the contract names, and the one that it has by default. Undefined when the address has none. */
  region: { names: string[]; default: string } | undefined;
}

/** The contract's first server, and after it those that have regions of their own, with an `x-region-prefix`. */
export function readServers({ root }: Contract): [Server, ...Server[]] {
  const [node = {}, ...nodes]: Node[] = root.servers ?? [];
  const first = readServer({ ...node, "x-region-prefix": "" }, "#/servers/0");
  const others = nodes.flatMap((other, index) =>
    other["x-region-prefix"] ? [readServer(other, `#/servers/${index + 1}`)] : [],
  );
  for (const server of [first, ...others]) {
    for (const name of server.region?.names ?? []) {
      const found = others.find(({ regionPrefix }) => name.startsWith(regionPrefix)) ?? first;
      if (found === server) continue;
      throw new ContractError("#/servers", `${name} of ${server.url} is at ${found.url}, by each x-region-prefix`);
    }
  }
  return [first, ...others];
}

function readServer(server: Node, place: string): Server {
  const variables: Record<string, Node> = server.variables ?? {};
  const read = (key: string): string => {
    const url = String(server[key] ?? "").replaceAll(/\{([^{}]*)\}/g, (variable, name) => {
      const value = variables[name]?.default;
      if (value === undefined) throw new ContractError(place, `needs a variable ${name}, with a default`);
      return name === "region" ? variable : value;
    });
    if (url.startsWith("https://")) return url;
    throw new ContractError(`${place}/${key}`, `must be an https address, is ${JSON.stringify(url)}`);
  };
  const url = read("url");
  const { enum: named, default: byDefault } = variables.region ?? {};
  return {
    url,
    iamUrl: server["x-iam-url"] === undefined ? undefined : read("x-iam-url"),
    regionPrefix: server["x-region-prefix"],
    region: url.includes("{region}") ? { names: named ?? [], default: byDefault } : undefined,
  };
}
