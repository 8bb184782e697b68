import type { MockData } from "./account.ts";
import { type Answer, Problem, problemAnswer, toAnswer } from "./answer.ts";
import type { Operation } from "./contract.ts";
import type { Mock } from "./mock.ts";
import type { NextAnswer } from "./next-answer.ts";
import type { OperationId } from "./operation-id.ts";
import type { ReceivedRequest } from "./received-request.ts";

/** Where the mock is told what to do, beside where it is the service. */
export const controlPath = "/__mock/";

/** What a test does with the mock in its own process, for one in another. */
const actions: Record<string, (mock: Mock, body: unknown, operationId: string) => unknown> = {
  "GET health": () => ({ status: "ready" }),
  "GET requests": ({ requests }) => requests,
  "GET answers": ({ pendingAnswers }) => pendingAnswers,
  "POST answers/{operationId}": (mock, body, id) =>
    mock.answerNext(id as OperationId, ...([body].flat() as NextAnswer[])),
  "PUT data": (mock, body) => mock.set(body as MockData),
  "POST reset": (mock) => mock.reset(),
};

/** Answers a request below {@link controlPath}, such as `POST /__mock/answers/{operationId}`. */
export function answerControl(
  mock: Mock,
  operations: Operation[],
  request: ReceivedRequest,
  address: string | undefined,
): Answer {
  if (!/^(::1|(::ffff:)?127\.[\d.]+)$/.test(address ?? "") || request.headers.origin !== undefined) {
    return problemAnswer(new Problem(403, "Only programs on the mock's own machine may tell it what to do."));
  }
  const [name = "", ...ids] = request.path.slice(controlPath.length).split("/").filter(Boolean);
  const act = actions[[`${request.method} ${name}`, ...ids.map(() => "{operationId}")].join("/")];
  if (!act) {
    const known = operations.map(({ iid }) => iid).join("|");
    const served = Object.keys(actions).map((action) =>
      action.replace(" ", ` ${controlPath}`).replace("operationId", known),
    );
    return problemAnswer(
      new Problem(404, `The mock has no ${request.method} ${request.path}. It has: ${served.join(", ")}.`),
    );
  }
  try {
    // What curl sends is not called JSON unless it is told so.
    const body = request.bytes.length > 0 ? JSON.parse(request.bytes.toString()) : undefined;
    const result = act(mock, body, ids.join());
    const headers = { "Content-Type": "application/json" };
    return toAnswer(result === undefined ? { statusCode: 204 } : { statusCode: 200, headers, body: result }, []);
  } catch (error) {
    if (error instanceof SyntaxError) return problemAnswer(new Problem(400, `The body is no JSON: ${error.message}.`));
    return problemAnswer(error instanceof RangeError ? new Problem(400, error.message) : error);
  }
}
