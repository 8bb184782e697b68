// What may stand for a character: itself, or an escape of JSON, HTML or URLs, one inside the other.
const UNIT =
  /\\+u([\da-f]{4})|&(?:amp;)*#x([\da-f]+);|%(?:25)*([\da-f]{2})|&(?:amp;)*#(\d+);|&(?:amp;)*(lt|gt|quot|apos|amp);|\\+[bfnrt]|./gisu;
// Each behind its character.
const ENTITIES = `<lt>gt"quot'apos&amp`;
// A text is wrapped at spaces; backslashes come with JSON.
const DROPPED = /[\s\\]/;

/**
 * Hides what a text quotes of the secrets that were sent, however it is escaped or wrapped: the whole of one, and a piece
 * that is half of one, and six characters, or has twelve. What has less than four is no secret, and in every other word.
 *
 * @param minimum How long such a piece is at the least, in characters.
 */
export function redact(text: string, secrets: readonly string[], minimum = 6): string {
  let result = text;
  for (const secret of secrets.filter(({ length }) => length > 3)) {
    for (const form of [encodeURIComponent(secret.toWellFormed()), secret]) result = result.replaceAll(form, "***");
    const { chars, places } = read(result);
    const shown = result.split("");
    // What looks like an escape in the secret may be one, or not, where it is quoted.
    for (const sent of [secret.replace(/[\s\\]/g, ""), read(secret).chars]) {
      const size = Math.min(sent.length, Math.max(minimum, Math.min(12, Math.ceil(sent.length / 2))));
      for (let end = size; size && end <= chars.length; end++) {
        if (sent.includes(chars.slice(end - size, end)))
          shown.fill("***", places[end - size]?.[0], places[end - 1]?.[1]);
      }
    }
    result = shown.join("").replace(/(\*{3})+/g, "***");
  }
  return result;
}

/** The characters that a text stands for, and where each of them begins and ends in it. */
function read(text: string): { chars: string; places: [start: number, end: number][] } {
  const places: [number, number][] = [];
  let chars = "";
  for (const { 0: unit, 1: json, 2: hex, 3: url, 4: decimal, 5: entity, index } of text.matchAll(UNIT)) {
    const hexadecimal = json ?? hex ?? url;
    const code = entity
      ? ENTITIES.charCodeAt(ENTITIES.indexOf(entity) - 1)
      : hexadecimal
        ? Number.parseInt(hexadecimal, 16)
        : Number(decimal ?? unit.codePointAt(0));
    const char = String.fromCodePoint(Math.min(code, 0x10ffff));
    if (DROPPED.test(char)) continue;
    chars += char;
    // As often as it has units: some write a pair of surrogates as two escapes.
    for (const _ of char.split("")) places.push([index, index + unit.length]);
  }
  return { chars, places };
}
