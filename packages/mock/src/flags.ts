/** Turns an option's name into its flag: `maxLimit` into `--max-limit`. */
export function toFlag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Turns a flag into its option's name: `max-limit` into `maxLimit`. */
export function toOptionName(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
