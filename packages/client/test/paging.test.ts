import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsmsClient, CsmsPaginationError, type FetchLike } from "../src/index.ts";
import { connect, secretsPage } from "./servers.ts";

interface Behaviour {
  total: number;
  /** The most items that a page carries, whatever `limit` says. */
  cap: number;
  /** Whether a page begins with the marker's own item, or after it. */
  includesMarker: boolean;
  /** Whether `next_marker` names the page's last item, or the one after it. */
  next: "last" | "following";
  /** Whether the last page has a `next_marker`, too. */
  markerAtEnd: boolean;
}

const idOf = (index: number) => `item-${index}`;
const ids = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => idOf(from + i));

/** A list of `total` items behind `fetch`. Each request's query goes to `queries`. */
function list({ total, cap, includesMarker, next, markerAtEnd }: Behaviour, queries: URLSearchParams[] = []) {
  const fetch: FetchLike = async (url) => {
    const { pathname, searchParams } = new URL(url);
    queries.push(searchParams);
    const marker = searchParams.get("marker");
    const start = marker === null ? 0 : Number(marker.slice("item-".length)) + (includesMarker ? 0 : 1);
    const end = Math.min(total, start + Math.min(Number(searchParams.get("limit") ?? 50), cap));
    const hasMarker = end < total || (markerAtEnd && end > start);
    const next_marker = hasMarker ? idOf(next === "last" || end === total ? end - 1 : end) : null;
    const items = ids(start, end);
    return Response.json(
      pathname.endsWith("/versions")
        ? { version_metadatas: items.map((id) => ({ id })), page_info: { next_marker } }
        : secretsPage(items, next_marker),
    );
  };
  return connect({ url: "http://localhost" }, { fetch, maxRetries: 0 });
}

/** Answers each request with the page that follows the last one; the pages after the end are the last again. */
function script(...pages: [names: string[], next: unknown][]) {
  const calls: string[] = [];
  const fetch: FetchLike = async (url) => {
    const [names, next] = pages[Math.min(calls.push(url), pages.length) - 1] ?? [[], null];
    return Response.json(secretsPage(names, next));
  };
  return { client: connect({ url: "http://localhost" }, { fetch, maxRetries: 0 }), calls };
}

const namesOf = (client: CsmsClient, limit?: number, marker?: string) =>
  Array.fromAsync(client.listSecrets({ limit, marker }), ({ name }) => name);

/** Any server that a list can be read from, and a limit to read it with. */
const listing = fc
  .record({
    total: fc.nat({ max: 300 }),
    limit: fc.option(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1000 })), { nil: undefined }),
    cap: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1000 })),
    includesMarker: fc.boolean(),
    next: fc.constant("last" as const),
    markerAtEnd: fc.boolean(),
  })
  // The contract says that 50 is served in full.
  .map(({ cap, ...rest }) => ({ ...rest, cap: (rest.limit ?? 50) === 50 ? Math.max(50, cap) : cap }))
  // Pages of one item that is the marker's own never get on.
  .filter(({ limit, cap, includesMarker }) => !includesMarker || (cap > 1 && limit !== 1));

describe("every item comes once, in order, whatever the server does", () => {
  test("secrets", async () => {
    await fc.assert(
      fc.asyncProperty(listing, async ({ limit, ...behaviour }) => {
        expect(await namesOf(list(behaviour), limit)).toEqual(ids(0, behaviour.total));
      }),
      { numRuns: 200 },
    );
  }, 20_000);

  test("secrets, from a marker on", async () => {
    await fc.assert(
      fc.asyncProperty(
        listing.filter(({ total, limit }) => total > 0 && limit !== undefined),
        fc.nat(),
        async ({ limit, ...behaviour }, random) => {
          const index = random % behaviour.total;
          expect(await namesOf(list(behaviour), limit, idOf(index))).toEqual(ids(index + 1, behaviour.total));
        },
      ),
      { numRuns: 100 },
    );
  }, 20_000);

  test("the pages hold what the listing gives", async () => {
    await fc.assert(
      fc.asyncProperty(listing, async ({ limit, ...behaviour }) => {
        const pages = await Array.fromAsync(list(behaviour).listSecrets({ limit }).pages());
        expect(pages.flatMap(({ secrets }) => secrets.map(({ name }) => name))).toEqual(ids(0, behaviour.total));
      }),
      { numRuns: 100 },
    );
  }, 20_000);

  test("versions, of which a page carries 20 at the most", async () => {
    await fc.assert(
      fc.asyncProperty(
        listing.filter(({ limit }) => limit !== 20),
        async ({ limit, ...behaviour }) => {
          const total = Math.min(20, behaviour.total);
          const client = list({ ...behaviour, total, cap: limit === undefined ? 20 : Math.min(20, behaviour.cap) });
          const versions = client.listSecretVersions({ secret_name: "db", limit });
          expect(await Array.fromAsync(versions, ({ id }) => id)).toEqual(ids(0, total));
        },
      ),
      { numRuns: 100 },
    );
  }, 20_000);

  test("more versions than a page carries, when the limit is the most that it carries", async () => {
    const client = list({ total: 50, cap: 20, includesMarker: false, next: "last", markerAtEnd: false });
    const versions = client.listSecretVersions({ secret_name: "db", limit: 20 });
    expect(await Array.fromAsync(versions, ({ id }) => id)).toEqual(ids(0, 50));
  });

  test("more versions than a page carries, from a server that caps the default limit", async () => {
    const client = list({ total: 45, cap: 20, includesMarker: false, next: "last", markerAtEnd: true });
    const versions = client.listSecretVersions({ secret_name: "db" });
    expect(await Array.fromAsync(versions, ({ id }) => id)).toEqual(ids(0, 45));
  });

  test("a marker that names the next page's first item, and not this page's last", async () => {
    await fc.assert(
      fc.asyncProperty(
        listing.filter(({ limit, cap }) => limit !== 1 && cap > 1),
        async ({ limit, ...behaviour }) => {
          const client = list({ ...behaviour, includesMarker: true, next: "following" });
          expect(await namesOf(client, limit)).toEqual(ids(0, behaviour.total));
        },
      ),
      { numRuns: 100 },
    );
  }, 20_000);
});

test("awaiting gives the first page, exactly as sent, also when it begins with the marker's item", async () => {
  const client = list({ total: 10, cap: 1000, includesMarker: true, next: "last", markerAtEnd: true });
  expect(await client.listSecrets({ limit: 3, marker: "item-4" })).toEqual(
    secretsPage(["item-4", "item-5", "item-6"], "item-6"),
  );
});

describe("no request is wasted", () => {
  const behaviour = { cap: 1000, includesMarker: false, next: "last", markerAtEnd: false } as const;
  const count = async (options: Omit<Behaviour, "cap">, limit?: number) => {
    const queries: URLSearchParams[] = [];
    await namesOf(list({ ...behaviour, ...options }, queries), limit);
    return queries.length;
  };

  test("a last page without a marker ends the list", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 300 }),
        fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        async (total, limit) => {
          expect(await count({ ...behaviour, total }, limit)).toBe(Math.max(1, Math.ceil(total / (limit ?? 50))));
        },
      ),
    );
  });

  test("a last page without a marker ends the list, when pages begin with the marker's item", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 300 }), async (total) => {
        const requests = await count({ ...behaviour, total, includesMarker: true });
        expect(requests).toBe(Math.max(1, Math.ceil((total - 1) / 49)));
      }),
    );
  });

  test.for([undefined, 50])("with limit %s, a page that is not full ends the list, marker or not", async (limit) => {
    expect(await count({ ...behaviour, total: 3, markerAtEnd: true }, limit)).toBe(1);
    expect(await count({ ...behaviour, total: 120, markerAtEnd: true }, limit)).toBe(3);
    expect(await count({ ...behaviour, total: 120, markerAtEnd: true, includesMarker: true }, limit)).toBe(3);
  });

  test("a page is fetched when it is asked for, and break fetches no more", async () => {
    const queries: URLSearchParams[] = [];
    const client = list({ ...behaviour, total: 1000 }, queries);
    for await (const { name } of client.listSecrets({ limit: 10 })) {
      if (name === "item-24") break;
    }
    expect(queries).toHaveLength(3);
    for await (const _ of client.listSecrets({ limit: 10 }).pages()) break;
    expect(queries).toHaveLength(4);
  });
});

test("what the caller does to a page changes nothing", async () => {
  const client = list({ total: 100, cap: 1000, includesMarker: true, next: "last", markerAtEnd: true });
  const names: string[] = [];
  for await (const { secrets } of client.listSecrets({ limit: 10 }).pages()) {
    names.push(...secrets.map(({ name }) => name));
    if (names.length % 2) secrets.reverse();
    else secrets.length = 0;
  }
  expect(names).toEqual(ids(0, 100));
});

test("marker is never sent without limit", async () => {
  await fc.assert(
    fc.asyncProperty(listing, async ({ limit, ...behaviour }) => {
      const queries: URLSearchParams[] = [];
      await namesOf(list(behaviour, queries), limit);
      expect(queries[0]?.get("limit")).toBe(limit === undefined ? null : `${limit}`);
      for (const query of queries) {
        if (query.has("marker")) expect(query.get("limit")).toBe(`${limit ?? 50}`);
      }
    }),
    { numRuns: 100 },
  );
});

test("each iteration of a request is a listing of its own", async () => {
  const request = list({
    total: 120,
    cap: 50,
    includesMarker: true,
    next: "last",
    markerAtEnd: true,
  }).listSecrets();
  expect(await Array.fromAsync(request, ({ name }) => name)).toEqual(ids(0, 120));
  expect(await Array.fromAsync(request, ({ name }) => name)).toEqual(ids(0, 120));
});

test.for([[undefined], [null], [""]])(
  "a next_marker that is %o ends the list, also after a full page",
  async ([next]) => {
    const { client, calls } = script([["a", "b"], next]);
    expect(await namesOf(client, 2)).toEqual(["a", "b"]);
    expect(calls).toHaveLength(1);
  },
);

test("an empty page ends the list, marker or not", async () => {
  const { client, calls } = script([["a", "b"], "b"], [[], "b"]);
  expect(await namesOf(client, 2)).toEqual(["a", "b"]);
  expect(calls).toHaveLength(2);
});

test("an empty list is one empty page", async () => {
  const { client } = script([[], null]);
  expect(await Array.fromAsync(client.listSecrets().pages(), ({ secrets }) => secrets)).toEqual([[]]);
});

describe("markers that lead nowhere are an error, never a loop or a silent end", () => {
  const loops: Record<string, [names: string[], next: unknown][]> = {
    "the same page again": [
      [["a", "b"], "b"],
      [["a", "b"], "b"],
    ],
    "the same marker with other items": [
      [["a", "b"], "b"],
      [["c", "d"], "b"],
    ],
    "a cycle of markers": [
      [["a", "b"], "b"],
      [["c", "d"], "d"],
      [["e", "f"], "f"],
      [["g", "h"], "b"],
    ],
    "a full page with nothing but the marker's item": [
      [["a"], "a"],
      [["a"], "z"],
    ],
  };
  test.for(Object.entries(loops))("%s", async ([, pages]) => {
    const { client, calls } = script(...pages);
    const limit = pages[0]?.[0].length;
    const names: string[] = [];
    const reading = (async () => {
      for await (const { name } of client.listSecrets({ limit })) names.push(name);
    })();
    await expect(reading).rejects.toThrow(CsmsPaginationError);
    await expect(reading).rejects.toMatchObject({ name: "CsmsPaginationError", operationId: "listSecrets" });
    expect(new Set(names).size).toBe(names.length);
    expect(calls).toHaveLength(pages.length);
  });

  test("a server that does not look at the marker", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (limit) => {
        const { client, calls } = script([ids(0, limit), idOf(limit - 1)]);
        await expect(namesOf(client, limit)).rejects.toThrow(CsmsPaginationError);
        expect(calls.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 60 },
    );
  });

  test("the marker that the caller began with", async () => {
    const { client, calls } = script([["b", "c"], "c"], [["d", "e"], "a"]);
    await expect(namesOf(client, 2, "a")).rejects.toThrow(CsmsPaginationError);
    expect(calls).toHaveLength(2);
  });

  test.for([7, true, { name: "b" }, "no such name"])("a next_marker that can't be one: %o", async (next) => {
    const { client, calls } = script([["a", "b"], next]);
    await expect(namesOf(client, 2)).rejects.toMatchObject({
      name: expect.stringMatching(/^Csms(Pagination|Response)Error$/),
    });
    expect(calls.length).toBeLessThanOrEqual(2);
  });

  test("a next_marker that breaks its rule: the error says which", async () => {
    const { client } = script([["a", "b"], "no such name"]);
    await expect(namesOf(client, 2)).rejects.toThrow(
      'next marker "no such name" leads nowhere: it must be text that matches ^',
    );
  });
});

test("memory stays flat over a million items", { timeout: 120_000 }, async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const heap = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const client = list({ total: 1_000_000, cap: 1000, includesMarker: false, next: "last", markerAtEnd: true });
  let count = 0;
  let early = 0;
  for await (const _ of client.listSecrets({ limit: 1000 })) {
    if (++count === 100_000) early = heap();
  }
  expect(count).toBe(1_000_000);
  // A million names alone are 40 MB.
  expect(heap() - early).toBeLessThan(8e6);
});
