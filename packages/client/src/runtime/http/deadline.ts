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
    const end = () => {
      clearTimeout(timer);
      stopListening?.();
    };
    const fail = (error: unknown) => {
      end();
      reject(error);
      controller.abort(error);
    };
    const timer = setTimeout(() => fail(timeoutError()), timeout);
    const stopListening = onAbort(signal, fail);
    work(controller.signal).then(resolve, reject).then(end);
  });
}

/** Waits, or rejects with the signal's reason as soon as it aborts. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => {
      stopListening?.();
      resolve();
    }, milliseconds);
    const stopListening = onAbort(signal, (reason) => {
      clearTimeout(timer);
      reject(reason);
    });
  });
}

type Callback = (reason: unknown) => void;

const waiting = new WeakMap<AbortSignal, { callbacks: Set<Callback>; handleEvent: () => void }>();

/** Calls back when a signal aborts. However many calls share it, it has one listener: Node.js warns of eleven. */
function onAbort(signal: AbortSignal | undefined, callback: Callback): (() => void) | undefined {
  if (!signal) return undefined;
  const callbacks = new Set<Callback>();
  const handleEvent = () => {
    for (const each of callbacks) each(signal.reason);
  };
  const all = waiting.get(signal) ?? { callbacks, handleEvent };
  waiting.set(signal, all);
  all.callbacks.add(callback);
  // The same one again changes nothing.
  signal.addEventListener("abort", all);
  return () => {
    all.callbacks.delete(callback);
    if (all.callbacks.size === 0) signal.removeEventListener("abort", all);
  };
}
