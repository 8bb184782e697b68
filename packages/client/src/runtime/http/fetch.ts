/** The part of a `Response` that the client needs, so that any implementation of `fetch` fits. */
export interface ResponseLike {
  /** HTTP status code. */
  readonly status: number;
  /** The answer's headers. */
  readonly headers: {
    /** A header's value, if it is there. Names are in small letters. */
    get(name: string): string | null | undefined;
    /** Calls back for each header. */
    forEach(callback: (value: string, name: string) => void): void;
  };
  /** The body, when it has arrived whole. */
  arrayBuffer(): Promise<ArrayBuffer>;
  /** The same as text in UTF-8. Default: made of `arrayBuffer`, which costs a copy. */
  text?(): Promise<string>;
}

/** What the client passes to `fetch` beside the URL. */
export interface FetchInit {
  /** Such as `GET`. */
  method: string;
  /** All headers, credentials included. */
  headers: Record<string, string>;
  /** Missing when there is none. */
  body?: ArrayBuffer;
  /** No redirect is followed: it would take the credentials along. */
  redirect: "manual";
  /** Aborts when the attempt's time is over, or the caller gives up. */
  signal: AbortSignal;
}

/** `fetch` as the client calls it: with a URL and an init, so that every implementation fits. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;

/** The headers, as `Headers` and `Response` take them. */
export function listHeaders({ headers }: Pick<ResponseLike, "headers">): [name: string, value: string][] {
  const list: [string, string][] = [];
  headers.forEach((value, name) => {
    list.push([name, value]);
  });
  return list;
}
