// From the source, since what is built holds the contract of then.
import type { Mock } from "../../packages/mock/src/mock.ts";
import { readOptions } from "../../packages/mock/src/options.ts";
import { parseContract } from "../../packages/mock/src/parse-contract.ts";
import { formatRequest } from "../../packages/mock/src/request-log.ts";
import { startOn } from "../../packages/mock/src/start-on.ts";

/** A mock that takes another contract, and stays as it was when that can't be read. */
export function createDevMock(port: number) {
  const settings = readOptions({ port });
  let mock: Mock | undefined;
  return {
    async serve(contract: string): Promise<void> {
      const operations = await parseContract(contract);
      await mock?.close();
      mock = await startOn(operations, settings, (request) => console.log(formatRequest(request)));
    },
    async close(): Promise<void> {
      await mock?.close();
    },
  };
}
