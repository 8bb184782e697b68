import type { Secret, VersionMetadata } from "@csms/types";
import type { Account } from "./account.ts";
import type { Listing } from "./listing.ts";
import { compareNames, compareVersions, day, firstDay, lastRotation, seconds, usualFields, uuid } from "./made-up.ts";
import { draw, hexDigits } from "./random.ts";

/** A secret that a test gives to the mock. What is left out is made up, and is the same for the same name and seed. */
export interface SecretData extends Partial<Secret> {
  /** The name of the secret, unique among them. */
  name: string;
  /** Its versions. Default: as many as the mock's `versions` says. */
  versions?: readonly VersionData[];
}

/** A version that a test gives to the mock. What is left out is made up: ids are `v1`, `v2` and so on. */
export interface VersionData extends Partial<VersionMetadata> {
  /**
   * The stages of this version, each on one version at a time. Default: `SYSCURRENT` on the last one, `SYSPREVIOUS` on
   * the one before it, unless another has them.
   */
  version_stages?: string[];
}

/** Makes an account of given secrets, which are allowed. */
export function createGivenAccount(given: readonly SecretData[], versionCount = 1, seed: number): Account {
  const all = given.map((secret) => fillIn(secret, versionCount, seed));
  const secrets = all.map(({ secret }) => secret).sort((left, right) => compareNames(left.name, right.name));
  const byName = new Map(all.map(({ secret, versions }) => [secret.name, toListing(versions, "id", compareVersions)]));
  const list = (these: Secret[]) => toListing(these, "name", compareNames);
  return {
    secrets: list(secrets),
    subscribers: (event) => list(secrets.filter(({ event_subscriptions }) => event_subscriptions?.includes(event))),
    versions: (name) => byName.get(name),
  };
}

function toListing<Item extends Record<Marker, string>, Marker extends keyof Item>(
  items: Item[],
  marker: Marker,
  compare: Listing<Item>["compare"],
): Listing<Item> {
  const at = (index: number) => items[index] as Item;
  return { length: items.length, item: at, marker: (index) => at(index)[marker], compare };
}

function fillIn({ versions: given, ...secret }: SecretData, versionCount: number, seed: number) {
  const { name, state = "ENABLED" } = secret;
  const list: readonly VersionData[] = given ?? Array.from({ length: versionCount }, () => ({}));
  const [created = 0] = draw(seed, "secret", name);
  const times = [secret.update_time, ...list.map(({ create_time }) => create_time)].filter(
    (time) => time !== undefined,
  );
  const createTime = secret.create_time ?? seconds(Math.min(firstDay + created * (lastRotation - firstDay), ...times));
  const kms_key_id = secret.kms_key_id ?? hexDigits(32, seed, "key");
  const versions = fillInVersions(list, { kms_key_id, secret_name: name, create_time: createTime, expire_time: null });
  const updateTime = secret.update_time ?? Math.max(createTime, ...versions.map(({ create_time }) => create_time));
  const filled: Secret = {
    id: uuid(seed, "id", name),
    state,
    kms_key_id,
    create_time: createTime,
    update_time: updateTime,
    scheduled_delete_time: state === "PENDING_DELETE" ? updateTime + 30 * day : null,
    ...usualFields,
    ...secret,
  };
  return { secret: filled, versions };
}

function fillInVersions(
  list: readonly VersionData[],
  first: Omit<VersionMetadata, "id" | "version_stages">,
): VersionMetadata[] {
  const taken = list.flatMap(({ version_stages = [] }) => version_stages);
  const newest = ["SYSCURRENT", "SYSPREVIOUS"];
  let time = first.create_time - day;
  const versions = list.map((version, index) => {
    time = version.create_time ?? time + day;
    const stage = newest[list.length - 1 - index];
    const version_stages = stage && !taken.includes(stage) ? [stage] : [];
    return { ...first, id: `v${index + 1}`, create_time: time, version_stages, ...version };
  });
  return versions.sort((left, right) => compareVersions(left.id, right.id));
}
