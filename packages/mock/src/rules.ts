/** What an option may be. */
export interface Rule<Value> {
  /** What it takes, in words that follow "takes". */
  allowed: string;
  /** Undefined when the text is not allowed. */
  read(text: string): Value | undefined;
}

export function whole(least: number, most: number, allowed = `a whole number from ${least} to ${most}`): Rule<number> {
  return {
    allowed,
    read: (text) => (/^\d{1,10}$/.test(text) && +text >= least && +text <= most ? Number(text) : undefined),
  };
}

export const address: Rule<string> = {
  allowed: "an address, for example 127.0.0.1",
  read: (text) => text || undefined,
};

export const flag: Rule<boolean> = {
  allowed: "true or false",
  read: (text) => (text === "true" ? true : text === "false" ? false : undefined),
};

export const chance: Rule<number> = {
  allowed: "a chance from 0 to 1, for example 0.05",
  read: (text) => (/^[\d.]+(e-\d+)?$/.test(text) && +text <= 1 ? Number(text) : undefined),
};

export const milliseconds: Rule<{ least: number; most: number }> = {
  allowed: "milliseconds from 0 to 600000, for example 100, or 50-200 with the smaller first",
  read(text) {
    const [, least = "", most = least] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
    return least && +least <= +most && +most <= 600_000 ? { least: Number(least), most: Number(most) } : undefined;
  },
};

export const failures: Rule<{ status: number; chance: number }[]> = {
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
