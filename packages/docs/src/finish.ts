import { createHash } from "node:crypto";

const vendorLogo = /https:\/\/cdn\.redoc\.ly\/redoc\/[\w-]+\.svg/g;
const prerenderedLink = /(?<=<a\b[^>]*\shref=")\//g;
const schemaPointer = /(?<=\]\(|href=")#\/components\/schemas\/(\w+)(?=\)|")/g;
const declaration = /(--[\w-]+)\s*:[^;{}]*;/g;
const styles = /<style data-styled[\s\S]*?<\/style>/g;
const closedGroup = /(=!(\w)&&\w>0\?(?:(?!=!).){1,400}?\.children\.length>0&&)(\w\.content\.contentType!==\w+\.GROUP)/g;
const closedItem = /\|\|\w&&!\w+\(\w\.gatePath,\w\)(?=\?null:)/g;
const searchField = /(?<=data-testid=)"search-trigger"|(?<="data-testid":)`search-trigger`/g;
const colourLabel = /(color-mode-switcher.{1,250}?"aria-label":)\w(?=,)|(color-mode-switcher" aria-label=")\w+/g;
const fixedLabel = /"aria-label":`Example`,(?=options:)/g;
const script = /<script\b[^>]*>([\s\S]*?)<\/script>/g;

/** What the template leaves a place for, such as `%theme%`. */
export interface PageParts {
  theme: string;
  plain: string;
  keyboard: string;
}

/**
 * Puts our own parts in, and mends what no option of Redoc's can: the page asks no other host for anything, its policy
 * forbids it, its links lead to its own sections, and all sections are there.
 *
 * @throws Error when the page does not hold what is to be mended.
 */
export function finishPage(page: string, parts: PageParts): string {
  page = replace(page, vendorLogo, "data:,", "the address of Redoc's logo");
  // Redoc routes by the hash, but prerenders its menu as if it routed by the path.
  page = replace(page, prerenderedLink, "#/", "a link to a path");
  // Redoc shows a tag's operations only when the address is theirs, so that scrolling or searching the page misses them.
  page = replace(
    page,
    closedGroup,
    (_, before, isHydrated, isOpen) => `${before}(${isHydrated}||${isOpen})`,
    "a closed group",
  );
  page = replace(page, closedItem, "", "an item of a closed group");
  page = replace(page, searchField, asButton, "the search field");
  page = replace(page, colourLabel, labelColours, "the switch between light and dark");
  // A menu's label hides the name of the example that it shows.
  page = replace(page, fixedLabel, "", "a menu labelled Example");
  page = page.replaceAll(schemaPointer, (_, name: string) => `#/schemas/${name.toLowerCase()}`);
  page = replace(page, styles, withoutUnusedProperties(page), "Redoc's styles");
  for (const [name, part] of Object.entries(parts)) page = replace(page, `%${name}%`, part, `a place for ${name}`);
  return replace(page, "%policy%", policyFor(page), "the place for the policy");
}

/** Redoc's styles, without the thousands of custom properties that nothing on the page names. */
function withoutUnusedProperties(page: string): string {
  let [css = ""] = page.match(styles) ?? [];
  const code = page.replace(styles, "");
  const namedByCode = new Set(code.match(/--[\w-]+(?![\w-]*\s*:)/g));
  const builtByCode = Array.from(code.matchAll(/(--[\w-]+-)\$\{/g), ([, beginning = ""]) => beginning);
  for (let size = 0; size !== css.length; ) {
    size = css.length;
    const namedByStyles = new Set(Array.from(css.matchAll(/var\(\s*(--[\w-]+)/g), ([, name]) => name));
    css = css.replace(declaration, (text, name: string) => {
      const isUsed = namedByStyles.has(name) || namedByCode.has(name);
      return isUsed || builtByCode.some((beginning) => name.startsWith(beginning)) ? text : "";
    });
  }
  return css;
}

function policyFor(page: string): string {
  const hashes = Array.from(page.matchAll(script), ([, code = ""]) => {
    return `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
  });
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** The keyboard reaches it, in the prerendered page and in what the script makes of it. */
function asButton(testId: string): string {
  return testId.startsWith("`") ? `${testId},role:"button",tabIndex:0` : `${testId} role="button" tabindex="0"`;
}

function labelColours(_: string, inScript: string | undefined, inPage = ""): string {
  return inScript ? `${inScript}"Switch between light and dark"` : `${inPage}Switch between light and dark`;
}

type Replacement = string | ((...match: string[]) => string);

function replace(page: string, pattern: RegExp | string, replacement: Replacement, what: string): string {
  const replaced = page.replaceAll(pattern, typeof replacement === "string" ? () => replacement : replacement);
  if (replaced === page)
    throw new Error(`Redoc's page does not hold ${what}. Look at what it holds, and mend finish.ts.`);
  return replaced;
}
