import type { Content, Example, Node, Operation } from "@csms/openapi/reader";
import stringify from "json-stringify-pretty-compact";
import type { Docs } from "./docs.ts";
import { item, propertyList, rulesOf, typeOf } from "./schema-text.ts";

/** An operation as Markdown. */
export function operationText(docs: Docs, operation: Operation): string {
  const { method, path, name, source, parameters, body, answers } = operation;
  const samples: Node[] = source["x-codeSamples"] ?? [];
  return [
    `\`${method.toUpperCase()} ${path}\` \`${name}\``,
    operation.description?.trim(),
    credentialsOf(docs, operation),
    ...(parameters.length > 0 ? ["### Parameters"] : []),
    ...parameters.map((parameter) => {
      const { schema, required, examples, description } = parameter;
      const facts = [`in ${parameter.in}`, named(parameter), required ? "required" : "optional", ...rulesOf(schema)];
      return item(`\`${parameter.name}\`: ${facts.join(", ")}`, description, ...examples.slice(0, 1).map(inLine));
    }),
    ...(body
      ? ["### Body", [body.required ? "Required." : "Optional.", body.description].filter(Boolean).join(" ")]
      : []),
    ...(body ? contentText(body) : []),
    ...(samples.length > 0 ? ["### Code"] : []),
    ...samples.flatMap(({ lang, label, source: code }) => [`${label ?? lang}:`, fence(lang.toLowerCase(), code)]),
    "### Answers",
    ...answers.map(({ status, description, headers, contents }) => {
      const names = headers.map((header) => `\`${header.name}\``);
      const withHeaders = names.length > 0 ? ` with ${names.join(", ")}` : "";
      return item(`**${status}**${withHeaders}: ${description?.trim() ?? ""}`, ...contents.flatMap(contentText));
    }),
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** Where an operation's credentials go: in one line. */
export function credentialsOf({ contract, chapters }: Docs, { source }: Operation): string {
  const { root } = contract;
  const schemes: Node = root.components?.securitySchemes ?? {};
  const ways: Node[] = source.security ?? root.security ?? [];
  if (ways.length === 0) return "Needs no credentials.";
  const told = ways.map((way) =>
    Object.keys(way)
      .map((name) => `${name} in \`${schemes[name]?.in === "header" ? schemes[name].name : "Authorization"}\``)
      .join(" and "),
  );
  const chapter = chapters.some(({ title }) => title === "Authentication") ? " (*Authentication*)" : "";
  return `Credentials: ${told.map((way) => way || "none").join(", or ")}${chapter}.`;
}

function named({ schema, schemaName }: { schema: Node; schemaName: string | undefined }): string {
  return typeOf(schemaName ? { $ref: `#/components/schemas/${schemaName}` } : schema);
}

function contentText({ type, schema, schemaName, examples }: Content): string[] {
  const described = schemaName ? [] : [propertyList(schema)];
  return [`\`${type}\`: ${named({ schema, schemaName })}`, ...described, ...examples.flatMap(exampleText)];
}

function exampleText({ summary, description, value }: Example): string[] {
  const told = [summary, description?.trim()].filter(Boolean).join(". ");
  return [told || "Example:", fence("json", stringify(value, { maxLength: 100 }))];
}

function inLine({ value }: Example): string {
  return `Example: \`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trim()}\n\`\`\``;
}
