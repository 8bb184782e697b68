import { type Contract, ContractError, isOpenEnum, type Node, pascalCase, pointerToken } from "@csms/openapi/reader";

const RULES =
  "type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems " +
  "minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired";
const SCHEMAS =
  "additionalProperties propertyNames unevaluatedProperties items contains unevaluatedItems not if then else";
const LISTS = "allOf anyOf oneOf prefixItems";
const MAPS = "properties patternProperties dependentSchemas";
const UNSUPPORTED = "$id $anchor $dynamicRef $dynamicAnchor";

const [rules, schemas, lists, maps, unsupported] = [RULES, SCHEMAS, LISTS, MAPS, UNSUPPORTED].map(
  (words) => new Set(words.split(" ")),
) as [Set<string>, Set<string>, Set<string>, Set<string>, Set<string>];

/** Schemas by a name of their own, without what no validator looks at: prose, examples, extensions. */
export class BareSchemas {
  readonly $defs: Record<string, Node> = {};
  /** Where each stands in the contract. */
  readonly places = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #contract: Contract;

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  /** Takes a schema in, with all that it refers to, and gives the name that it has here. */
  add(schema: Node, place: string, preferredName: string): string {
    let name = this.#names.get(place);
    if (name !== undefined) return name;
    name = preferredName;
    for (let number = 2; name in this.$defs; number++) name = `${preferredName}_${number}`;
    this.#names.set(place, name);
    this.places.set(name, place);
    this.$defs[name] = true; // So that the name is taken.
    this.$defs[name] = this.#bare(schema, place);
    return name;
  }

  #bare(schema: Node, place: string): Node {
    if (typeof schema === "boolean") return schema;
    const at = (key: string) => `${place}/${pointerToken(key)}`;
    const bare: Node = {};
    for (const [key, value] of Object.entries<Node>(schema)) {
      if (unsupported.has(key)) throw new ContractError(at(key), "is not supported: refer by $ref to a component");
      if (key === "pattern") checkPattern(value, at(key));
      if (key === "patternProperties") for (const pattern of Object.keys(value)) checkPattern(pattern, at(key));
      if (key === "$ref") bare.$ref = `#/$defs/${this.#refer(schema, place)}`;
      else if (rules.has(key) && !(key === "enum" && isOpenEnum(schema))) bare[key] = value;
      else if (schemas.has(key)) bare[key] = this.#bare(value, at(key));
      else if (lists.has(key)) bare[key] = value.map((part: Node, i: number) => this.#bare(part, `${at(key)}/${i}`));
      else if (maps.has(key)) {
        const entries = Object.entries<Node>(value).map(([name, part]) => [
          name,
          this.#bare(part, `${at(key)}/${pointerToken(name)}`),
        ]);
        bare[key] = Object.fromEntries(entries);
      }
    }
    return bare;
  }

  #refer({ $ref }: Node, place: string): string {
    const { value } = this.#contract.resolve({ $ref }, place);
    return this.add(value, $ref, pascalCase($ref.split("/").at(-1)));
  }
}

function checkPattern(pattern: string, place: string): void {
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    throw new ContractError(place, `must be a pattern that JavaScript reads: ${(error as Error).message}`);
  }
}
