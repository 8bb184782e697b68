import { afterRefs } from "./after-refs.js";
import { errors } from "./errors.js";
import { examples } from "./examples.js";
import { links } from "./links.js";
import { noSecretValue } from "./no-secret-value.js";
import { openEnum } from "./open-enum.js";
import { paging } from "./paging.js";
import { tags } from "./tags.js";

/** @type {import("@redocly/openapi-core").Plugin} */
const plugin = {
  id: "csms",
  rules: {
    oas3: {
      errors: afterRefs(errors),
      examples,
      links,
      "no-secret-value": noSecretValue,
      "open-enum": openEnum,
      paging: afterRefs(paging),
      tags,
    },
  },
};

// Redocly wants a function.
export default () => plugin;
