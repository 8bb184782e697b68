import { expect, test } from "vitest";
import { finishPage } from "../src/finish.ts";

const page = [
  `<style data-styled="true">:root { --used: red; --via: var(--used); --tag-get: 1; --named: 2; --idle: 3; } a { color: var(--via) }</style>`,
  `<meta http-equiv="Content-Security-Policy" content="%policy%">`,
  `<a class="item" href="/secrets">Secrets</a>`,
  `<style>%styles%</style><main>%plain%</main><script>%early%</script>`,
  // As Redoc's minified script has them.
  `<script>const logo = "https://cdn.redoc.ly/redoc/logo-mini.svg", names = ["--named", \`--tag-\${name}\`], css = "--idle: 3";</script>`,
  `<script type="module">%browser%</script>`,
].join("\n");

const parts = { styles: "body { margin: 0 }", plain: "<h1>API</h1>", early: "show()", browser: "listen()" };

test("takes out the logo's address, and makes the links lead to sections", () => {
  const finished = finishPage(page, parts);
  expect(finished).not.toContain("cdn.redoc.ly");
  expect(finished).toContain(`<a class="item" href="#/secrets">`);
  expect(finished).toContain("<style>body { margin: 0 }</style><main><h1>API</h1></main><script>show()</script>");
});

test("leaves out of Redoc's styles what nothing names", () => {
  expect(finishPage(page, parts)).toContain(
    ":root { --used: red; --via: var(--used); --tag-get: 1; --named: 2;  } a { color: var(--via) }",
  );
});

test("allows the finished page's scripts by their hashes", () => {
  const policy = /content="([^"]*)"/.exec(finishPage(page, parts))?.[1];
  // echo -n 'show()' | openssl dgst -sha256 -binary | base64
  expect(policy).toContain("script-src 'sha256-bZcXq6A55386WOhnm+CkmXOdvD/gkjsQT5fkz6gxfg8=' ");
  expect(policy?.match(/'sha256-/g)).toHaveLength(page.match(/<script/g)?.length ?? 0);
});

test.for([
  "%styles%",
  "%plain%",
  "%early%",
  "%browser%",
  "https://cdn.redoc.ly/redoc/logo-mini.svg",
  `href="/secrets"`,
  "%policy%",
])("fails when the page does not hold %s", (part) => {
  expect(() => finishPage(page.replace(part, ""), parts)).toThrow("mend finish.ts");
});
