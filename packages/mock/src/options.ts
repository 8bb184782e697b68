import type { AccountOptions } from "./account.ts";
import type { PagingOptions } from "./listing.ts";
import type { TroubleOptions } from "./trouble.ts";

export interface ListenOptions extends AccountOptions, PagingOptions, TroubleOptions {
  /** The port to listen on. 0 takes any free one. Default: 0. */
  port?: number | undefined;
  /** The address to listen on. Default: `127.0.0.1`, so that nobody else can reach the mock. */
  host?: string | undefined;
}

interface Rule<Value> {
  /** What the option takes, in words that follow "takes". */
  allowed: string;
  /** Undefined when the text is not allowed. */
  read(text: string): Value | undefined;
}

export type Settings = ReturnType<typeof readOptions>;

/**
 * Reads the options of `startMock`, or the same as text from a command line.
 *
 * @param nameOf What the user calls an option.
 * @throws {RangeError} An option is not what is allowed; the message says what is.
 */
export function readOptions(given: { [Name in keyof ListenOptions]: unknown }, nameOf = (name: string) => name) {
  function read<Value>(name: keyof ListenOptions, { allowed, read }: Rule<Value>): Value | undefined {
    const value = given[name];
    if (value === undefined) return undefined;
    const result = read(String(value));
    if (result === undefined) {
      const shown = typeof value === "number" ? value : `"${value}"`;
      throw new RangeError(`${nameOf(name)} takes ${allowed}, not ${shown}.`);
    }
    return result;
  }

  const settings = {
    port: read("port", whole(0, 65535, "a number from 0 (any free port) to 65535")) ?? 0,
    host: read("host", address) ?? "127.0.0.1",
    secrets: read("secrets", whole(0, 1_000_000_000)),
    versions: read("versions", whole(1, 20)),
    seed: read("seed", whole(0, 4_294_967_295)),
    repeatMarker: read("repeatMarker", flag),
    markerOnLastPage: read("markerOnLastPage", flag),
    maxLimit: read("maxLimit", whole(50, 1000, "a whole number from 50, which the service always serves, to 1000")),
    latency: read("latency", milliseconds),
    fail: read("fail", failures),
    throttle: read("throttle", whole(1, 1_000_000)),
    reset: read("reset", chance),
    truncate: read("truncate", chance),
    expireTokensAfter: read("expireTokensAfter", whole(0, 1_000_000_000)),
  };
  for (const name of Object.keys(given)) {
    if (!(name in settings)) {
      const names = Object.keys(settings).map(nameOf);
      throw new RangeError(`There is no option ${nameOf(name)}. Options: ${names.join(", ")}.`);
    }
  }
  const { secrets, versions, repeatMarker, markerOnLastPage, maxLimit } = settings;
  for (const [name, value] of Object.entries({ versions, repeatMarker, markerOnLastPage, maxLimit })) {
    if (secrets === undefined && value) {
      throw new RangeError(`${nameOf(name)} needs ${nameOf("secrets")}: say how many secrets the mock holds.`);
    }
  }
  return settings;
}

function whole(least: number, most: number, allowed = `a whole number from ${least} to ${most}`): Rule<number> {
  return {
    allowed,
    read: (text) => (/^\d{1,10}$/.test(text) && +text >= least && +text <= most ? Number(text) : undefined),
  };
}

const address: Rule<string> = {
  allowed: "an address, for example 127.0.0.1",
  read: (text) => text || undefined,
};

const flag: Rule<boolean> = {
  allowed: "true or false",
  read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
};

const chance: Rule<number> = {
  allowed: "a chance from 0 to 1, for example 0.05",
  read: (text) => (/^[\d.]+(e-\d+)?$/.test(text) && +text <= 1 ? Number(text) : undefined),
};

const milliseconds: Rule<{ least: number; most: number }> = {
  allowed: "milliseconds from 0 to 600000, for example 100 or 50-200",
  read(text) {
    const [, least = "", most = least] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
    return least && +least <= +most && +most <= 600_000 ? { least: Number(least), most: Number(most) } : undefined;
  },
};

const failures: Rule<{ status: number; chance: number }[]> = {
  allowed: "statuses from 400 to 599 with their chance, which add up to 1 at the most, for example 503:0.1",
  read(text) {
    const list = text.split(",").map((each) => {
      const [, status, share = ""] = /^([45]\d\d):(.*)$/.exec(each) ?? [];
      return { status: Number(status), chance: chance.read(share) ?? Number.NaN };
    });
    // NaN is not either.
    return list.reduce((sum, each) => sum + each.chance, 0) <= 1 + Number.EPSILON ? list : undefined;
  },
};
