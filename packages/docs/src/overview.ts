import type { Node } from "@csms/openapi/reader";
import { operationAddress } from "./addresses.ts";
import { type Docs, operationsByTag } from "./docs.ts";

/** The page's first section: where the API is, what it does, what it is, and where else it is. */
export function overview(docs: Docs): string {
  const [server, ...others]: Node[] = docs.contract.root.servers ?? [];
  const rows = operationsByTag(docs).flatMap(({ operations }) =>
    operations.map((operation) => {
      const { method, path, source, name } = operation;
      return `| \`${method.toUpperCase()}\` | [\`${path}\`](#${operationAddress(operation)}) | ${source.summary ?? name} |`;
    }),
  );
  return [
    ...(server ? ["**Base URL**", address(server)] : []),
    ["| method | path | what it does |", "|---|---|---|", ...rows].join("\n"),
    docs.introduction,
    server?.description,
    ...(server ? details(server) : []),
    ...others.flatMap((other) => [other.description, address(other), ...details(other)]),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function address({ url }: Node): string {
  return `\`\`\`text\n${url}\n\`\`\``;
}

function details(server: Node): string[] {
  const variables = Object.entries<Node>(server.variables ?? {}).map(([name, variable]) => {
    const values: string[] = variable.enum ?? [variable.default];
    const told = values.map((value) => `\`${value}\``).join(", ");
    return [`\`{${name}}\`:`, variable.description, `${told}.`].filter(Boolean).join(" ");
  });
  const iam = server["x-iam-url"];
  return [...variables, ...(iam ? [`Its IAM: \`${iam}\`.`] : [])];
}
