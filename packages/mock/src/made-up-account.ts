import type { Secret, SecretState, VersionMetadata } from "@csms/types";
import type { Account } from "./account.ts";
import { findPlace, type Listing } from "./listing.ts";
import {
  compareNames,
  compareVersions,
  day,
  firstDay,
  lastRotation,
  seconds,
  today,
  usualFields,
  uuid,
} from "./made-up.ts";
import { countNames, nameAt } from "./names.ts";
import { draw, hexDigits } from "./random.ts";

// In any ten secrets one is pending deletion, one is disabled or frozen, and one has expired.
const states: Record<number, SecretState> = {
  2: "PENDING_DELETE",
  5: "DISABLED",
  12: "PENDING_DELETE",
  15: "FROZEN",
};
const daysToExpiry: Record<number, number> = { 0: 365, 7: 30, 17: 30 };
// The last rotation was less than that before today.
const rotationDays = 90;
// Every tenth secret subscribes to it.
const eventName = "secret-changes";
const subscriptionGap = 10;

/** Makes up an account. Everything in it follows from the seed and a secret's place, and nothing is kept. */
export function createMadeUpAccount(count: number, versionCount: number | undefined, seed: number): Account {
  const digits = count <= countNames(0) ? 0 : Math.ceil(Math.log10((2 * count) / countNames(0)));
  const gap = Math.max(1, Math.floor(countNames(digits) / count));
  const keys = Array.from({ length: 4 }, (_, index) => hexDigits(32, seed, "key", index));
  const [shift = 0] = draw(seed, "shift").map((part) => Math.floor(part * 20));

  function plan(index: number) {
    const [place = 0, created = 0, versions = 0, key = 0, described = 0, changed = 0] = draw(seed, "secret", index);
    const createTime = seconds(firstDay + created * (lastRotation - 365 * day - firstDay));
    const length = versionCount ?? 1 + Math.floor(20 * versions ** 5);
    const slot = (index + shift) % 20;
    const named = nameAt(index * gap + Math.floor(place * gap), digits);
    const isDatabase = named.name.includes("-database");
    const isRotated = isDatabase && !(slot in states) && !(slot in daysToExpiry);
    return {
      ...named,
      isDatabase,
      isRotated,
      described,
      changed,
      length,
      key: keys[Math.floor(key * keys.length)] ?? "",
      slot,
      /** When a version was made; the one after the last would have been made at the end. */
      versionTime: (version: number) =>
        seconds(
          isRotated
            ? lastRotation - created * 20 * day + (version + 1 - length) * rotationDays * day
            : createTime + ((lastRotation - createTime) * version) / length,
        ),
    };
  }

  const secrets: Listing<Secret> = {
    length: count,
    marker: (index) => plan(index).name,
    compare: compareNames,
    item(index) {
      const { name, description, described, changed, length, key, slot, isDatabase, isRotated, versionTime } =
        plan(index);
      const state = states[slot] ?? "ENABLED";
      const isPending = state === "PENDING_DELETE";
      const lastVersion = versionTime(length - 1);
      const updateTime = isPending
        ? today - changed * 6 * day
        : lastVersion + (state === "ENABLED" ? 0 : changed * day);
      return {
        id: uuid(seed, "id", index),
        name,
        state,
        kms_key_id: key,
        ...(described < 0.9 && { description: described < 0.8 ? description : "" }),
        create_time: versionTime(0),
        update_time: seconds(updateTime),
        scheduled_delete_time: isPending ? seconds(updateTime + (7 + described * 23) * day) : null,
        ...usualFields,
        ...(isDatabase && { secret_type: "RDS-FG" }),
        ...(isRotated && {
          auto_rotation: true,
          rotation_period: `${rotationDays}d`,
          rotation_config: JSON.stringify({
            InstanceId: `${hexDigits(32, seed, "instance", index)}in01`,
            SecretSubType: "SingleUser",
          }),
          rotation_time: lastVersion,
          next_rotation_time: versionTime(length),
        }),
        event_subscriptions: index % subscriptionGap === 0 ? [eventName] : [],
      };
    },
  };

  function versions(secretName: string): Listing<VersionMetadata> | undefined {
    const index = findPlace(secrets, secretName);
    if (index === count || secrets.marker(index) !== secretName) return undefined;
    const { length, key, slot, versionTime } = plan(index);
    const expiry = daysToExpiry[slot];
    return {
      length,
      marker: (version) => `v${version + 1}`,
      compare: compareVersions,
      item: (version) => ({
        id: `v${version + 1}`,
        kms_key_id: key,
        create_time: versionTime(version),
        expire_time: expiry === undefined ? null : versionTime(version + 1) + expiry * day,
        secret_name: secretName,
        version_stages: version === length - 1 ? ["SYSCURRENT"] : version === length - 2 ? ["SYSPREVIOUS"] : [],
      }),
    };
  }

  function subscribers(event: string): Listing<Secret> {
    return {
      ...secrets,
      length: event === eventName ? Math.ceil(count / subscriptionGap) : 0,
      marker: (index) => secrets.marker(index * subscriptionGap),
      item: (index) => secrets.item(index * subscriptionGap),
    };
  }

  return { secrets, subscribers, versions };
}
