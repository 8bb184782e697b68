import { expect, test } from "vitest";
import { finishPage } from "../src/finish.ts";

const page = [
  `<style data-styled="true">:root { --used: red; --via: var(--used); --tag-get: 1; --named: 2; --idle: 3; } a { color: var(--via) }</style>`,
  `<meta http-equiv="Content-Security-Policy" content="%policy%">`,
  `<a class="item" href="/secrets">Secrets</a>`,
  `<a href="#/components/schemas/ApiError">ApiError</a>`,
  `<style>%theme%</style><main>%plain%</main>`,
  `<script>%menuKeys%</script>`,
  `<script>const logo = "https://cdn.redoc.ly/redoc/logo-mini.svg", menu = {"aria-label":\`Example\`,options:[]}, names = ["--named", \`--tag-\${menu}\`], css = "--idle: 3";</script>`,
].join("\n");

const parts = { theme: "body { margin: 0 }", plain: "<h1>API</h1>", menuKeys: "listen()" };

test("takes out the logo's address, and makes the links lead to sections", () => {
  const finished = finishPage(page, parts);
  expect(finished).not.toContain("cdn.redoc.ly");
  expect(finished).toContain(`<a class="item" href="#/secrets">`);
  expect(finished).toContain(`<a href="#/schemas/apierror">`);
  expect(finished).toContain("menu = {options:[]},");
  expect(finished).toContain("<style>body { margin: 0 }</style><main><h1>API</h1></main>");
});

test("leaves out of Redoc's styles what nothing names", () => {
  expect(finishPage(page, parts)).toContain(
    ":root { --used: red; --via: var(--used); --tag-get: 1; --named: 2;  } a { color: var(--via) }",
  );
});

test("allows the finished page's scripts by their hashes", () => {
  const hashes =
    "'sha256-9BGn+sB1ES8P/HpbAmeZoN9pGDfAxwcjrL0DgjfY/MA=' 'sha256-Xnec64iL/rN4MkY3NYY1/HG6e2KwAYlncgjmU3Y7ZC8='";
  expect(finishPage(page, parts)).toContain(`script-src ${hashes}`);
});

test.for([
  "%theme%",
  "%plain%",
  "%menuKeys%",
  '"aria-label":`Example`,options',
  "https://cdn.redoc.ly/redoc/logo-mini.svg",
  `href="/secrets"`,
  "%policy%",
])("fails when the page does not hold %s", (part) => {
  expect(() => finishPage(page.replace(part, ""), parts)).toThrow("mend finish.ts");
});
