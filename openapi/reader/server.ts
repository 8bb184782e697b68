import { type Contract, ContractError, type Node } from "./contract.ts";

/** The contract's first server: its address, in which `{region}` may stand, the regions, and the default one. */
export function readServer({ root }: Contract): { url: string; regions: string[]; region: string | undefined } {
  const server: Node = root.servers?.[0];
  let url: string = server?.url ?? "";
  for (const [name, variable] of Object.entries<Node>(server?.variables ?? {})) {
    if (name !== "region") url = url.replaceAll(`{${name}}`, variable.default);
  }
  if (!url.startsWith("https://")) {
    throw new ContractError("#/servers", `the first one must be an https address, is ${JSON.stringify(url)}`);
  }
  const { enum: regions = [], default: region } = server.variables?.region ?? {};
  return { url, regions, region };
}
