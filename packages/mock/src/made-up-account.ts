import type { Secret, SecretState, VersionMetadata } from "@csms/types";
import type { Account } from "./account.ts";
import { findPlace, type Listing } from "./listing.ts";
import {
  compareNames,
  compareVersions,
  day,
  firstDay,
  lastRotation,
  laterFields,
  seconds,
  today,
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
    return {
      ...nameAt(index * gap + Math.floor(place * gap), digits),
      described,
      changed,
      length,
      key: keys[Math.floor(key * keys.length)] ?? "",
      slot: (index + shift) % 20,
      /** When a version was made; the one after the last would have been made at the end. */
      versionTime: (version: number) => seconds(createTime + ((lastRotation - createTime) * version) / length),
    };
  }

  const secrets: Listing<Secret> = {
    length: count,
    marker: (index) => plan(index).name,
    compare: compareNames,
    item(index) {
      const { name, description, described, changed, length, key, slot, versionTime } = plan(index);
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
        ...laterFields,
      } satisfies Secret & Record<string, unknown>;
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

  return { secrets, versions };
}
