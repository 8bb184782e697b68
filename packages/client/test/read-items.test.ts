import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readItems } from "../src/runtime/read-items.ts";

type Step = "next" | "return" | "throw" | "wait";

async function* pagesOf(lengths: number[], fails: boolean): AsyncGenerator<string[], void, undefined> {
  for (const [page, length] of lengths.entries()) {
    await Promise.resolve();
    yield Array.from({ length }, (_, index) => `${page}-${index}`);
  }
  if (fails) throw new Error("a page failed");
}

/** What each call gives, in the order in which they settle. */
async function follow(reader: AsyncGenerator<string, void, undefined>, steps: Step[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const [call, step] of steps.entries()) {
    if (step === "wait") {
      await setImmediate();
    } else {
      const settled = step === "throw" ? reader.throw(new Error("thrown")) : reader[step]();
      settled.then(
        (result) => seen.push([call, result]),
        (error: Error) => seen.push([call, error.message]),
      );
    }
  }
  await setImmediate();
  return seen;
}

test("items are read as an async generator reads them, whatever is asked for at once", async () => {
  async function* reference(pages: AsyncIterable<string[]>): AsyncGenerator<string, void, undefined> {
    for await (const page of pages) for (const item of page) yield item;
  }
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.constant<Step>("next") },
    { weight: 4, arbitrary: fc.constant<Step>("wait") },
    fc.constantFrom<Step>("return", "throw"),
  );
  const lengths = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(lengths, fc.boolean(), fc.array(step, { maxLength: 16 }), async (lengths, fails, steps) => {
      const seen = await follow(
        readItems(pagesOf(lengths, fails), (page) => page),
        steps,
      );
      expect(seen).toEqual(await follow(reference(pagesOf(lengths, fails)), steps));
    }),
    { numRuns: 2_000 },
  );
});

test("break ends the pages", async () => {
  let isEnded = false;
  async function* pages() {
    try {
      yield [1, 2];
    } finally {
      isEnded = true;
    }
  }
  for await (const item of readItems(pages(), (page) => page)) if (item === 1) break;
  expect(isEnded).toBe(true);
});
