import createClient, {
  createFinalURL,
  createQuerySerializer,
  defaultPathSerializer,
  mergeHeaders,
  type ParamsOption,
  type RequestBodyOption,
} from "openapi-fetch";
import { CsmsInputError } from "./errors.ts";
import type { Answer } from "./http/exchange.ts";
import { platformResponse } from "./http/messages.ts";
import type { Call, Transport } from "./http/transport.ts";
import type { HttpClient } from "./http-client.ts";
import { type CallOptions, checkCallOptions, type ResolvedOptions } from "./options.ts";
import { isSegment, show } from "./parameters.ts";

/** An answer; `error` when openapi-fetch has parsed it as one. */
export type Reply = Pick<Answer, "response" | "text" | "findSecrets" | "url"> & { error?: unknown };

/** Sends an operation's parameters, each in its place. `HttpClient`'s `request` takes a compiler six times as long. */
export type OperationRequest<Paths> = <Path extends keyof Paths, Name extends keyof Paths[Path]>(
  method: Name,
  path: Path,
  ...init: OperationInit<ParamsOption<Paths[Path][Name]> & RequestBodyOption<Paths[Path][Name]>>
) => Promise<Reply>;

type OperationInit<Init> = Partial<Init> extends Init ? [init?: Init] : [init: Init];

/** What goes with a call beside its request. */
type Context = Pick<Call, "operationId" | "projectId" | "isPublic" | "options">;

interface Init {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, string> };
  body?: unknown;
}

interface WatchedInit extends Init {
  fetch: (request: Request) => Promise<Response>;
  parseAs: "text";
}

const JSON_BODY = { "Content-Type": "application/json" };

/**
 * Refuses what would make a path another one.
 *
 * @throws {CsmsInputError} names the parameter.
 */
const safePathSerializer: typeof defaultPathSerializer = (path, parameters) => {
  for (const [name, value] of Object.entries(parameters)) {
    const must = isSegment(value);
    if (must) throw new CsmsInputError(`${name} must ${must}, got ${show(value)}`);
  }
  const serialized = defaultPathSerializer(path, parameters);
  const [, missing] = /{(.+?)}/.exec(serialized) ?? [];
  if (missing) throw new CsmsInputError(`${missing} must be given`);
  return serialized;
};

/** openapi-fetch over a transport: its client, and its `request` for one call, which then resolves with a `Reply`. */
export function createHttp<Paths extends {}>(
  { endpoint: baseUrl, headers = {}, middleware = [] }: ResolvedOptions,
  transport: Transport,
): { http: HttpClient<Paths>; requestFor: (context: Context) => OperationRequest<Paths> } {
  // Whether middleware may see requests and answers: then they are the platform's, which cost more than all else here.
  let isWatched = false;
  const querySerializer = createQuerySerializer<Record<string, unknown>>();
  const merge = (...all: Parameters<typeof mergeHeaders>) => Object.fromEntries(mergeHeaders(...all));
  const ownHeaders = merge(headers);

  async function send(request: Request, context: Context): Promise<Answer> {
    const { method, url, headers } = request;
    const body = /^(GET|HEAD)$/.test(method) ? undefined : await request.arrayBuffer();
    return await transport({ ...context, method, url, headers: Object.fromEntries(headers), body, wantsBytes: true });
  }

  const { use, ...client } = createClient<Paths>({
    baseUrl,
    headers: ownHeaders,
    pathSerializer: safePathSerializer,
    fetch: async (request: Request & CallOptions) => {
      const { timeout, maxRetries } = request;
      checkCallOptions({ timeout, maxRetries });
      return platformResponse(await send(request, { options: request }));
    },
  });
  const http = {
    ...client,
    use: (...added: Parameters<typeof use>) => {
      isWatched ||= added.length > 0;
      use(...added);
    },
  } as HttpClient<Paths>;
  http.use(...middleware);

  function request(context: Context, method: string, path: string, { params = {}, body }: Init = {}): Promise<Reply> {
    const hasBody = body !== undefined;
    return transport({
      ...context,
      method: method.toUpperCase(),
      url: createFinalURL(path, { baseUrl, params, pathSerializer: defaultPathSerializer, querySerializer }),
      headers: hasBody || params.header ? merge(hasBody ? JSON_BODY : {}, ownHeaders, params.header) : ownHeaders,
      body: hasBody ? new TextEncoder().encode(JSON.stringify(body)).buffer : undefined,
    });
  }

  const openapiFetch = client.request as unknown as (
    method: string,
    path: string,
    init: WatchedInit,
  ) => Promise<{ data?: string; error?: unknown; response: Response }>;

  async function requestWatched(context: Context, method: string, path: string, init?: Init): Promise<Reply> {
    let answer: Answer | undefined;
    const fetch = async (request: Request) => {
      answer = await send(request, context);
      return platformResponse(answer);
    };
    try {
      const { data = "", error, response } = await openapiFetch(method, path, { ...init, fetch, parseAs: "text" });
      return { findSecrets: () => [], url: "", ...answer, response, text: data, error };
    } catch (error) {
      // openapi-fetch loses a reason that is null.
      context.options.signal?.throwIfAborted();
      throw error;
    }
  }

  return {
    http,
    requestFor: (context) => (isWatched ? requestWatched : request).bind(undefined, context) as OperationRequest<Paths>,
  };
}
