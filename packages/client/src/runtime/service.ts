import createClient, { type Client } from "openapi-fetch";
import { CsmsApiError, type CsmsError, CsmsInputError, CsmsResponseError } from "./errors.ts";
import type { Answer } from "./exchange.ts";
import { type CallOptions, type ClientOptions, checkCallOptions, resolveEndpoint } from "./options.ts";
import { type Pagination, readPages } from "./paging.ts";
import { checkParameters, type ParameterRule } from "./parameters.ts";
import { ApiRequest, type ApiResponse, PagedRequest } from "./request.ts";
import { isRetryable } from "./retry.ts";
import { createTransport, type Transport } from "./transport.ts";

/** What the contract says of an operation. */
export interface Operation {
  operationId: string;
  parameters: Record<string, ParameterRule>;
  /** The success statuses, and whether their answers have a body. */
  success: Record<number, boolean>;
}

export interface PagedOperation<Page, Item> extends Operation {
  pagination: Pagination<Page, Item>;
}

/** Sends checked parameters with openapi-fetch. */
export type Send<Wire, Data> = (
  parameters: Wire,
  init: { fetch: (request: Request) => Promise<Response> },
) => Promise<{ data?: Data; error?: unknown; response: Response }>;

/** What every generated method goes through: checked parameters, one transport, errors. */
export class Service<Paths extends {}> {
  readonly http: Client<Paths>;
  readonly #transport: Transport;
  readonly #projectId: string | undefined;

  constructor(options: ClientOptions, serverUrl: string) {
    checkCallOptions(options);
    const { credentials, headers, middleware = [], timeout = 10_000, maxRetries = 3 } = options;
    if (typeof credentials?.authorize !== "function") {
      throw new CsmsInputError("credentials are required: tokenCredentials(…), accessKeyCredentials(…), or your own");
    }
    this.#projectId = options.projectId ?? credentials.projectId;
    const endpoint = resolveEndpoint(options, serverUrl);
    this.#transport = createTransport({
      endpoint,
      region: options.region,
      projectId: this.#projectId,
      credentials,
      // Looked up at each call, so that a later wrapper of the global one (tracing, tests) is seen.
      fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
      timeout,
      maxRetries,
      log: options.log,
    });
    this.http = createClient<Paths>({
      baseUrl: endpoint,
      ...(headers && { headers }),
      fetch: async (request) => (await this.#transport(request, { signal: request.signal })).response,
    });
    this.http.use(...middleware);
  }

  request<Wire, Data>(
    operation: Operation,
    parameters: object,
    options: CallOptions | undefined,
    send: Send<Wire, Data>,
  ): ApiRequest<Data> {
    return new ApiRequest(() => this.#call(operation, parameters, options, send));
  }

  paginate<Wire, Page, Item>(
    operation: PagedOperation<Page, Item>,
    parameters: object,
    options: CallOptions | undefined,
    send: Send<Wire, Page>,
  ): PagedRequest<Page, Item> {
    const { operationId, pagination } = operation;
    const { cursorParam, limitParam, items } = pagination;
    const call = async (pageParameters: Record<string, unknown>) => {
      if (pageParameters[cursorParam] !== undefined && pageParameters[limitParam] === undefined) {
        throw new CsmsInputError(`${cursorParam} must be used together with ${limitParam}`, { operationId });
      }
      return this.#call(operation, pageParameters, options, send, (page) => Array.isArray(items(page)));
    };
    const first = { ...parameters };
    return new PagedRequest(
      () => call(first),
      () => readPages(operationId, pagination, first, async (pageParameters) => (await call(pageParameters)).data),
      items,
    );
  }

  async #call<Wire, Data>(
    { operationId, parameters: rules, success }: Operation,
    parameters: object,
    options: CallOptions = {},
    send: Send<Wire, Data>,
    isExpected: (data: Data) => boolean = () => true,
  ): Promise<ApiResponse<Data>> {
    checkCallOptions(options, operationId);
    const projectId = (parameters as { project_id?: string }).project_id ?? this.#projectId;
    const wire = checkParameters<Wire>(
      operationId,
      rules,
      rules["project_id"] ? { ...parameters, project_id: projectId } : parameters,
    );
    let answer: Answer | undefined;
    const fetch = async (request: Request) => {
      answer = await this.#transport(request, { ...options, operationId, projectId });
      return answer.response;
    };
    try {
      const { data, error, response } = await send(wire, { fetch });
      if (response.status > 399) throw apiError(operationId, response, error);
      if (success[response.status] ? Object(data) === data && isExpected(data as Data) : response.status in success) {
        return { data: data as Data, response, requestId: response.headers.get("x-request-id") ?? undefined };
      }
      throw responseError(operationId, response, answer);
    } catch (error) {
      // openapi-fetch parses whatever comes with a success status.
      throw error instanceof SyntaxError && answer ? responseError(operationId, answer.response, answer) : error;
    }
  }
}

/** Reads the service's flat error body, its sibling APIs' nested one, or the gateway's page. */
function apiError(operationId: string, { status, headers }: Response, body: unknown): CsmsApiError {
  const flat = Object(Object(body).error ?? body);
  const code: string | undefined = flat.error_code ?? flat.code;
  const text: string = flat.error_msg ?? flat.message ?? (typeof body === "string" ? excerpt(body) : "");
  const requestId: string | undefined = headers.get("x-request-id") ?? Object(body).request_id ?? flat.request_id;
  return new CsmsApiError(
    [`status ${status}`, code, text, requestId && `(request id ${requestId})`].filter(Boolean).join(" "),
    { status, code: code && String(code), requestId, operationId, retryable: isRetryable(status) },
  );
}

function responseError(operationId: string, { status, headers }: Response, answer: Answer | undefined): CsmsError {
  const type = headers.get("content-type") ?? "no content type";
  return new CsmsResponseError(
    `the answer is not what the contract says: status ${status}, ${type}, ${JSON.stringify(excerpt(answer?.text() ?? ""))}`,
    { status, operationId },
  );
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}
