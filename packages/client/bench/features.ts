// What each row does for its caller: seen, not said, against a service that misbehaves.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { inspect } from "node:util";
import type { Connection, Row } from "./rows.ts";
import { indexOf, nameOf, pageOf } from "./secrets.ts";
import { findTyped } from "./typed.ts";

/** By default; when an option of its own asks for it, once for all calls. */
export type Mark = "✓" | "asked";
export type Feature = keyof typeof FEATURES;
export type Marks = Partial<Record<Feature, Mark>>;

export const FEATURES = {
  types: "A misspelt field of an answer does not compile",
  input: "A wrong `limit` is refused before it is sent",
  errors: "An error status rejects, with the service's code",
  retries: "A 503 is tried again",
  deadline: "A body that stalls holds a call up for 12 seconds at the most",
  pages: "One loop reads every page",
  once: "… and every item once, when a page repeats the marker's",
  signs: "AK/SK signs requests",
  redirects: "A redirect takes no credential to another host",
  contract: "An answer that breaks the contract rejects",
};

interface Probe {
  /** How the service answers, after how many requests before this one. */
  answer(response: ServerResponse, url: URL, before: number): void;
  isDone(connection: Connection, requests: IncomingMessage[]): Promise<boolean>;
}

const SECRETS = 3;
const DEADLINE = 12_000;
const CODE = "CSMS.0302";

const send = (response: ServerResponse, body: string, status = 200, headers = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
const refuse = (response: ServerResponse, status: number, headers = {}) =>
  send(response, JSON.stringify({ error_code: CODE, error_msg: "no permission" }), status, headers);
const page = (response: ServerResponse, url: URL) => send(response, pageOf(url));
const credential = ({ headers }: IncomingMessage) => headers["x-auth-token"] ?? headers.authorization;

/** What a call rejects with. */
const failure = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    () => undefined,
    (reason: unknown) => reason ?? "no reason",
  );

async function readsAll({ readAll }: Connection): Promise<boolean> {
  const names: string[] = [];
  // Not the whole of it, of a listing that does not end.
  for await (const { name } of readAll?.({ limit: 2 }) ?? []) if (names.push(name) > SECRETS) break;
  return names.join() === Array.from({ length: SECRETS }, (_, index) => nameOf(index)).join();
}

const probes: Record<Exclude<Feature, "types">, Probe> = {
  input: {
    answer: page,
    isDone: async ({ getPage }, requests) =>
      (await failure(getPage({ limit: 100_000 }))) !== undefined && requests.length === 0,
  },
  errors: {
    answer: (response) => refuse(response, 403),
    isDone: async ({ getPage }) => inspect(await failure(getPage({ limit: 1 })), { depth: 5 }).includes(CODE),
  },
  retries: {
    answer: (response, url, before) =>
      before > 0 ? page(response, url) : refuse(response, 503, { "retry-after": "0" }),
    isDone: async ({ getPage }, requests) =>
      (await failure(getPage({ limit: 1 }))) === undefined && requests.length === 2,
  },
  deadline: {
    answer(response, _, before) {
      if (before > 0) refuse(response, 403);
      else response.writeHead(200, { "content-type": "application/json" }).write('{"secrets":[');
    },
    isDone: ({ getPage }) =>
      Promise.race([failure(getPage({ limit: 1 })).then(() => true), setTimeout(DEADLINE, false, { ref: false })]),
  },
  pages: { answer: page, isDone: readsAll },
  once: {
    answer(response, url) {
      const marker = url.searchParams.get("marker");
      if (marker) url.searchParams.set("marker", nameOf(indexOf(marker) - 1));
      page(response, url);
    },
    isDone: readsAll,
  },
  signs: {
    answer: page,
    isDone: async ({ getPage }, requests) =>
      (await failure(getPage({ limit: 1 }))) === undefined &&
      `${requests[0]?.headers.authorization}`.startsWith("SDK-HMAC-SHA256 Access=AK"),
  },
  redirects: {
    answer(response, url, before) {
      if (before > 0) page(response, url);
      else response.writeHead(302, { location: url.href.replace("127.0.0.1", "localhost") }).end();
    },
    async isDone({ getPage }, requests) {
      await failure(getPage({ limit: 1 }));
      const [first, ...others] = requests;
      return first !== undefined && credential(first) !== undefined && !others.some(credential);
    },
  },
  contract: {
    answer: (response, url) => send(response, pageOf(url).replace('"state":"ENABLED"', '"state":7')),
    isDone: async ({ getPage }) => (await failure(getPage({ limit: 1 }))) !== undefined,
  },
};

/** What the rows do, each in its turn, side by side: by default, or when their options ask for it. */
export function findFeatures(rows: Row[], mark: Mark): Promise<Marks[]> {
  const typed = mark === "✓" ? findTyped(rows) : [];
  return Promise.all(
    rows.map(async ({ connect, connectAsked }, index) => {
      const marks: Marks = typed[index] ? { types: mark } : {};
      const open = mark === "✓" ? connect : connectAsked;
      for (const [feature, probe] of Object.entries(probes) as [keyof typeof probes, Probe][]) {
        if (open && (await observe(probe, open))) marks[feature] = mark;
      }
      return marks;
    }),
  );
}

async function observe({ answer, isDone }: Probe, connect: Row["connect"]): Promise<boolean> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    answer(response, new URL(`${request.url}`, `http://127.0.0.1:${port}`), requests.push(request) - 1);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    return await isDone(await connect(`http://127.0.0.1:${port}/${SECRETS}`), requests);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
