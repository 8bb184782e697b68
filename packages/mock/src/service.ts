import type { MockData } from "./account.ts";
import { type Answer, bareResponse, Problem, problemAnswer, toAnswer } from "./answer.ts";
import { answerOperation } from "./answer-operation.ts";
import { checkSecrets } from "./check-data.ts";
import { toPrism } from "./check-request.ts";
import { nameOperation, type Operation } from "./contract.ts";
import { createCredentials } from "./credentials.ts";
import { type Csms, createCsms } from "./csms.ts";
import { answerIam } from "./iam.ts";
import type { NextAnswer, PendingAnswer } from "./next-answer.ts";
import { readData, type Settings } from "./options.ts";
import { findOperation, type IHttpRequest } from "./prism.ts";
import type { ReceivedRequest } from "./received-request.ts";
import { checkNextAnswer } from "./told-response.ts";
import { createTrouble, type TroubleKind } from "./trouble.ts";

/** An answer, and what befalls it on its way. */
export interface Outcome extends Answer {
  /** In milliseconds. */
  delay?: number;
  trouble?: TroubleKind | undefined;
  isReset?: boolean;
}

/** What the mock does, but for HTTP. */
export interface Service {
  answer(request: ReceivedRequest): Outcome;
  /** What was told and not yet asked for, the oldest first. */
  pendingAnswers(): PendingAnswer[];
  answerNext(operationId: string, answers: NextAnswer[]): void;
  set(data: MockData): void;
  reset(): void;
}

/** @throws {RangeError} The settings hold what breaks the contract. */
export function createService(operations: Operation[], settings: Settings): Service {
  const hold = ({ secrets, versions, seed = settings.seed }: MockData): (() => Csms) => {
    const checked = typeof secrets === "number" ? secrets : checkSecrets(operations, secrets);
    return () => createCsms({ ...settings, secrets: checked, versions, seed });
  };
  const begin = () => ({
    csms: startWith?.(),
    credentials: createCredentials(settings),
    troubleFor: createTrouble(settings),
    pending: [] as PendingAnswer[],
  });
  const { secrets } = settings;
  const startWith = secrets === undefined ? undefined : hold({ ...settings, secrets });
  let state = begin();

  return {
    answer(request) {
      const iam = answerIam(request, state.credentials);
      if (iam) return iam;
      const { delay, kind, status } = state.troubleFor(request.headers);
      const operation = findOperation(operations, toPrism(request));
      if (!operation) {
        const answer = status === undefined ? notFound(operations, request) : toAnswer(bareResponse(status), []);
        return { ...answer, delay, trouble: kind, isReset: kind === "reset" };
      }
      const place = state.pending.findIndex(({ operationId }) => operationId === operation.iid);
      const [told] = place < 0 ? [] : state.pending.splice(place, 1);
      const { credentials, csms } = state;
      const answer = answerOperation(operation, request, { credentials, csms, told: told?.answer, status });
      if (!told) return { ...answer, delay, trouble: kind, isReset: kind === "reset" };
      const { reset = false, delay: more = 0 } = told.answer;
      return { ...answer, delay: delay + more, trouble: "answerNext", isReset: reset };
    },
    pendingAnswers: () => [...state.pending],
    answerNext(operationId, answers) {
      const operation = operations.find(({ iid }) => iid === operationId);
      if (!operation) {
        const ids = operations.map(({ iid }) => iid).join(", ");
        throw new RangeError(`The contract has no operation ${operationId}. It has: ${ids}.`);
      }
      const checked = answers.map((answer, index) => checkNextAnswer(operation, answer, `answers[${index}]`));
      state.pending.push(...checked.map((answer) => ({ operationId, answer })));
    },
    set(data) {
      state.csms = hold(readData(data))();
    },
    reset() {
      state = begin();
    },
  };
}

/** What there is instead. */
function notFound(operations: Operation[], request: ReceivedRequest): Answer {
  const isHere = (each: Operation) =>
    findOperation([each], { ...toPrism(request), method: each.method as IHttpRequest["method"] }) !== undefined;
  const here = operations.filter(isHere).map(({ method }) => method.toUpperCase());
  const message = `The contract has no ${request.method} ${request.target}. It has: ${operations.map(nameOperation).join(", ")}.`;
  return problemAnswer(
    here.length > 0 ? new Problem(405, message, { Allow: here.join(", ") }) : new Problem(404, message),
  );
}
