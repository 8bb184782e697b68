import stringify from "json-stringify-pretty-compact";
import { Marked } from "marked";
import { gfmHeadingId } from "marked-gfm-heading-id";
import { type Node, type Operation, operationsOf, resolve } from "./description.ts";

const PREFIX = "plain-";
const RULES = ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "default"];
const schemaPointer = /#\/components\/schemas\/(\w+)/g;

/** The whole description as plain HTML: for paper, and for a reader without scripts. */
export function plainEdition(description: Node): string {
  const marked = new Marked(gfmHeadingId({ prefix: PREFIX }));
  const markdown = toMarkdown(description).replaceAll(schemaPointer, (_, name: string) => anchor(name));
  return marked.parse(markdown, { async: false });
}

function toMarkdown(description: Node): string {
  const { info, servers = [], tags = [], components = {} } = description;
  const operations = operationsOf(description);
  const untagged = operations.filter(({ node }) => !tags.some(({ name }: Node) => node.tags?.includes(name)));
  return [
    `# ${info.title}`,
    `${info.summary ?? ""} Version ${info.version}.`,
    info.description,
    "## Servers",
    ...servers.map(serverToMarkdown),
    ...tags.flatMap(({ name, description: text }: Node) => [
      `## ${name}`,
      text,
      ...operations
        .filter(({ node }) => node.tags?.includes(name))
        .flatMap((operation) => operationToMarkdown(description, operation)),
    ]),
    ...(untagged.length > 0 ? ["## Other operations"] : []),
    ...untagged.flatMap((operation) => operationToMarkdown(description, operation)),
    "## Schemas",
    ...Object.entries<Node>(components.schemas ?? {}).flatMap(([name, schema]) => [
      `### ${name}`,
      schema.description,
      ...Object.entries<Node>(schema.properties ?? {}).map(([property, node]) => {
        const required = schema.required?.includes(property) ? "always there" : "may be missing";
        return item(`\`${property}\`: ${[typeOf(node), required, ...rulesOf(node)].join(", ")}`, node.description);
      }),
    ]),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function serverToMarkdown({ url, description, variables = {} }: Node): string {
  const values = Object.entries<Node>(variables).map(
    ([name, variable]) => `\`${name}\` is one of ${(variable.enum ?? [variable.default]).join(", ")}.`,
  );
  return item(`\`${url}\`: ${description ?? ""} ${values.join(" ")}`);
}

function operationToMarkdown(description: Node, { method, path, node }: Operation): string[] {
  const parameters: Node[] = (node.parameters ?? []).map((each: Node) => resolve(description, each));
  const samples: Node[] = node["x-codeSamples"] ?? [];
  return [
    `### ${node.summary}`,
    `\`${method.toUpperCase()} ${path}\``,
    node.description,
    "#### Parameters",
    ...parameters.map((parameter) => {
      const required = parameter.required ? "required" : "optional";
      const facts = [`in ${parameter.in}`, typeOf(parameter.schema), required, ...rulesOf(parameter.schema)];
      return item(`\`${parameter.name}\`: ${facts.join(", ")}`, parameter.description);
    }),
    "#### Code",
    ...samples.flatMap(({ lang, label, source }) => [`${label}:`, fence(lang.toLowerCase(), source)]),
    "#### Answers",
    ...Object.entries<Node>(node.responses).map(([status, response]) => {
      const { description: text, headers = {}, content = {} } = resolve(description, response);
      const { schema, examples = {} } = content["application/json"] ?? {};
      const names = Object.keys(headers).map((name) => `\`${name}\``);
      return item(
        `**${status}** ${schema ? typeOf(schema) : ""}${names.length > 0 ? ` with ${names.join(", ")}` : ""}`,
        text,
        ...Object.values<Node>(examples).flatMap((example) => [
          [example.summary, example.description].filter(Boolean).join(". "),
          fence("json", stringify(example.value, { maxLength: 120 })),
        ]),
      );
    }),
  ];
}

function typeOf(schema: Node): string {
  if (schema?.$ref) return `[${schema.$ref.split("/").at(-1)}](${schema.$ref})`;
  const types = [schema?.type ?? "anything"].flat().map((type) => {
    return type === "array" ? `array of ${typeOf(schema.items)}` : type;
  });
  return types.join(" or ");
}

function rulesOf(schema: Node): string[] {
  const rules = RULES.filter((rule) => schema?.[rule] !== undefined).map((rule) => `${rule} \`${schema[rule]}\``);
  return schema?.enum ? [...rules, `one of ${schema.enum.map((value: unknown) => `\`${value}\``).join(", ")}`] : rules;
}

/** A list's item: a line, and blocks below it. */
function item(line: string, ...blocks: (string | undefined)[]): string {
  return [line, ...blocks.filter(Boolean)]
    .join("\n\n")
    .replace(/^/, "- ")
    .replaceAll(/\n(?=[^\n])/g, "\n  ");
}

function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trim()}\n\`\`\``;
}

function anchor(schema: string): string {
  return `#${PREFIX}${schema.toLowerCase()}`;
}
