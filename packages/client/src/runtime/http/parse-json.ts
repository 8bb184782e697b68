/** A body as JSON, or as the text that it is. */
// biome-ignore lint/suspicious/noExplicitAny: what a server sends.
export function parseJson(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
