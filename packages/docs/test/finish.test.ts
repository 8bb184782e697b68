import { expect, test } from "vitest";
import { finishPage } from "../src/finish.ts";

const page = [
  `<meta http-equiv="Content-Security-Policy" content="%policy%">`,
  `<a class="item" href="/secrets">Secrets</a>`,
  `<a href="#/components/schemas/ApiError">ApiError</a>`,
  `<script>const logo = "https://cdn.redoc.ly/redoc/logo-mini.svg";</script>`,
].join("\n");

test("takes out the logo's address, and makes the links lead to sections", () => {
  const finished = finishPage(page);
  expect(finished).not.toContain("cdn.redoc.ly");
  expect(finished).toContain(`<a class="item" href="#/secrets">`);
  expect(finished).toContain(`<a href="#/schemas/apierror">`);
});

test("allows the finished page's scripts by their hashes", () => {
  const hash = "sha256-yXPwxldvQ2KGHXNGLz+qHkDaEPBvt0kz7ZDpOLWWRSM=";
  expect(finishPage(page)).toContain(`script-src '${hash}'`);
});

test.for(["https://cdn.redoc.ly/redoc/logo-mini.svg", `href="/secrets"`, "%policy%"])(
  "fails when the page does not hold %s",
  (part) => {
    expect(() => finishPage(page.replace(part, ""))).toThrow("mend finish.ts");
  },
);
