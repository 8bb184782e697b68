import { expect, test } from "vitest";
import { finishPage } from "../src/finish.ts";

const page = [
  `<style data-styled="true">:root { --used: red; --via: var(--used); --tag-get: 1; --named: 2; --idle: 3; } a { color: var(--via) }</style>`,
  `<meta http-equiv="Content-Security-Policy" content="%policy%">`,
  `<a class="item" href="/secrets">Secrets</a>`,
  `<a href="#/components/schemas/ApiError">ApiError</a>`,
  `<style>%theme%</style><main>%plain%</main>`,
  `<script>%keyboard%</script>`,
  `<div data-testid="search-trigger" class="search">Search</div>`,
  `<button data-testid="color-mode-switcher" aria-label="light">`,
  // As Redoc's minified script has them.
  `<script>e={"data-testid":\`search-trigger\`,children:1};f={"data-testid":\`color-mode-switcher\`,onClick:()=>{c(t)},"aria-label":t,size:1};</script>`,
  `<script>n=!a&&t>0?t:0;r({isOpen:u||e.children.length>0&&e.content.contentType!==nh.GROUP})</script>`,
  `<script>e.content===null||s&&!P(e.gatePath,t)?null:e</script>`,
  `<script>const logo = "https://cdn.redoc.ly/redoc/logo-mini.svg", menu = {"aria-label":\`Example\`,options:[]}, names = ["--named", \`--tag-\${menu}\`], css = "--idle: 3";</script>`,
].join("\n");

const parts = { theme: "body { margin: 0 }", plain: "<h1>API</h1>", keyboard: "listen()" };

test("takes out the logo's address, and makes the links lead to sections", () => {
  const finished = finishPage(page, parts);
  expect(finished).not.toContain("cdn.redoc.ly");
  expect(finished).toContain(`<a class="item" href="#/secrets">`);
  expect(finished).toContain(`<a href="#/schemas/apierror">`);
  expect(finished).toContain("menu = {options:[]},");
  expect(finished).toContain("<style>body { margin: 0 }</style><main><h1>API</h1></main>");
});

test("makes buttons of what the keyboard has to reach, and labels them", () => {
  const finished = finishPage(page, parts);
  expect(finished).toContain('data-testid="search-trigger" role="button" tabindex="0" class="search"');
  expect(finished).toContain('`search-trigger`,role:"button",tabIndex:0,children:1');
  expect(finished).toContain('aria-label="Switch between light and dark">');
  expect(finished).toContain('"aria-label":"Switch between light and dark",size:1');
});

test("opens every group of sections, once the page is alive", () => {
  const finished = finishPage(page, parts);
  expect(finished).toContain("u||e.children.length>0&&(a||e.content.contentType!==nh.GROUP)");
  expect(finished).toContain("e.content===null?null:e");
});

test("leaves out of Redoc's styles what nothing names", () => {
  expect(finishPage(page, parts)).toContain(
    ":root { --used: red; --via: var(--used); --tag-get: 1; --named: 2;  } a { color: var(--via) }",
  );
});

test("allows the finished page's scripts by their hashes", () => {
  const policy = /content="([^"]*)"/.exec(finishPage(page, parts))?.[1];
  expect(policy).toContain("script-src 'sha256-9BGn+sB1ES8P/HpbAmeZoN9pGDfAxwcjrL0DgjfY/MA=' ");
  expect(policy).toContain(" 'sha256-Xnec64iL/rN4MkY3NYY1/HG6e2KwAYlncgjmU3Y7ZC8='; ");
  expect(policy?.match(/'sha256-/g)).toHaveLength(page.match(/<script>/g)?.length ?? 0);
});

test.for([
  "%theme%",
  "%plain%",
  "%keyboard%",
  '"aria-label":`Example`,options',
  "https://cdn.redoc.ly/redoc/logo-mini.svg",
  `href="/secrets"`,
  "&&e.content.contentType",
  "||s&&!P(e.gatePath,t)",
  "%policy%",
])("fails when the page does not hold %s", (part) => {
  expect(() => finishPage(page.replace(part, ""), parts)).toThrow("mend finish.ts");
});
