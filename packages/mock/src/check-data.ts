import { checkGiven } from "./check-given.ts";
import type { Operation } from "./contract.ts";
import type { SecretData } from "./given-account.ts";
import type { Schema } from "./prism.ts";

type Properties = Record<string, Schema>;

/**
 * Gives a copy of the secrets that a test gives to the mock.
 *
 * @throws {RangeError} Something in them breaks the contract; the message names the place.
 */
export function checkSecrets(operations: Operation[], secrets: readonly SecretData[]): readonly SecretData[] {
  const copy = checkGiven(secrets, { type: "array", items: secretSchema(operations) }, "secrets");
  refuseTwice(copy, (each) => [each.name], "secrets", "name");
  for (const [index, { name, versions = [] }] of copy.entries()) {
    const place = `secrets[${index}].versions`;
    refuseTwice(versions, ({ id }, at) => [id ?? `v${at + 1}`], place, "id");
    refuseTwice(versions, ({ version_stages = [] }) => version_stages, place, "version_stages");
    const other = versions.findIndex(({ secret_name = name }) => secret_name !== name);
    if (other >= 0) throw new RangeError(`${place}[${other}].secret_name must be "${name}", its secret's name.`);
  }
  return copy;
}

/** The contract's own schema of a secret and its versions, in which all but the name may be left out. */
function secretSchema(operations: Operation[]): Schema {
  const find = (id: string) => operations.find(({ iid }) => iid === id);
  const [list, versionList] = [find("listSecrets"), find("listSecretVersions")];
  const { items: secret } = pageProperty(list, "secrets");
  const { items: version, ...versions } = pageProperty(versionList, "version_metadatas");
  // What can't be asked for is no name, and no id.
  const asked = {
    name: [parameter(versionList, "path", "secret_name"), parameter(list, "query", "marker")],
    id: [parameter(versionList, "query", "marker")],
  };
  return {
    ...partial(secret, { name: asked.name }, { versions: { ...versions, items: partial(version, { id: asked.id }) } }),
    required: ["name"],
  };
}

/** The schema with nothing required and nothing else allowed, and with more rules for some properties. */
function partial(schema: Schema | undefined, rules: Record<string, Schema[]>, more: Properties = {}): Schema {
  const properties = { ...propertiesOf(schema) };
  for (const [name, list] of Object.entries(rules)) properties[name] = { allOf: [properties[name] ?? {}, ...list] };
  return { type: "object", additionalProperties: false, properties: { ...properties, ...more } };
}

/** A property of the page that an operation answers with. */
function pageProperty(operation: Operation | undefined, property: string) {
  const success = operation?.responses.find(({ code }) => code === "200");
  return Object(propertiesOf(success?.contents?.[0]?.schema)[property]);
}

function propertiesOf(schema: Schema | undefined): Properties {
  const { properties = {}, allOf = [] } = Object(schema);
  return Object.assign({}, ...allOf.map(propertiesOf), properties);
}

function parameter(operation: Operation | undefined, where: "path" | "query", name: string): Schema {
  const parameters: { name: string; schema?: Schema }[] = operation?.request?.[where] ?? [];
  return parameters.find((each) => each.name === name)?.schema ?? {};
}

function refuseTwice<Item>(
  items: readonly Item[],
  read: (item: Item, index: number) => string[],
  place: string,
  property: string,
): void {
  const places = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    for (const value of read(item, index)) {
      const first = places.get(value);
      if (first !== undefined) {
        throw new RangeError(
          `${place}[${index}].${property} is "${value}", as in ${place}[${first}]: it must be unique.`,
        );
      }
      places.set(value, index);
    }
  }
}
