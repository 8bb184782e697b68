/**
 * Hides what a text quotes of the secrets that were sent: each word that shares six characters with one. Words, because
 * a server may escape, cut or wrap what it quotes.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return text.replace(/[\w.-]{6,}/g, (word) => {
    for (let at = 0; at + 6 <= word.length; at++) {
      if (secrets.some((secret) => secret.includes(word.slice(at, at + 6)))) return "***";
    }
    return word;
  });
}
