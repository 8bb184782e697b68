import { expect, test } from "vitest";
import { finishPage } from "../src/finish.ts";

const page = [
  `<meta http-equiv="Content-Security-Policy" content="%policy%">`,
  `<a class="item" href="/secrets">Secrets</a>`,
  `<a href="#/components/schemas/ApiError">ApiError</a>`,
  `<style>%theme%</style><main>%plain%</main>`,
  `<script>%menuKeys%</script>`,
  `<script>const logo = "https://cdn.redoc.ly/redoc/logo-mini.svg", menu = {"aria-label":\`Example\`,options:[]};</script>`,
].join("\n");

const parts = { theme: "body { margin: 0 }", plain: "<h1>API</h1>", menuKeys: "listen()" };

test("takes out the logo's address, and makes the links lead to sections", () => {
  const finished = finishPage(page, parts);
  expect(finished).not.toContain("cdn.redoc.ly");
  expect(finished).toContain(`<a class="item" href="#/secrets">`);
  expect(finished).toContain(`<a href="#/schemas/apierror">`);
  expect(finished).toContain("menu = {options:[]}");
  expect(finished).toContain("<style>body { margin: 0 }</style><main><h1>API</h1></main>");
});

test("allows the finished page's scripts by their hashes", () => {
  const hashes =
    "'sha256-9BGn+sB1ES8P/HpbAmeZoN9pGDfAxwcjrL0DgjfY/MA=' 'sha256-Fr0VNx3VZvQUdfHBBmXYaZ7+ygmnBdqUgR91xvIfRHM='";
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
