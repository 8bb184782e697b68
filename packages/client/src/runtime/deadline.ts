/**
 * Runs work that must end: within `timeout` milliseconds, and before `signal` aborts. Then its own signal aborts, and
 * the result rejects, even if the work doesn't listen.
 */
export function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
  timeout: number,
  timeoutError: () => unknown,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal?.throwIfAborted();
    const controller = new AbortController();
    const fail = (error: unknown) => {
      reject(error);
      controller.abort();
    };
    const abort = () => fail(signal?.reason);
    const timer = setTimeout(() => fail(timeoutError()), timeout);
    signal?.addEventListener("abort", abort, { signal: controller.signal });
    work(controller.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        controller.abort();
      });
  });
}

/** Waits, or rejects with the signal's reason as soon as it aborts. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    withDeadline(() => new Promise(() => {}), signal, milliseconds, resolve as () => unknown).catch(reject);
  });
}
