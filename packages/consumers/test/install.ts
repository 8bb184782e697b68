// Before the tests: packs the packages as they would be published, and installs them with all that runs them.
import { fileURLToPath } from "node:url";
import root from "../../../package.json" with { type: "json" };
import { PROJECT, run } from "./run.ts";

const [npx, ...pnpm] = ["npx", "-y", root.packageManager] as const;

export async function setup(): Promise<void> {
  await packAndInstall().catch(({ message }) => {
    throw new Error(
      `packages/consumers/project could not be installed. What its package.json names comes from npm's registry, once: can that be reached?\n${message}`,
    );
  });
}

async function packAndInstall(): Promise<void> {
  const packed = ["types", "client", "mock"].map((name) =>
    run(npx, [...pnpm, "pack", "--out", `${PROJECT}${name}.tgz`], {
      cwd: fileURLToPath(new URL(`../../${name}`, import.meta.url)),
    }),
  );
  await Promise.all(packed);
  // Nothing is asked from the registry when all is here from the last time.
  await run(npx, [...pnpm, "install", "--no-frozen-lockfile", "--prefer-offline"]);
}
