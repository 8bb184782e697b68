import { createCssVariablesTheme, createHighlighter } from "shiki";

const theme = createCssVariablesTheme({ name: "page", variablePrefix: "--code-" });
const highlighter = await createHighlighter({ langs: ["typescript", "shellscript", "json"], themes: [theme] });
interface Run {
  content: string;
  color?: string | undefined;
}

const COPY = `<button type="button" class="copy" aria-label="Copy"></button>`;
const fences = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** A code block in its colours, as HTML; a language that is not known stays plain. */
export function codeBlock(code: string, language = "text", before = ""): string {
  const isKnown = [...highlighter.getLoadedLanguages(), "text"].includes(language);
  const { tokens } = highlighter.codeToTokens(code.trim(), {
    lang: isKnown ? (language as "json") : "text",
    theme: "page",
  });
  const runs = tokens.flatMap((line, index): Run[] => (index === 0 ? line : [{ content: "\n" }, ...line]));
  return `<pre tabindex="0">${before}<code>${toHtml(runs)}</code></pre>`;
}

/** A Markdown text with its code blocks as HTML, each with a button that copies it. */
export function withCodeBlocks(markdown: string): string {
  return markdown.replaceAll(fences, (_, language: string, code: string) =>
    codeBlock(code, language || undefined, COPY),
  );
}

/** Spaces and line ends go with what follows them: alone between two elements Redoc would drop them. */
function toHtml(runs: Run[]): string {
  let html = "";
  let space = "";
  for (const { content, color } of runs) {
    if (content.trim() === "") {
      space += content;
      continue;
    }
    const text = escapeHtml(space + content);
    html += color && color !== "var(--code-foreground)" ? `<span style="color:${color}">${text}</span>` : text;
    space = "";
  }
  return html;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("{%", "&#123;%");
}
