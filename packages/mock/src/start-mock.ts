import { readContract } from "./contract.ts";
import { toListenError } from "./listen-error.ts";
import type { Mock } from "./mock.ts";
import type { MockRequest } from "./mock-request.ts";
import { type ListenOptions, readOptions, show } from "./options.ts";
import { startOn } from "./start-on.ts";

/** Options of {@link startMock}. */
export interface MockOptions extends ListenOptions {
  /**
   * Called once for each request, when its answer is made, before it is sent. When it throws or rejects, the request
   * gets 500, and `close()` throws the same, so that an `expect` in it fails the test.
   */
  onRequest?: ((request: MockRequest) => unknown) | undefined;
}

/**
 * Starts a mock of the CSMS metadata API. It answers with the contract's examples, or, when it is told which or how many
 * `secrets` there are, as a small CSMS that holds them.
 *
 * @param options What it holds, where it listens, and what trouble it makes. Default: the contract's examples, on any
 *   free port.
 * @throws {RangeError} An option is not what is allowed, the host is none of this machine, or data break the contract.
 * @throws Node's own error when it can't listen, for example `EADDRINUSE` when the port is taken.
 * @example
 * ```ts
 * import { startMock } from "@csms/mock";
 *
 * await using mock = await startMock({ secrets: [{ name: "db", state: "DISABLED" }] });
 * const url = `${mock.url}/v1/0123456789abcdef0123456789abcdef/secrets`;
 * const response = await fetch(url, { headers: { "X-Auth-Token": "any" } });
 * console.log(await response.json());
 * ```
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const settings = readOptions(options);
  const { onRequest = () => {} } = options;
  if (typeof onRequest !== "function") throw new RangeError(`onRequest takes a function, not ${show(onRequest)}.`);
  const operations = await readContract();
  try {
    return await startOn(operations, settings, onRequest);
  } catch (error) {
    throw toListenError(error, settings.host, "host");
  }
}
