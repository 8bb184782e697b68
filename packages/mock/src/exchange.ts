import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { type Answer, Problem, problemAnswer } from "./answer.ts";
import { controlPath } from "./control.ts";
import type { MockRequest } from "./mock-request.ts";
import { readBody } from "./read-body.ts";
import { type ReceivedRequest, readRequest } from "./received-request.ts";
import { toRecord } from "./record.ts";
import { answerOptions, cors, send } from "./send.ts";
import type { Outcome } from "./service.ts";

/** Who answers, and who keeps account of it. */
export interface Parts {
  answer(request: ReceivedRequest): Outcome;
  control(request: ReceivedRequest, address: string | undefined): Answer;
  /** Gives what is sent instead when the request can't be recorded. */
  record(request: MockRequest): Promise<Outcome | undefined>;
  /** The methods that the contract has. */
  methods: string;
}

/** Makes the function that answers whatever an HTTP server reads. It never rejects. */
export function createExchange(parts: Parts): (message: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (message, response) => {
    const started = performance.now();
    try {
      const { request, fault } = await receive(message);
      if (request.path.startsWith(controlPath)) {
        send(response, fault ?? parts.control(request, message.socket.remoteAddress));
        return;
      }
      const outcome = fault ?? answer(request, parts);
      const instead = await parts.record(toRecord(request, outcome, performance.now() - started));
      const { delay = 0, headers, ...rest } = instead ?? outcome;
      // The server keeps the process alive, not an answer that nobody waits for any more.
      if (delay > 0) await setTimeout(delay, undefined, { ref: false });
      send(response, { ...rest, headers: { ...headers, ...cors } });
    } catch (error) {
      response.destroy(error instanceof Error ? error : undefined);
    }
  };
}

async function receive(message: IncomingMessage): Promise<{ request: ReceivedRequest; fault?: Outcome }> {
  try {
    const request = readRequest(message, await readBody(message));
    if (message.httpVersion !== "1.1" || message.headers.host !== undefined) return { request };
    return { request, fault: problemAnswer(new Problem(400, "The request has no Host header.")) };
  } catch (error) {
    return { request: readRequest(message), fault: error instanceof Problem ? problemAnswer(error) : abortedAnswer };
  }
}

const abortedAnswer: Outcome = {
  status: 0,
  headers: {},
  body: "",
  violations: [{ location: ["request", "body"], severity: "Error", message: "The body ended early." }],
  isReset: true,
};

function answer(request: ReceivedRequest, parts: Parts): Outcome {
  try {
    return request.method === "OPTIONS" ? answerOptions(request, parts.methods) : parts.answer(request);
  } catch (error) {
    return problemAnswer(error);
  }
}
