/**
 * Every operation documents each of `statuses`, and every error answers with `schema` and shows an example.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const errors = ({ statuses, schema }) => ({
  Operation(operation, { location, report }) {
    const missing = statuses.filter((/** @type {string} */ status) => !operation?.responses?.[status]);
    if (missing.length === 0) return;
    report({
      message: `"${operation?.operationId}" does not document ${missing.join(", ")}. Every operation can fail like this: add each with a $ref to its answer in components/responses.`,
      location: location.child("responses").key(),
    });
  },

  Response(response, { key, location, report, resolve }) {
    if (!/^[45]/.test(String(key))) return;

    const json = response?.content?.["application/json"];
    const at = location.child(["content", "application/json"]);
    if (json?.schema?.$ref !== schema) {
      report({
        message: `The error ${key} does not answer with the schema that every error has. Give its application/json this schema: {$ref: "${schema}"}.`,
        location: at.child("schema").key(),
      });
    }

    const shown = Object.values(json?.examples ?? {}).map((example) => resolve(example).node?.value);
    if (json && [json.example, ...shown].every((value) => value === undefined)) {
      report({
        message: `The error ${key} shows no example. Add one under "examples", with a code that the service really sends.`,
        location: at.key(),
      });
    }
  },
});
