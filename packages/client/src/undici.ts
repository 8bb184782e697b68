import { promisify } from "node:util";
import { brotliDecompress, unzip } from "node:zlib";
import { type Dispatcher, getGlobalDispatcher, util } from "undici";
import type { FetchLike, ResponseLike } from "./runtime/http/fetch.ts";
import { checkNames } from "./runtime/parameters.ts";

/** Options of `undiciFetch`. */
export interface UndiciFetchOptions {
  /** What carries the requests: a proxy's agent, a pool with a number of connections. Default: undici's global one. */
  dispatcher?: Dispatcher | undefined;
}

// Whoever built the dispatcher may have told it to follow them.
const noRedirect = { maxRedirections: 0 };

const utf8 = new TextDecoder();
const unzipped = promisify<Uint8Array, Uint8Array>(unzip);
const decoders: Record<string, (data: Uint8Array) => Promise<Uint8Array>> = {
  br: promisify<Uint8Array, Uint8Array>(brotliDecompress),
  deflate: unzipped,
  gzip: unzipped,
  "x-gzip": unzipped,
};

/**
 * For the client's option `fetch`, in Node.js: undici without what the global `fetch` puts on top of it, and costs. undici
 * is to be installed beside the client. It asks for no compression, but reads an answer that is compressed.
 *
 * @throws {CsmsInputError} An option is unknown.
 */
export function undiciFetch({ dispatcher, ...others }: UndiciFetchOptions = {}): FetchLike {
  checkNames(["dispatcher"], others);
  return (address, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const { origin, pathname, search } = new URL(address);
      const request: Dispatcher.DispatchOptions = {
        ...noRedirect,
        origin,
        path: pathname + search,
        method: method as Dispatcher.HttpMethod,
        headers,
        body: body ? new Uint8Array(body) : null,
      };
      (dispatcher ?? getGlobalDispatcher()).dispatch(request, new AnswerHandler(signal, resolve, reject));
    });
}

type AnswerHeaders = Record<string, string | string[] | undefined>;

/** Takes an answer from a dispatcher, to its end. */
class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #resolve: (response: ResponseLike) => void;
  readonly #reject: (reason: unknown) => void;
  #chunks: Buffer[] = [];
  #status = 0;
  #headers: AnswerHeaders = {};
  #cancel: ((reason: Error) => void) | undefined;

  constructor(signal: AbortSignal, resolve: (response: ResponseLike) => void, reject: (reason: unknown) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener("abort", this, { once: true });
  }

  handleEvent(): void {
    this.#cancel?.(this.#signal.reason);
    this.#reject(this.#signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.onConnect((reason) => controller.abort(reason));
  }

  onResponseStart(_: unknown, status: number, headers: AnswerHeaders): void {
    // An informational answer comes before the one that counts.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    // Where a dispatcher tries again, this is another answer than the one that broke.
    this.#chunks = [];
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    // Not all that try again hand over what the last answer begins with.
    if (!this.#status) {
      this.onError(new Error("the answer has no status"));
      return;
    }
    this.#signal.removeEventListener("abort", this);
    const headers = this.#headers;
    const read = () => decode(Buffer.concat(this.#chunks), headers["content-encoding"]);
    this.#resolve({
      status: this.#status,
      headers: readable(headers),
      arrayBuffer: async () => new Uint8Array(await read()).buffer,
      text: async () => utf8.decode(await read()),
    });
  }

  onResponseError(_: unknown, error: Error): void {
    this.onError(error);
  }

  // What undici 6 calls instead. Node.js 22 has one inside, and shares its dispatcher.

  onConnect(cancel: (reason: Error) => void): void {
    this.#cancel = cancel;
    if (this.#signal.aborted) cancel(this.#signal.reason);
  }

  onHeaders(status: number, headers: Buffer[]): true {
    this.onResponseStart(undefined, status, util.parseHeaders(headers));
    return true;
  }

  onData(chunk: Buffer): true {
    this.onResponseData(undefined, chunk);
    return true;
  }

  onComplete(): void {
    this.onResponseEnd();
  }

  onError(error: Error): void {
    this.#signal.removeEventListener("abort", this);
    this.#reject(error);
  }
}

/** Undoes the codings, the last of them first. One that is not known stays, as with `fetch`. */
async function decode(content: Uint8Array, codings: string | string[] | undefined): Promise<Uint8Array> {
  if (!codings) return content;
  let decoded = content;
  for (const coding of `${codings}`
    .toLowerCase()
    .split(/\s*,\s*/)
    .reverse()) {
    const decoder = decoders[coding];
    if (decoder && decoded.byteLength > 0) decoded = await decoder(decoded);
  }
  return decoded;
}

/** As much of `Headers` as the client reads, and no copy of them. */
function readable(headers: AnswerHeaders): ResponseLike["headers"] {
  return {
    get: (name) => headers[name.toLowerCase()]?.toString(),
    forEach(callback) {
      for (const [name, value = []] of Object.entries(headers)) {
        for (const each of [value].flat()) callback(each, name);
      }
    },
  };
}
