import type { Contract } from "./contract.ts";
import { type Example, examplesOf } from "./examples.ts";
import { pointerToken } from "./pointers.ts";
import { ContractError, type Node } from "./resolver.ts";

/** One form of a body. */
export interface Content {
  /** Such as `application/json`. */
  type: string;
  /** The body's schema; undefined when the contract gives none. */
  schema: Node;
  /** The schema's name, when it is a named one. */
  schemaName: string | undefined;
  /** Where the schema stands. */
  schemaPlace: string;
  examples: Example[];
}

/** What a call sends. */
export interface RequestBody extends Content {
  required: boolean;
  description: string | undefined;
}

/** What the contract says of one status, an error's or a success. */
export interface Answer {
  /** Such as `200`, `4XX` or `default`. */
  status: string;
  description: string | undefined;
  headers: Header[];
  /** Every form of its body; none without a body. */
  contents: Content[];
  /** The one form that the client reads, `application/json`. */
  body: Content | undefined;
}

/** A header of an answer. */
export interface Header {
  name: string;
  description: string | undefined;
  schema: Node;
  examples: Example[];
}

export function readRequestBody(contract: Contract, source: Node, operationPlace: string): RequestBody | undefined {
  if (!source.requestBody) return undefined;
  const where = `${operationPlace}/requestBody`;
  const { value, place } = contract.resolve(source.requestBody, where);
  const contents = readContents(contract, value.content, place);
  return {
    ...onlyJson(contents, where),
    required: value.required === true,
    description: value.description,
  };
}

export function readAnswers(contract: Contract, source: Node, operationPlace: string): Answer[] {
  return Object.entries<Node>(source.responses ?? {}).map(([status, node]) => {
    const { value, place } = contract.resolve(node, `${operationPlace}/responses/${status}`);
    const contents = readContents(contract, value.content, place);
    return {
      status,
      description: value.description,
      headers: Object.entries<Node>(value.headers ?? {}).map(([name, header]) => {
        const { value, place: at } = contract.resolve(header, `${place}/headers/${name}`);
        const { value: schema } = contract.resolve(value.schema, at);
        return { name, description: value.description, schema, examples: examplesOf(contract, value, at) };
      }),
      contents,
      body: contents.find(({ type }) => type === "application/json"),
    };
  });
}

/** Those of the answers that a call succeeds with. */
export function readSuccess(answers: Answer[], operationPlace: string): Answer[] {
  const success = answers.filter(({ status }) => status.startsWith("2"));
  for (const { status, contents } of success) {
    const where = `${operationPlace}/responses/${status}`;
    if (!/^20[0-467]$/.test(status)) {
      throw new ContractError(where, "name each success status: one of 200, 201, 202, 203, 204, 206, 207");
    }
    if (contents.length === 0) continue;
    const { schema } = onlyJson(contents, where);
    const odd = [schema?.type].flat().find((type) => !["object", "array", undefined].includes(type));
    if (!schema || odd) {
      throw new ContractError(where, `must be an object or an array, ${odd ? `may be ${odd}` : "has no schema"}`);
    }
  }
  if (success.length === 0) {
    throw new ContractError(`${operationPlace}/responses`, "needs a success status, such as 200");
  }
  return success;
}

function readContents(contract: Contract, content: Node, place: string): Content[] {
  return Object.entries<Node>(content ?? {}).map(([type, node]) => {
    const at = `${place}/content/${pointerToken(type)}`;
    const { value, name, place: schemaPlace } = contract.resolve(node.schema, `${at}/schema`);
    return { type, schema: value, schemaName: name, schemaPlace, examples: examplesOf(contract, node, at) };
  });
}

function onlyJson(contents: Content[], where: string): Content {
  const [content, ...others] = contents;
  if (content?.type === "application/json" && others.length === 0) return content;
  const types = contents.map(({ type }) => type).join(", ");
  throw new ContractError(where, `needs application/json and no other content, has ${types || "none"}`);
}
