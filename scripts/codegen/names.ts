/** `list-things` → `ListThings`, a name for a type. Anything that no identifier can hold separates words. */
export function pascalCase(text: string): string {
  const name = text
    .split(/[^\p{ID_Continue}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return /^\p{ID_Start}/u.test(name) ? name : `_${name}`;
}

/** A name as a property key: quoted where it must be. */
export function propertyKey(name: string): string {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}
