import createClient from "openapi-fetch";
import { answerError } from "./answer-errors.ts";
import { CsmsInputError } from "./errors.ts";
import type { Answer } from "./exchange.ts";
import type { HttpClient } from "./http-client.ts";
import type { Operation, PagedOperation } from "./operation.ts";
import { type CallOptions, type ClientOptions, checkCallOptions, resolveEndpoint } from "./options.ts";
import { readPages } from "./paging.ts";
import { checkParameters } from "./parameters.ts";
import { ApiRequest, type ApiResponse, PagedRequest } from "./request.ts";
import { createTransport, type Transport } from "./transport.ts";

/** How openapi-fetch is to send a call. */
export interface SendInit {
  fetch: (request: Request) => Promise<Response>;
  Request?: typeof Request;
}

/** Sends checked parameters with openapi-fetch. */
export type Send<Wire, Data> = (
  parameters: Wire,
  init: SendInit,
) => Promise<{ data?: Data; error?: unknown; response: Response }>;

/** What every generated method goes through: checked parameters, one transport, errors. */
export class Service<Paths extends {}> {
  readonly http: HttpClient<Paths>;
  readonly #transport: Transport;
  readonly #projectId: string | undefined;

  constructor(options: ClientOptions, serverUrl: string) {
    checkCallOptions(options);
    const { credentials, headers = {}, middleware = [] } = options;
    if (!credentials?.authorize) throw new CsmsInputError("credentials are required, such as tokenCredentials(…)");
    this.#projectId = options.projectId ?? credentials.projectId;
    const baseUrl = resolveEndpoint(options, serverUrl);
    this.#transport = createTransport({ ...options, projectId: this.#projectId }, baseUrl);
    const http = createClient<Paths>({
      baseUrl,
      headers,
      fetch: async (request) => (await this.#transport(request, request)).response,
    });
    http.use(...middleware);
    this.http = http as HttpClient<Paths>;
  }

  request<Wire, Data>(
    operation: Operation,
    parameters: object,
    options: CallOptions | undefined,
    send: Send<Wire, Data>,
  ): ApiRequest<Data> {
    return new ApiRequest(() => this.#call(operation, { ...parameters }, options, send));
  }

  paginate<Wire, Page, Item>(
    operation: PagedOperation<Page, Item>,
    parameters: object,
    options: CallOptions | undefined,
    send: Send<Wire, Page>,
  ): PagedRequest<Page, Item> {
    const first: Record<string, unknown> = { ...parameters };
    const call = (page: Record<string, unknown>) => this.#call(operation, page, options, send);
    return new PagedRequest(
      () => call(first),
      () => readPages(operation, first, call),
      operation.pagination.items,
    );
  }

  async #call<Wire, Data, Item>(
    operation: Operation & Partial<PagedOperation<Data, Item>>,
    parameters: Record<string, unknown>,
    options: CallOptions = {},
    send: Send<Wire, Data>,
  ): Promise<ApiResponse<Data>> {
    const { operationId, parameters: rules, required = [], projectIdParam, isPublic, pagination } = operation;
    const { success = { 200: true } } = operation;
    checkCallOptions(options, operationId);
    const defaults = projectIdParam ? { [projectIdParam]: this.#projectId } : {};
    const wire = checkParameters<Wire & typeof defaults>(rules, required, parameters, defaults, operationId);
    const projectId = projectIdParam && wire[projectIdParam];
    if (pagination) {
      const { cursorParam, limitParam } = pagination;
      if (parameters[cursorParam] != null && parameters[limitParam] == null) {
        throw new CsmsInputError(`${cursorParam} must be used together with ${limitParam}`, operationId);
      }
    }
    let answer: Answer | undefined;
    const fetch = async (request: Request) => {
      answer = await this.#transport(request, options, operationId, projectId, isPublic);
      return answer.response;
    };
    try {
      const { data, error, response } = await send(wire, { fetch });
      const { status, headers } = response;
      const isExpected = pagination ? Array.isArray(pagination.items(data as Data)) : Object(data) === data;
      if (success[status] ? isExpected : status in success) {
        return { data: data as Data, response, requestId: headers.get("x-request-id") ?? undefined };
      }
      throw answerError(operationId, response, error ?? data, answer?.secrets);
    } catch (error) {
      // openapi-fetch loses a reason that is null, and parses whatever comes with a success status.
      options.signal?.throwIfAborted();
      throw error instanceof SyntaxError && answer
        ? answerError(operationId, answer.response, answer.text, answer.secrets)
        : error;
    }
  }
}
