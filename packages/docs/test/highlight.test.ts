import { expect, test } from "vitest";
import { codeBlock, withCodeBlocks } from "../src/highlight.ts";

const toText = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const samples = {
  ts: "const a = <T>(b: T) => ({ b });\n\n  // { one } && two\n  a(`three`);",
  sh: 'curl --fail \\\n  --data \'{ "a": 1 }\' \\\n\n  "https://example.com/$ID"',
  json: '{\n  "a": ["b", 1, null]\n}',
  "no-such": "a < b",
};

test.for(Object.entries(samples))(
  "keeps the text of %s, and no space alone between two elements",
  ([language, code]) => {
    const html = codeBlock(code, language);
    expect(toText(html)).toBe(code);
    expect(html).not.toMatch(/>\s+</);
  },
);

test("gives colours by names, for the light and the dark page alike", () => {
  expect(codeBlock("const a = 1;", "ts")).toContain('<span style="color:var(--code-token-keyword)">const</span>');
});

test("makes HTML of a text's code blocks, with a button that copies, and leaves the rest", () => {
  expect(withCodeBlocks("One:\n\n```ts\na();\n\nb();\n```\n\nTwo `c`.")).toMatch(
    /^One:\n\n<pre tabindex="0"><button type="button" class="copy" aria-label="Copy"><\/button><code>.*<\/code><\/pre>\n\nTwo `c`\.$/s,
  );
});
