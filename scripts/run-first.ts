import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Runs a script that all else needs: when it fails, this process ends as it did. */
export async function runFirst(script: string, ...parameters: string[]): Promise<void> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [file, ...parameters], { stdio: "inherit" });
  // Ctrl-C reaches the script, too: it ends first, and may call that a success.
  let isStopped = false;
  const stop = () => {
    isStopped = true;
  };
  process.on("SIGINT", stop);
  const [code] = await once(child, "close");
  process.off("SIGINT", stop);
  if (isStopped || code !== 0) process.exit(code || 1);
}
