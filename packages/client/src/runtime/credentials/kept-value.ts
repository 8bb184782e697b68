import { CsmsTimeoutError } from "../errors.ts";

/** A value that is got once for all who wait for it, and kept until it is dropped. A failure is not kept. */
export class KeptValue<T> {
  #pending: Promise<T> | undefined;
  #value: T | undefined;

  /** The value, or what `ask` gives. An attempt whose time runs out meanwhile lets the next one ask again. */
  get(signal: AbortSignal | undefined, ask: () => T | Promise<T>): T | Promise<T> {
    return this.#value ?? this.#ask(signal, ask);
  }

  async #ask(signal: AbortSignal | undefined, ask: () => T | Promise<T>): Promise<T> {
    this.#pending ??= (async () => ask())();
    const pending = this.#pending;
    const forget = () => {
      if (this.#pending === pending) this.#pending = undefined;
    };
    signal?.addEventListener("abort", () => {
      if (signal.reason instanceof CsmsTimeoutError) forget();
    });
    try {
      // What comes too late for the call is kept, too, unless there is another by then.
      const value = await pending;
      this.#value ??= value;
      return value;
    } finally {
      forget();
    }
  }

  /** Drops the value if it is the one meant: it may have been replaced, or be on its way, already. */
  drop(isMeant: (value: T) => boolean): void {
    if (this.#value !== undefined && isMeant(this.#value)) this.#value = undefined;
  }
}
