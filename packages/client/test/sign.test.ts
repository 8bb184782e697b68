import { createHash, createHmac } from "node:crypto";
import nodeUrl from "node:url";
import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { createSha256 } from "../src/runtime/credentials/sha256.ts";
import { sign } from "../src/runtime/credentials/sign.ts";

interface Sample {
  method: string;
  host: string;
  /** As they are meant, not percent-encoded. */
  segments: string[];
  query: [name: string, value: string][];
  headers: Record<string, string>;
  /** Becomes a JSON body, unless null. */
  data: unknown;
  accessKeyId: string;
  secretAccessKey: string;
}

const bodyOf = ({ data }: Sample) => new TextEncoder().encode(data === null ? "" : JSON.stringify(data));

function ourSignature(sample: Sample): Promise<string> {
  const { method, host, segments, query, headers, accessKeyId, secretAccessKey } = sample;
  const path = segments.map(encodeURIComponent).join("/");
  const search = query.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  const url = new URL(`https://${host}/${path}${search && `?${search}`}`);
  return sign({ method, url, body: bodyOf(sample).buffer }, headers, {
    accessKeyId,
    sha256: createSha256(secretAccessKey),
  });
}

function officialSignature({ method, host, segments, query, headers, data, accessKeyId, secretAccessKey }: Sample) {
  // The signer takes a parsed address as it is. Text it would parse with url.parse(), which escapes some characters,
  // and then escape a second time; what a server receives, and what other SDKs sign, is escaped once.
  const Url: new () => object = Reflect.get(nodeUrl, "Url");
  const queryParams: Record<string, string[]> = Object.create(null);
  for (const [name, value] of query) queryParams[name] = [...(queryParams[name] ?? []), value];
  const signed = AKSKSigner.sign(
    {
      method,
      endpoint: Object.assign(new Url(), { host, pathname: `/${segments.join("/")}` }),
      queryParams,
      headers,
      data,
    },
    { getAk: () => accessKeyId, getSk: () => secretAccessKey } as Parameters<typeof AKSKSigner.sign>[1],
  );
  return Reflect.get(signed, "Authorization");
}

// Any Unicode, and often what needs an escape, or looks as if it were one.
const text = (options?: fc.StringConstraints) =>
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 12, ...options }),
    fc.string({
      unit: fc.constantFrom(..."aZ0-._~!*'()+ %2F/\\?#&=:;@,$[]{}|^`\"<>é密🔑é\u2028\t\n"),
      maxLength: 8,
      ...options,
    }),
  );

const sample: fc.Arbitrary<Sample> = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"),
  host: fc.constantFrom("kms.cn-north-4.myhuaweicloud.com", "localhost:8080", "127.0.0.1:65535", "[::1]:4010"),
  // A URL resolves "." and ".."; the official signer gets the path in one piece, so that "/" begins another segment.
  segments: fc.array(
    text().filter((segment) => !/^\.\.?$|\//.test(segment)),
    { maxLength: 5 },
  ),
  // NUL is what sign.ts puts between name and value to sort them; no parameter has one in its name.
  query: fc.array(
    fc.tuple(
      fc.oneof(
        text({ minLength: 1 }).filter((name) => !name.includes("\0")),
        fc.constantFrom("a", "a-b", "A", "ab", "limit", "10", "9", "__proto__"),
      ),
      text(),
    ),
    { maxLength: 6 },
  ),
  headers: fc
    .record({
      date: fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }),
      "X-Project-Id": fc.option(
        fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 32, maxLength: 32 }),
      ),
      "X-Security-Token": fc.option(fc.base64String({ minLength: 4, maxLength: 200 })),
      "content-type": fc.option(fc.constant("application/json")),
    })
    .map(({ date, ...optional }) => ({
      "X-Sdk-Date": date.toISOString().replace(/[-:]|\.\d+/g, ""),
      ...Object.fromEntries(Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== null)),
    })),
  data: fc.option(fc.dictionary(text(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 })),
  accessKeyId: fc.string({
    unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    minLength: 1,
    maxLength: 20,
  }),
  secretAccessKey: text({ minLength: 1, maxLength: 40 }),
});

test("byte for byte the official signer's result", async () => {
  await fc.assert(
    fc.asyncProperty(sample, async (request) => {
      expect(await ourSignature(request)).toBe(officialSignature(request));
    }),
    { numRuns: 2000 },
  );
}, 30_000);

test("the printed shape", async () => {
  const headers = { "X-Sdk-Date": "20260102T030405Z" };
  const url = new URL("https://kms.cn-north-4.myhuaweicloud.com/v1/p/secrets");
  expect(
    await sign({ method: "GET", url, body: undefined }, headers, { accessKeyId: "AK", sha256: createSha256("SK") }),
  ).toMatch(/^SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=[0-9a-f]{64}$/);
});

describe("SHA-256 by node:crypto, and by WebCrypto where there is none", () => {
  function bothWith(key: string) {
    const byNode = createSha256(key);
    const getBuiltinModule = vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never);
    const byWebCrypto = createSha256(key);
    getBuiltinModule.mockRestore();
    return [byNode, byWebCrypto] as const;
  }

  test("hash", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(text(), fc.uint8Array()), async (data) => {
        const hash = createHash("sha256").update(data).digest("hex");
        for (const sha256 of bothWith("SK")) {
          expect(await sha256.hash(typeof data === "string" ? data : new Uint8Array(data))).toBe(hash);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("hmac, with keys shorter and longer than a block", async () => {
    await fc.assert(
      fc.asyncProperty(text({ minLength: 1, maxLength: 200 }), text(), async (key, data) => {
        const hash = createHmac("sha256", key).update(data).digest("hex");
        for (const sha256 of bothWith(key)) {
          expect(await sha256.hmac(data)).toBe(hash);
          expect(await sha256.hmac(data)).toBe(hash);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("each is what it says", () => {
    const [byNode, byWebCrypto] = bothWith("SK");
    expect([byNode.hash(""), byNode.hmac("")]).toEqual([expect.any(String), expect.any(String)]);
    expect([byWebCrypto.hash(""), byWebCrypto.hmac("")]).toEqual([expect.any(Promise), expect.any(Promise)]);
  });
});
