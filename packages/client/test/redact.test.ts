import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact } from "../src/runtime/http/redact.ts";

const html = (text: string) =>
  text.replace(/[&<>"']/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char] ?? "&#39;");
const json = (text: string) => JSON.stringify(text).slice(1, -1);

/** How a server may write down what it was sent. */
const escapes: Record<string, (text: string) => string> = {
  "as it is": (text) => text,
  "in JSON": json,
  "in JSON within JSON": (text) => json(json(text)),
  "in JSON that escapes more than it must": (text) =>
    json(text).replace(/[^\w\\"]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "in HTML": html,
  "in HTML, by numbers": (text) => text.replace(/\W/gu, (char) => `&#${char.codePointAt(0)};`),
  "in HTML, by hexadecimal numbers": (text) =>
    text.replace(/\W/gu, (char) => `&#x${char.codePointAt(0)?.toString(16)};`),
  "in a URL": encodeURIComponent,
};

// It begins and ends with what nobody escapes: else a test could not tell an escape's rest from a secret's.
const between = (middle: fc.Arbitrary<string>) => middle.map((text) => `p${text}q`);
const passwords = fc.oneof(
  between(fc.string({ unit: "grapheme-composite", minLength: 2, maxLength: 40 })),
  between(fc.string({ minLength: 2, maxLength: 40 })),
  fc.stringMatching(/^[A-Z][a-z]{3,9}[!@#$%^&*<>"'\\/+=-][0-9]{1,6}$/),
  fc.stringMatching(/^[0-9a-f]{64}$/),
);

/** What is seen of a secret; a backslash before a cut one may be JSON's. */
const seen = (shown: string) => shown.replace(/\*\*\*|\\|&#(92|x5c);|%5C/g, "");

describe.each(Object.entries(escapes))("a secret that is quoted %s", (_, quote) => {
  test("is hidden whole", () => {
    fc.assert(
      fc.property(passwords, (secret) => {
        expect(seen(redact(quote(secret), [secret]))).toBe("");
      }),
      { numRuns: 500 },
    );
  });

  test("is hidden when it is cut, down to half of it, and six characters, or to twelve", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-$'-:<-[\]-~]{8,60}$/), fc.nat(), fc.nat(), (secret, from, more) => {
        const shortest = Math.min(12, Math.max(6, Math.ceil(secret.length / 2)));
        const start = from % (secret.length - shortest + 1);
        const piece = secret.slice(start, start + shortest + (more % secret.length));
        expect(seen(redact(quote(piece), [secret]))).toBe("");
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  "P@ss!w0rd#1",
  "Tr0ub@dor&3x!",
  "Abc$12345",
  "a'b1",
  "++++",
  "50%25",
  "x&lt;y",
  "[*]+",
  "\\u0041bc",
  "p%00 \u{10000}q",
])("%s is hidden in each form", (secret) => {
  for (const quote of Object.values(escapes)) {
    expect(seen(redact(`\u8bf4${quote(secret)}`, [secret])), quote(secret)).toBe("\u8bf4");
  }
});

test("a secret that is wrapped into lines is hidden", () => {
  const secret = "MIIF+/aLongToken0123456789ForWrapping==";
  expect(redact(`token:\n  ${secret.slice(0, 17)}\n  ${secret.slice(17)}`, [secret])).toBe("token:\n  ***");
});

test("a short secret that is a word hides no part of other words", () => {
  expect(redact("X-Auth-Token: the token is invalid", ["token"])).toBe("X-Auth-Token: the *** is invalid");
});

test("a token of three characters, as a mock takes it, spoils no message", () => {
  expect(redact("too many tokens in a test of company", ["any", "a", ""])).toBe("too many tokens in a test of company");
});

test("text that holds no secret stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.stringMatching(/^[A-Z]{12,40}$/), (text, secret) => {
      fc.pre(!/[A-Z]{4}/.test(text));
      expect(redact(text, [secret, ""])).toBe(text);
    }),
  );
});

test("an id that a signature shares a few digits with stays as it is", () => {
  const signature = "0123456789abcdef".repeat(4);
  expect(redact("26c1db3b456789ab0e359e347d49299c", [signature], 12)).toBe("26c1db3b456789ab0e359e347d49299c");
});
