import { watch } from "node:fs";

/**
 * Calls `onChange` after a file of these folders has changed: once for a burst of changes, and never while a call is
 * still running.
 *
 * @param signal Ends the watching.
 */
export function watchFolders(folders: string[], onChange: () => Promise<void>, signal?: AbortSignal): void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange);
    }, 50);
  };
  signal?.addEventListener("abort", () => clearTimeout(timer));
  for (const folder of folders) watch(folder, { signal }, schedule);
}
