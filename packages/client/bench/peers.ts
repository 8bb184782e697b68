// What only the benchmarks need, installed when they run.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import root from "../../../package.json" with { type: "json" };
import { bundle } from "./bundle.ts";
import pinned from "./peers/package.json" with { type: "json" };

const folder = fileURLToPath(new URL("peers/", import.meta.url));
/** Where what generators make may import what is installed. */
export const generated = `${folder}generated/`;
const redocly = createRequire(new URL("../../../openapi/", import.meta.url)).resolve("@redocly/cli/bin/cli.js");

/** A program that makes a client of a description. */
export interface Generator {
  name: string;
  generate(description: string, output: string): void;
  /** What a program that lists secrets would import of it. */
  used: string;
}

const HEY_API = 'export { client } from "./client.gen.ts"; export { listSecrets } from "./sdk.gen.ts"';

function heyApi(config: { input: string; output: string; plugins?: (string | object)[] }): void {
  const file = `${config.output}.config.mjs`;
  mkdirSync(config.output, { recursive: true });
  writeFileSync(file, `export default ${JSON.stringify(config)}`);
  run(process.execPath, installed("@hey-api/openapi-ts/bin/run.js"), "--no-log-file", "-f", file);
}

export const generators = {
  redocly: {
    name: "redocly generate-client",
    generate(description, output) {
      // Paging has another name there.
      const contract = readFileSync(description, "utf8").replaceAll("x-redocly-pagination:", "x-redoclyPagination:");
      mkdirSync(output, { recursive: true });
      writeFileSync(`${output}/contract.yaml`, contract);
      run(process.execPath, redocly, "generate-client", `${output}/contract.yaml`, `--output=${output}/client.ts`);
    },
    used: 'export { configure, listSecrets } from "./client.ts"',
  },
  "hey-api": {
    name: "@hey-api/openapi-ts",
    generate: (input, output) => heyApi({ input, output }),
    used: HEY_API,
  },
  "hey-api-validator": {
    name: "@hey-api/openapi-ts, with its validator",
    generate: (input, output) =>
      heyApi({ input, output, plugins: ["@hey-api/client-fetch", "zod", { name: "@hey-api/sdk", validator: true }] }),
    used: HEY_API,
  },
  orval: {
    name: "orval",
    generate(description, output) {
      // The address is fixed when it generates: an expression leaves it open.
      const baseUrl = "$".concat('{Reflect.get(globalThis, "endpoint")}');
      const config = { client: { input: description, output: { target: "client.ts", client: "fetch", baseUrl } } };
      mkdirSync(output, { recursive: true });
      writeFileSync(`${output}/orval.config.mjs`, `export default ${JSON.stringify(config)}`);
      run(process.execPath, installed("orval/dist/bin/orval.mjs"), `--config=${output}/orval.config.mjs`);
    },
    used: 'export { listSecrets } from "./client.ts"',
  },
} satisfies Record<string, Generator>;

/** Where a generator's client of our contract is, once it is made. */
export const clientFile = (name: keyof typeof generators) => `${generated}${name}.js`;

/** Makes the generators' clients of our contract. */
export async function makeClients(): Promise<void> {
  const contract = fileURLToPath(new URL("../../../openapi/csms.yaml", import.meta.url));
  for (const [name, { generate, used }] of Object.entries(generators)) {
    const output = generated + name;
    generate(contract, output);
    writeFileSync(`${output}.js`, await bundle(used, { resolveDir: output }));
  }
}

/** What the figures were made with, and how. */
export function setting(): string[] {
  const packages = {
    "@redocly/cli": "../../../openapi",
    "@huaweicloud/huaweicloud-sdk-core": "..",
    "openapi-fetch": "..",
    undici: "..",
  };
  const ofWorkspace = Object.entries(packages).map(([name, place]): [string, string] => {
    const file = new URL(`${place}/node_modules/${name}/package.json`, import.meta.url);
    return [name, JSON.parse(readFileSync(file, "utf8")).version];
  });
  const versions = [...ofWorkspace, ...Object.entries(pinned.dependencies)].map((each) => each.join(" ")).sort();
  return [
    `${cpus()[0]?.model}, ${cpus().length} cores, ${process.platform}, Node.js ${process.version}`,
    versions.join(", "),
    `To make these figures again: \`npx -y ${root.packageManager} run bench\``,
  ];
}

const installed = (file: string) => `${folder}node_modules/${file}`;

/** TypeScript's, in the version that stands beside the figures. */
export const compiler = installed("typescript/bin/tsc");

export function installPeers(): void {
  run("npx", "-y", root.packageManager, "install", "--ignore-workspace", "--no-lockfile");
}

function run(program: string, ...options: string[]): void {
  const { status, stdout, stderr, error } = spawnSync(program, options, {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32" && program === "npx",
    env: { ...process.env, REDOCLY_TELEMETRY: "off" },
  });
  if (status !== 0) throw new Error(`${program} ${options.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
}
