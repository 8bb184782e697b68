import createClient from "openapi-fetch";
import type { ContractCheck } from "./contract.ts";
import { projectFinder } from "./credentials/project-finder.ts";
import { CsmsInputError } from "./errors.ts";
import { answerError } from "./http/answer-error.ts";
import { resolveEndpoints, type Servers } from "./http/endpoint.ts";
import type { Answer } from "./http/exchange.ts";
import { PlainRequest, plainResponse, platformResponse } from "./http/messages.ts";
import { parseJson } from "./http/parse-json.ts";
import { type Call, createTransport, type Transport } from "./http/transport.ts";
import type { HttpClient } from "./http-client.ts";
import type { Operation, PagedOperation } from "./operation.ts";
import { type CallOptions, type ClientOptions, checkCallOptions, checkClientOptions } from "./options.ts";
import { readPages } from "./paging.ts";
import { checkParameters } from "./parameters.ts";
import { ApiRequest, type Outcome, PagedRequest } from "./request.ts";

/** What openapi-fetch is told of one call. The answer's text is parsed here, once. */
export interface SendInit {
  fetch: (request: Request) => Promise<Response>;
  Request: typeof Request;
  parseAs: "text";
}

/** Sends checked parameters with openapi-fetch. */
export type Send<Wire> = (
  parameters: Wire,
  init: SendInit,
) => Promise<{ data?: string; error?: unknown; response: Response }>;

/** What every generated method goes through: checked parameters, one transport, errors. */
export class Service<Paths extends {}> {
  readonly http: HttpClient<Paths>;
  readonly #transport: Transport;
  readonly #findProject: (options: CallOptions) => Promise<string | undefined>;
  readonly #contract: ContractCheck | undefined;
  #projectId: string | undefined;
  /** Whether middleware may see requests and answers: then they are the platform's. */
  #isWatched = false;

  constructor(options: ClientOptions, servers: Servers) {
    checkClientOptions(options);
    const { credentials, headers = {}, middleware = [], contract } = options;
    const projectId = options.projectId ?? credentials.projectId;
    const client = { ...options, ...resolveEndpoints(options, servers), projectId };
    this.#projectId = projectId;
    this.#contract = contract;
    this.#transport = createTransport(client);
    this.#findProject = projectFinder(client, this.#transport);
    const http = createClient<Paths>({
      baseUrl: client.endpoint,
      headers,
      fetch: async (request: Request & CallOptions) => {
        const { url, timeout, maxRetries } = request;
        checkCallOptions({ timeout, maxRetries });
        return platformResponse(await this.#send(request, { options: request, wantsBytes: true }), url);
      },
    });
    const use: typeof http.use = (...added) => {
      this.#isWatched ||= added.length > 0;
      http.use(...added);
    };
    this.http = { ...http, use } as HttpClient<Paths>;
    use(...middleware);
  }

  request<Wire, Data>(
    operation: Operation,
    parameters: object,
    options: CallOptions | undefined,
    send: Send<Wire>,
  ): ApiRequest<Data> {
    return new ApiRequest(() => this.#call<Wire, Data, never>(operation, copy(parameters), options, send));
  }

  paginate<Wire, Page, Item>(
    operation: PagedOperation<Page, Item>,
    parameters: object,
    options: CallOptions | undefined,
    send: Send<Wire>,
  ): PagedRequest<Page, Item> {
    const first = copy(parameters);
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
    send: Send<Wire>,
  ): Promise<Outcome<Data>> {
    const {
      operationId,
      parameters: rules,
      projectIdParam = "",
      isPublic,
      success = { 200: true },
      pagination,
    } = operation;
    checkCallOptions(options, operationId);
    const wire = this.#check(operation, parameters);
    if (projectIdParam && wire[projectIdParam] === undefined) {
      this.#projectId = await this.#findProject(options);
      const found = { [projectIdParam]: this.#projectId };
      Object.assign(wire, checkParameters(rules, [projectIdParam], {}, found, operationId));
    }
    const isWatched = this.#isWatched;
    const projectId = wire[projectIdParam] as string | undefined;
    const call = { operationId, projectId, isPublic, options, wantsBytes: isWatched };
    let url = "";
    let answer: Answer | undefined;
    const fetch = async (request: Request) => {
      url = request.url;
      answer = await this.#send(request, call);
      return isWatched ? platformResponse(answer, url) : plainResponse(answer);
    };
    const init = {
      fetch,
      Request: isWatched ? Request : (PlainRequest as unknown as typeof Request),
      parseAs: "text",
    } as const;
    try {
      const { data: text, error, response } = await send(wire as Wire, init);
      const { status } = response;
      const body = error ?? (text ? parseJson(text) : undefined);
      const isExpected = pagination ? Array.isArray(pagination.items(body as Data)) : Object(body) === body;
      if (!(success[status] ? isExpected : status in success)) {
        throw answerError(operationId, response, body, answer?.secrets);
      }
      if (success[status]) this.#contract?.check(operationId, status, body);
      return { data: body as Data, response: isWatched || !answer ? response : answer.response, url };
    } catch (error) {
      // openapi-fetch loses a reason that is null.
      options.signal?.throwIfAborted();
      throw error;
    }
  }

  #check<Page, Item>(
    operation: Operation & Partial<PagedOperation<Page, Item>>,
    parameters: Record<string, unknown>,
  ): Record<string, unknown> {
    const { operationId, parameters: rules, required = [], projectIdParam = "", pagination } = operation;
    const defaults = { [projectIdParam]: this.#projectId };
    const wire = checkParameters(rules, required, parameters, defaults, operationId);
    const { cursorParam = "", limitParam = "" } = pagination ?? {};
    if (parameters[cursorParam] != null && parameters[limitParam] == null) {
      throw new CsmsInputError(`${cursorParam} must be used together with ${limitParam}`, operationId);
    }
    return wire;
  }

  async #send(request: Request, call: Omit<Call, "method" | "url" | "headers" | "body">): Promise<Answer> {
    const { method, url, headers } = request;
    const body = /^(GET|HEAD)$/.test(method) ? undefined : await request.arrayBuffer();
    return await this.#transport({ ...call, method, url, headers: Object.fromEntries(headers), body });
  }
}

// What is no object stays as it is, to be refused.
const copy = (parameters: object): Record<string, unknown> =>
  typeof parameters === "object" ? { ...parameters } : (parameters ?? {});
