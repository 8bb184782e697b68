/** A value that is got once for all who wait for it, and kept until it is dropped. A failure is not kept. */
export class KeptValue<T> {
  readonly #get: () => T | Promise<T>;
  #pending: Promise<T> | undefined;
  #value: T | undefined;

  constructor(get: () => T | Promise<T>) {
    this.#get = get;
  }

  get(): Promise<T> {
    this.#pending ??= (async () => this.#get())().then(
      (value) => {
        this.#value = value;
        return value;
      },
      (error) => {
        this.#pending = undefined;
        throw error;
      },
    );
    return this.#pending;
  }

  /** Drops the value if it is the one meant: it may have been replaced, or be on its way, already. */
  drop(isMeant: (value: T) => boolean): void {
    if (this.#value !== undefined && isMeant(this.#value)) this.#value = this.#pending = undefined;
  }
}
