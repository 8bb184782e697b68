import { promisify } from "node:util";
import { brotliDecompress, unzip } from "node:zlib";
import { type Dispatcher, request } from "undici";
import type { FetchLike, ResponseLike } from "./runtime/http/fetch.ts";

/** Options of `undiciFetch`. */
export interface UndiciFetchOptions {
  /** What carries the requests: a proxy's agent, a pool with as many connections as wanted. Default: undici's global one. */
  dispatcher?: Dispatcher | undefined;
}

// Whoever builds the dispatcher may have told it to follow redirects.
const noRedirect = { maxRedirections: 0 };

const decoders: Record<string, (data: ArrayBuffer) => Promise<Uint8Array>> = {
  br: promisify<ArrayBuffer, Uint8Array>(brotliDecompress),
  deflate: promisify<ArrayBuffer, Uint8Array>(unzip),
  gzip: promisify<ArrayBuffer, Uint8Array>(unzip),
};

/**
 * For the client's option `fetch`, in Node.js: undici's `request`, which costs much less than the global `fetch`. undici
 * is to be installed beside the client. It asks for no compression, but reads an answer that is compressed.
 */
export function undiciFetch({ dispatcher }: UndiciFetchOptions = {}): FetchLike {
  return async (url, { method, headers, body, signal }) => {
    const init = { method, headers, signal, ...noRedirect, ...(body && { body: new Uint8Array(body) }), ...(dispatcher && { dispatcher }) };
    const answer = await request(url, init);
    return {
      status: answer.statusCode,
      headers: readable(answer.headers),
      arrayBuffer: async () => {
        const content = await answer.body.arrayBuffer();
        const decode = decoders[`${answer.headers["content-encoding"]}`];
        return decode && content.byteLength > 0 ? new Uint8Array(await decode(content)).buffer : content;
      },
    };
  };
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
