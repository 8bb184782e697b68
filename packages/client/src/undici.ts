import { promisify } from "node:util";
import { brotliDecompress, unzip } from "node:zlib";
import { type Dispatcher, request } from "undici";
import type { FetchLike, ResponseLike } from "./runtime/http/fetch.ts";

/** Options of `undiciFetch`. */
export interface UndiciFetchOptions {
  /** What carries the requests: a proxy's agent, a pool with a number of connections. Default: undici's global one. */
  dispatcher?: Dispatcher | undefined;
}

// Whoever built the dispatcher may have told it to follow them.
const noRedirect = { maxRedirections: 0 };

const unzipped = promisify<ArrayBuffer, Uint8Array>(unzip);
const decoders: Record<string, (data: ArrayBuffer) => Promise<Uint8Array>> = {
  br: promisify<ArrayBuffer, Uint8Array>(brotliDecompress),
  deflate: unzipped,
  gzip: unzipped,
  "x-gzip": unzipped,
};

/**
 * For the client's option `fetch`, in Node.js: undici's `request`, which costs much less than the global `fetch`. undici
 * is to be installed beside the client. It asks for no compression, but reads an answer that is compressed.
 */
export function undiciFetch({ dispatcher }: UndiciFetchOptions = {}): FetchLike {
  return async (url, { method, headers, body, signal }) => {
    const answer = await request(url, {
      method,
      headers,
      signal,
      ...noRedirect,
      ...(body && { body: new Uint8Array(body) }),
      ...(dispatcher && { dispatcher }),
    });
    const codings = answer.headers["content-encoding"];
    return {
      status: answer.statusCode,
      headers: readable(answer.headers),
      arrayBuffer: async () => decode(await answer.body.arrayBuffer(), codings),
      ...(!codings && { text: () => answer.body.text() }),
    };
  };
}

/** Undoes the codings, the last of them first. One that is not known stays, as with `fetch`. */
async function decode(content: ArrayBuffer, codings: string | string[] = []): Promise<ArrayBuffer> {
  let decoded = content;
  for (const coding of `${codings}`
    .toLowerCase()
    .split(/\s*,\s*/)
    .reverse()) {
    const decoder = decoders[coding];
    if (decoder && decoded.byteLength > 0) decoded = new Uint8Array(await decoder(decoded)).buffer;
  }
  return decoded;
}

/** As much of `Headers` as the client reads, and no copy of them. */
function readable(headers: Record<string, string | string[] | undefined>): ResponseLike["headers"] {
  return {
    get: (name) => headers[name.toLowerCase()]?.toString(),
    forEach(callback) {
      for (const [name, value = []] of Object.entries(headers)) {
        for (const each of [value].flat()) callback(each, name);
      }
    },
  };
}
