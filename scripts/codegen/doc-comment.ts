/** What a person sees on hover. Empty parts are left out. */
export interface Documentation {
  summary?: string | undefined;
  description?: string | undefined;
  /** Block tags, such as `@deprecated`. */
  tags?: string[];
}

/** A JSDoc comment: summary, blank line, description, tags. The only place where a comment's end is escaped. */
export function docComment({ summary, description, tags = [] }: Documentation): string {
  // A line that begins with @ would begin a tag.
  const prose = [summary, description].map((part) => part?.replace(/^(\s*)@/gm, "$1\\@"));
  const parts = [...prose, tags.join("\n")].map((part) => part?.trim()).filter(Boolean);
  if (parts.length === 0) return "";
  const lines = parts.join("\n\n").replaceAll("*/", "*\\/").split("\n");
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}
