/**
 * Runs work that must end: within `timeout` milliseconds, and before `signal` aborts. Then its own signal aborts, and
 * the result rejects, even if the work doesn't listen.
 */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  timeout: number,
  timeoutError: () => Error,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  // setTimeout fires at once for more milliseconds than 31 bits hold.
  const timer = timeout < 2 ** 31 ? setTimeout(() => controller.abort(timeoutError()), timeout) : undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
      work(controller.signal).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
