/**
 * A rule that says nothing while a `$ref` leads nowhere: Redocly says that, and what else is wrong may come of it.
 *
 * @type {(rule: Rule) => Rule}
 */
export const afterRefs = (rule) => (options) => {
  /** @type {(() => void)[]} */
  const reports = [];
  let lost = false;

  /** @type {(visitor: any) => any} */
  const hold = (visitor) => {
    if (typeof visitor === "object") {
      return Object.fromEntries(Object.entries(visitor).map(([type, inner]) => [type, hold(inner)]));
    }
    return (/** @type {any} */ node, /** @type {Context} */ context, /** @type {any[]} */ ...parents) => {
      const report = (/** @type {any} */ problem) => reports.push(() => context.report(problem));
      visitor(node, { ...context, report }, ...parents);
    };
  };

  return [
    hold(rule(options)),
    {
      ref: (_node, _context, { node }) => {
        if (node === undefined) lost = true;
      },
      Root: {
        leave() {
          if (!lost) for (const report of reports) report();
        },
      },
    },
  ];
};

/**
 * @typedef {import("@redocly/openapi-core").Oas3Rule} Rule
 * @typedef {import("@redocly/openapi-core").UserContext} Context
 */
