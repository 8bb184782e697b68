import { expect, test } from "vitest";
import { type MockOptions, startMock } from "../src/index.ts";
import { readOptions } from "../src/options.ts";

test.each<[MockOptions, string]>([
  [{ port: 65536 }, "port takes a number from 0 (any free port) to 65535, not 65536."],
  [{ host: "" }, 'host takes an address, for example 127.0.0.1, not "".'],
  [{ secrets: -1 }, "secrets takes a whole number from 0 to 1000000000, not -1."],
  [{ secrets: 1.5 }, "secrets takes a whole number from 0 to 1000000000, not 1.5."],
  [{ secrets: 1, versions: 0 }, "versions takes a whole number from 1 to 20, not 0."],
  [{ secrets: 1, versions: 21 }, "versions takes a whole number from 1 to 20, not 21."],
  [{ secrets: {} as number }, "secrets takes a list, or a whole number from 0 to 1000000000, not {}."],
  [{ port: null as never }, "port takes a number from 0 (any free port) to 65535, not null."],
  [{ onRequest: 5 as never }, "onRequest takes a function, not 5."],
  [{ seed: -1 }, "seed takes a whole number from 0 to 4294967295, not -1."],
  [
    { secrets: 1, maxLimit: 49 },
    "maxLimit takes a whole number from 50, which the service always serves, to 1000, not 49.",
  ],
  [
    { latency: -5 },
    "latency takes milliseconds from 0 to 600000, for example 100, or 50-200 with the smaller first, not -5.",
  ],
  [
    { latency: "200-50" },
    'latency takes milliseconds from 0 to 600000, for example 100, or 50-200 with the smaller first, not "200-50".',
  ],
  [
    { fail: "200:0.5" },
    'fail takes statuses from 400 to 599 with their chance, which add up to 1 at the most, for example 503:0.1, not "200:0.5".',
  ],
  [
    { fail: ["503:0.6", "500:0.6"] },
    'fail takes statuses from 400 to 599 with their chance, which add up to 1 at the most, for example 503:0.1, not "503:0.6,500:0.6".',
  ],
  [{ throttle: 0 }, "throttle takes a whole number from 1 to 1000000, not 0."],
  [{ reset: 5 }, "reset takes a chance from 0 to 1, for example 0.05, not 5."],
  [{ truncate: Number.NaN }, "truncate takes a chance from 0 to 1, for example 0.05, not NaN."],
  [{ expireTokensAfter: -1 }, "expireTokensAfter takes a whole number from 0 to 1000000000, not -1."],
  [{ versions: 3 }, "versions needs secrets: say which, or how many, the mock holds."],
  [{ maxLimit: 100 }, "maxLimit needs secrets: say which, or how many, the mock holds."],
  [{ repeatMarker: true }, "repeatMarker needs secrets: say which, or how many, the mock holds."],
])("a bad option is told in one line: %j", async (options, message) => {
  await expect(startMock(options)).rejects.toThrow(new RangeError(message));
});

test.each([
  [null, "null"],
  [5, "a number"],
  ["120", "a string"],
  [[{ name: "db" }], "a list"],
])("options that are no object are told: %j", async (options, shown) => {
  const message = `options must be an object, for example {"secrets": [{"name": "db"}]}, not ${shown}.`;
  await expect(startMock(options as never)).rejects.toThrow(new RangeError(message));
});

test("an option that is misspelt is told, too", async () => {
  const misspelt: object = { secret: 5 };
  await expect(startMock(misspelt)).rejects.toThrow(
    /^There is no option secret\. Options: port, host, .*, onRequest\.$/,
  );
});

test("options are the same as numbers and as text", () => {
  const numbers = readOptions({
    secrets: 5,
    latency: 100,
    reset: 0.05,
    fail: ["503:.1", "500:1e-1"],
    repeatMarker: true,
  });
  expect(
    readOptions({ secrets: "5", latency: "100", reset: "0.05", fail: ["503:.1", "500:1e-1"], repeatMarker: "true" }),
  ).toEqual(numbers);
  expect(numbers).toMatchObject({
    secrets: 5,
    latency: { least: 100, most: 100 },
    reset: 0.05,
    fail: [
      { status: 503, chance: 0.1 },
      { status: 500, chance: 0.1 },
    ],
    repeatMarker: true,
  });
});
