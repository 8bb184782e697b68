import type { Answer } from "./contents.ts";
import { type Contract, ContractError, type Node } from "./contract.ts";
import type { Parameter } from "./parameters.ts";
import { pointerKeys } from "./pointers.ts";
import { typeOf } from "./schemas.ts";

export interface Pagination {
  cursorParam: string;
  limitParam: string;
  defaultLimit: number;
  /** How many items a page carries at the most, whatever the limit. */
  maxItems: number | undefined;
  items: string[];
  nextCursor: string[];
  itemMarker: string[];
  itemSchema: string | undefined;
}

/** How an operation pages: as its `x-redocly-pagination` says, held against its parameters and its answer. */
export function readPagination(
  contract: Contract,
  source: Node,
  parameters: Parameter[],
  success: Answer[],
  place: string,
): Pagination | undefined {
  const declared = source["x-redocly-pagination"];
  if (declared === undefined) return undefined;
  const where = `${place}/x-redocly-pagination`;
  if (declared?.style !== "cursor") {
    throw new ContractError(`${where}/style`, `must be cursor, is ${JSON.stringify(declared?.style)}`);
  }
  const [answer, ...others] = success;
  if (!answer?.body || others.length > 0) throw new ContractError(where, "needs one success status, with a body");

  const query = (key: string, kind: string, isKind: (parameter: Parameter) => boolean): Parameter => {
    const parameter = parameters.find((each) => each.in === "query" && each.name === declared[key]);
    const is = JSON.stringify(declared[key]);
    if (!parameter) throw new ContractError(`${where}/${key}`, `must name a query parameter, is ${is}`);
    if (!isKind(parameter)) throw new ContractError(`${where}/${key}`, `${is} must be ${kind}: change its schema`);
    return parameter;
  };
  const cursor = query(
    "cursorParam",
    "of type string",
    ({ schema, isDigits }) => typeOf(schema) === "string" && !isDigits,
  );
  const limit = query(
    "limitParam",
    "of type integer, or a string of format int32",
    ({ schema, isDigits }) => typeOf(schema) === "integer" || isDigits,
  );
  const defaultLimit = Number(limit.schema.default);
  if (!(Number.isInteger(defaultLimit) && defaultLimit > 0)) {
    const problem = `${limit.name} needs a default above 0: a marker is never sent without a limit`;
    throw new ContractError(`${where}/limitParam`, problem);
  }

  const nextCursor = follow(contract, answer.body.schema, declared.nextCursor, `${where}/nextCursor`);
  if (nextCursor.type !== "string") throw nextCursor.mismatch("a string");
  const items = follow(contract, answer.body.schema, declared.items, `${where}/items`);
  if (items.type !== "array" || !items.isAlways) throw items.mismatch("an array that is required and never null");
  const item = contract.resolve(items.schema.items, `${where}/items`);
  const itemMarker = follow(contract, item.value, source["x-item-marker"], `${place}/x-item-marker`);
  if (itemMarker.type !== "string" || !itemMarker.isAlways) {
    throw itemMarker.mismatch("a string that is required and never null");
  }
  return {
    cursorParam: cursor.name,
    limitParam: limit.name,
    defaultLimit,
    maxItems: items.schema.maxItems,
    items: items.keys,
    nextCursor: nextCursor.keys,
    itemMarker: itemMarker.keys,
    itemSchema: item.name,
  };
}

/** What a JSON Pointer leads to, and whether it is always there. */
function follow(contract: Contract, root: Node, pointer: Node, place: string) {
  if (typeof pointer !== "string" || !/^(\/[^/]+)+$/.test(pointer)) {
    throw new ContractError(
      place,
      `must be a JSON Pointer such as /page_info/next_marker, is ${JSON.stringify(pointer)}`,
    );
  }
  const keys = pointerKeys(pointer);
  let schema = contract.resolve(root, place).value;
  let isAlways = true;
  for (const key of keys) {
    const parts = partsOf(contract, schema, place);
    const next = parts.map(({ properties }) => properties?.[key]).find(Boolean);
    if (!next) throw new ContractError(place, `${pointer} leads nowhere: there is no property ${key}`);
    schema = contract.resolve(next, place).value;
    isAlways &&= parts.some(({ required = [] }) => required.includes(key)) && ![schema.type].flat().includes("null");
  }
  const mismatch = (wanted: string) => new ContractError(place, `${pointer} must lead to ${wanted}: change its schema`);
  return { keys, schema, type: typeOf(schema), isAlways, mismatch };
}

/** A schema, and all that it is made of by `allOf`. */
function partsOf(contract: Contract, schema: Node, place: string): Node[] {
  const parts: Node[] = schema?.allOf ?? [];
  return [schema, ...parts.flatMap((part) => partsOf(contract, contract.resolve(part, place).value, place))];
}
