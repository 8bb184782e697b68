import { Marked } from "marked";
import { codeBlock } from "./highlight.ts";
import type { Section } from "./sections.ts";

const addressLink = /(?<=\]\(#)(\/[^)\s]*)(?=\))/g;

/** The docs as plain HTML: for paper, for a reader without scripts, and until Redoc's script has run. */
export function plainEdition(sections: Section[]): string {
  const marked = new Marked({ renderer: { code: ({ text, lang }) => codeBlock(text, lang || undefined) } });
  return sections
    .map(({ address, title, text }, index) => {
      const heading = `${index === 0 ? "#" : "##"} ${title}`;
      const markdown = `${heading}\n\n${text}`.replaceAll(addressLink, (to) => `plain${to}`);
      return `<section id="plain${address}">\n${marked.parse(markdown, { async: false })}</section>`;
    })
    .join("\n");
}
