// For CI: fails when a call costs grossly more than it did, as times bare fetch's in the same run.
import { measure, smallAnswer, startServer } from "./measure.ts";

// About what figures.md has, and half as much again.
const MOST = {
  "@csms/client, token": 1.2 * 1.5,
  "@csms/client, AK/SK": 1.4 * 1.5,
  "@csms/client, AK/SK, over undici": 0.6 * 1.5,
};

const server = await startServer();
const [results = []] = await measure(["fetch", ...Object.keys(MOST)], `${server.url}/1000`, [smallAnswer]);
server.stop();
for (const [index, [name, most]] of Object.entries(MOST).entries()) {
  const cpu = results[index + 1]?.ratio.cpu ?? Number.NaN;
  console.log(`${name}: ${cpu.toFixed(2)} times the CPU of fetch, at most ${most.toFixed(2)}`);
  if (!(cpu <= most)) process.exitCode = 1;
}
if (process.exitCode) {
  console.error(
    "\nA call costs grossly more than it did: compare with packages/client/bench/figures.md, and see which change it was.",
  );
}
