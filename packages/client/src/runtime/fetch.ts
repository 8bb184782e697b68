/** The part of a `Response` that the client needs, so that any implementation of `fetch` fits. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { forEach(callback: (value: string, name: string) => void): void };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What the client passes to `fetch` beside the URL. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
  redirect: "manual";
  signal: AbortSignal;
}

/** `fetch` as the client calls it: with a URL and an init, so that every implementation fits. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;
