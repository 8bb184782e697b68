/** What a person sees on hover. Empty parts are left out. */
export interface Documentation {
  summary?: string | undefined;
  description?: string | undefined;
  /** Block tags, such as `@deprecated`. */
  tags?: string[];
}

/** A JSDoc comment: summary, blank line, description, tags. The only place where a comment's end is escaped. */
export function docComment({ summary, description, tags = [] }: Documentation): string {
  const parts = [summary, description, tags.join("\n")].map((part) => part?.trim()).filter(Boolean);
  if (parts.length === 0) return "";
  const lines = parts.join("\n\n").replaceAll("*/", "*\\/").split("\n");
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}
