import { listen } from "./listen.ts";
import type { MockRequest } from "./mock-request.ts";
import { type ListenOptions, readOptions } from "./options.ts";

/** Options of {@link startMock}. */
export interface MockOptions extends ListenOptions {
  /** Called once for each request, when its answer is made, before it is sent. */
  onRequest?: ((request: MockRequest) => void) | undefined;
}

/** A mock that listens. */
export interface Mock extends AsyncDisposable {
  /** Where the mock listens, for example `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Every request, the oldest first. Empty it with `mock.requests.length = 0`. */
  readonly requests: MockRequest[];
  /** Stops listening and ends every open connection. */
  close(): Promise<void>;
}

/**
 * Starts a mock of the CSMS metadata API. It answers with the contract's examples, or, when it is told how many
 * `secrets` there are, as a small CSMS that holds as many.
 *
 * @param options What it holds, where it listens, and what trouble it makes. Default: the contract's examples, on any
 *   free port.
 * @throws {RangeError} An option is not what is allowed.
 * @throws Node's own error when it can't listen, for example `EADDRINUSE` when the port is taken.
 */
export async function startMock({ onRequest, ...options }: MockOptions = {}): Promise<Mock> {
  const requests: MockRequest[] = [];
  const server = await listen(readOptions(options), (request) => {
    requests.push(request);
    onRequest?.(request);
  });
  return { ...server, requests, [Symbol.asyncDispose]: server.close };
}
