import type { Contract } from "./contract.ts";
import { ContractError, type Node } from "./resolver.ts";

/** Where the service is. */
export interface Server {
  /** Its address, in which `{region}` may stand. */
  url: string;
  /** The regions that the contract names, and the one that it has by default. Undefined when the address has none. */
  region: { names: string[]; default: string } | undefined;
}

/** The contract's first server: a client has one address. */
export function readServer({ root }: Contract): Server {
  const server: Node = root.servers?.[0];
  const variables: Record<string, Node> = server?.variables ?? {};
  const url = String(server?.url ?? "").replaceAll(/\{([^{}]*)\}/g, (place, name) => {
    const value = variables[name]?.default;
    if (value === undefined) throw new ContractError("#/servers/0", `needs a variable ${name}, with a default`);
    return name === "region" ? place : value;
  });
  if (!url.startsWith("https://")) {
    throw new ContractError("#/servers", `the first one must be an https address, is ${JSON.stringify(url)}`);
  }
  if (!url.includes("{region}")) return { url, region: undefined };
  const { enum: names = [], default: byDefault } = variables.region;
  return { url, region: { names, default: byDefault } };
}
