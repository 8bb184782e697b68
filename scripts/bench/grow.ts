interface Description {
  paths?: object;
  components?: { schemas?: object };
}

/** A description with at least so many operations: those of another, each time with schemas of their own. */
export function grow(description: Description, operations: number): Description {
  const { paths = {}, components } = description;
  const text = JSON.stringify([paths, components?.schemas]);
  const grownPaths: [string, unknown][] = [];
  const grownSchemas: [string, unknown][] = [];
  for (let copy = 0; copy < operations / Object.keys(paths).length; copy++) {
    // What has a name gets another in each copy but the first.
    const suffix = copy || "";
    const renamed = text.replaceAll(/("(?:#\/components\/schemas\/|operationId":")\w+)/g, `$1${suffix}`);
    const [itsPaths, itsSchemas]: [object, object] = JSON.parse(renamed);
    for (const [path, item] of Object.entries(itsPaths)) grownPaths.push([copy ? `/copy${copy}${path}` : path, item]);
    for (const [name, schema] of Object.entries(itsSchemas)) grownSchemas.push([name + suffix, schema]);
  }
  return {
    ...description,
    paths: Object.fromEntries(grownPaths),
    components: { ...components, schemas: Object.fromEntries(grownSchemas) },
  };
}
