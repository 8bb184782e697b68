import { createHash } from "node:crypto";

const vendorLogo = /https:\/\/cdn\.redoc\.ly\/redoc\/[\w-]+\.svg/g;
const prerenderedLink = /(?<=<a\b[^>]*\shref=")\//g;
const declaration = /(--[\w-]+)\s*:[^;{}]*;/g;
const styles = /<style data-styled[\s\S]*?<\/style>/g;
const script = /<script\b[^>]*>([\s\S]*?)<\/script>/g;

/** What the template leaves a place for, such as `%styles%`. */
export interface PageParts {
  styles: string;
  plain: string;
  early: string;
  browser: string;
}

/**
 * Puts our own parts in, and mends what no option of Redoc's can: the page asks no other host for anything, its policy
 * forbids it, and its links lead to its own sections.
 *
 * @throws Error when the page does not hold what is to be mended.
 */
export function finishPage(page: string, parts: PageParts): string {
  page = replace(page, vendorLogo, "data:,", "the address of Redoc's logo");
  // Redoc routes by the hash, but prerenders its menu as if it routed by the path.
  page = replace(page, prerenderedLink, "#/", "a link to a path");
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

function replace(page: string, pattern: RegExp | string, replacement: string, what: string): string {
  const replaced = page.replaceAll(pattern, () => replacement);
  if (replaced === page)
    throw new Error(`Redoc's page does not hold ${what}. Look at what it holds, and mend finish.ts.`);
  return replaced;
}
