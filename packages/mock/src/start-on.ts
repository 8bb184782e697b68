import { Problem, problemAnswer } from "./answer.ts";
import type { Operation } from "./contract.ts";
import { answerControl } from "./control.ts";
import { createExchange } from "./exchange.ts";
import { listen } from "./listen.ts";
import type { Mock } from "./mock.ts";
import type { MockRequest } from "./mock-request.ts";
import type { Settings } from "./options.ts";
import { createService } from "./service.ts";

const mostRequests = 10_000;

/** Starts a mock of a contract. */
export async function startOn(
  operations: Operation[],
  settings: Settings,
  onRequest: (request: MockRequest) => unknown,
): Promise<Mock> {
  const service = createService(operations, settings);
  const requests: MockRequest[] = [];
  let failure: { error: unknown } | undefined;

  async function record(request: MockRequest) {
    requests.push(request);
    if (requests.length > mostRequests) requests.shift();
    try {
      await onRequest(request);
      return undefined;
    } catch (error) {
      failure ??= { error };
      request.status = 500;
      return problemAnswer(new Problem(500, `onRequest failed. ${error instanceof Error ? error.message : error}`));
    }
  }

  const exchange = createExchange({
    answer: service.answer,
    control: (request, address) => answerControl(mock, operations, request, address),
    record,
    methods: [...new Set(operations.map(({ method }) => method.toUpperCase()))].join(", "),
  });
  const { url, close } = await listen(settings, exchange, record);

  const mock: Mock = {
    url,
    requests,
    get pendingAnswers() {
      return service.pendingAnswers();
    },
    answerNext: (operationId, ...answers) => service.answerNext(operationId, answers),
    set: service.set,
    reset() {
      service.reset();
      requests.length = 0;
    },
    async close() {
      await close();
      const { error } = failure ?? {};
      const hasFailed = failure !== undefined;
      failure = undefined;
      if (hasFailed) throw error;
    },
    [Symbol.asyncDispose]: () => mock.close(),
  };
  return mock;
}
