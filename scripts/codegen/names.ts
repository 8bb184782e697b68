const WORDS =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
  "false finally for function if implements import in instanceof interface let new null package private protected " +
  "public return static super switch this throw true try typeof var void while with yield";

/** Whether a name can be a variable's. */
export function isBinding(name: string): boolean {
  return propertyKey(name) === name && !WORDS.split(" ").includes(name);
}

/** A name as a property key: quoted where it must be. */
export function propertyKey(name: string): string {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}
