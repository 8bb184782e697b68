/**
 * What a description points at is there: a chapter of `info.description` by its title, `(*Paging*)`, and a schema by a
 * link, `[Page](#/components/schemas/Page)`. The docs make links of them.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const links = () => {
  /** @type {string[]} */
  let titles = [];
  return {
    Root(root) {
      titles = Array.from(String(root?.info?.description).matchAll(/^## +(.*\S)/gm), ([, title = ""]) => title);
    },
    any(node, { location, report, resolve }) {
      const { description } = Object(node);
      if (typeof description !== "string") return;
      const at = location.child("description");
      for (const [, text = ""] of description.matchAll(/\(\*([A-Z][^*]*)\*\)/g)) {
        const title = text.replaceAll(/\s+/g, " ");
        if (titles.includes(title)) continue;
        report({
          message: `There is no chapter "${title}": info.description has ${titles.join(", ") || "none"}.`,
          location: at,
        });
      }
      for (const [, target = ""] of description.matchAll(/\]\((#[^)]*)\)/g)) {
        const isSchema = target.startsWith("#/components/schemas/") && resolve({ $ref: target }).node !== undefined;
        // What else begins so may be an address of the docs page.
        if (isSchema || /^#\/(?!components\/)/.test(target)) continue;
        report({
          message: `The link ${target} leads nowhere. Link a schema by #/components/schemas/<its name>, and name a chapter: (*Its title*).`,
          location: at,
        });
      }
    },
  };
};
