/** `list-things` → `ListThings`, a name for a type. Anything that no identifier can hold separates words. */
export function pascalCase(text: string): string {
  const name = text
    .split(/[^\p{ID_Continue}]+/u)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return /^\p{ID_Start}/u.test(name) ? name : `_${name}`;
}

/** `repos/list-tags` → `reposListTags`, a name for a method. */
export function camelCase(text: string): string {
  const name = pascalCase(text);
  return name.charAt(0).toLowerCase() + name.slice(1);
}
