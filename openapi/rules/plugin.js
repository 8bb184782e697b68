import { errors } from "./errors.js";
import { examples } from "./examples.js";
import { noSecretValue } from "./no-secret-value.js";
import { paging } from "./paging.js";

/** @type {import("@redocly/openapi-core").Plugin} */
const plugin = { id: "csms", rules: { oas3: { errors, examples, "no-secret-value": noSecretValue, paging } } };

// Redocly wants a function.
export default () => plugin;
