import type { Section } from "./sections.ts";

const addressLink = /(?<=\]\(#)(\/[^)\s]*)(?=\))/g;

/** The docs as one Markdown file, for agents and for `curl`. */
export function markdownEdition(sections: Section[]): string {
  const anchors = new Map(sections.map(({ address, title }) => [address, anchor(title)]));
  const parts = sections.map(({ title, text }, index) => `${index === 0 ? "#" : "##"} ${title}\n\n${text.trim()}\n`);
  return parts.join("\n").replaceAll(addressLink, (address) => anchors.get(address) ?? address);
}

/** What leads an agent to the docs (llmstxt.org). */
export function llmsText(sections: Section[], summary: string): string {
  const [start, ...others] = sections;
  return `# ${start?.title}

> ${summary}

- [The whole documentation](index.md): this page as Markdown
- [The OpenAPI description](csms.yaml): the contract, from which all else is made
- [The reference of the packages](reference/index.html): the TypeScript client, the mock and the types

## What the documentation holds

${others.map(({ title }) => `- [${title}](index.md#${anchor(title)})`).join("\n")}
`;
}

/** As GitHub makes one of a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}
