import root from "../package.json" with { type: "json" };

/** Runs the package manager of this repository, whatever is installed. */
export const COMMAND = `npx -y ${root.packageManager}`;
