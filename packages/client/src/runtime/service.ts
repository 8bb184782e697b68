import type { ContractCheck } from "./contract.ts";
import { projectFinder } from "./credentials/project-finder.ts";
import { CsmsInputError } from "./errors.ts";
import { answerError } from "./http/answer-error.ts";
import { resolveEndpoints, type Servers } from "./http/endpoint.ts";
import { parseJson } from "./http/parse-json.ts";
import { createTransport } from "./http/transport.ts";
import type { HttpClient } from "./http-client.ts";
import { createHttp, type OperationRequest, type Reply } from "./openapi-fetch.ts";
import type { Operation, PagedOperation } from "./operation.ts";
import { type CallOptions, type ClientOptions, checkCallOptions, checkClientOptions } from "./options.ts";
import { readPages } from "./paging.ts";
import { checkParameters } from "./parameters.ts";
import { ApiRequest, type Outcome, PagedRequest } from "./request.ts";

/** Hands checked parameters to a request, each in its place. */
export type Send<Paths extends {}, Wire> = (parameters: Wire, request: OperationRequest<Paths>) => Promise<Reply>;

/** What every generated method goes through: checked parameters, one transport, errors. */
export class Service<Paths extends {}> {
  readonly http: HttpClient<Paths>;
  readonly #requestFor: ReturnType<typeof createHttp<Paths>>["requestFor"];
  readonly #findProject: (options: CallOptions) => Promise<string | undefined>;
  readonly #contract: ContractCheck | undefined;
  #projectId: string | undefined;

  constructor(options: ClientOptions, servers: Servers) {
    checkClientOptions(options);
    const { credentials, contract } = options;
    const projectId = options.projectId ?? credentials.projectId;
    const client = { ...options, ...resolveEndpoints(options, servers), projectId };
    this.#projectId = projectId;
    this.#contract = contract;
    const transport = createTransport(client);
    this.#findProject = projectFinder(client, transport);
    const { http, requestFor } = createHttp<Paths>(client, transport);
    this.http = http;
    this.#requestFor = requestFor;
  }

  request<Wire, Data>(
    operation: Operation,
    parameters: object,
    options: CallOptions | undefined,
    send: Send<Paths, Wire>,
  ): ApiRequest<Data> {
    return new ApiRequest(() => this.#call<Wire, Data, never>(operation, copy(parameters), options, send));
  }

  paginate<Wire, Page, Item>(
    operation: PagedOperation<Page, Item>,
    parameters: object,
    options: CallOptions | undefined,
    send: Send<Paths, Wire>,
  ): PagedRequest<Page, Item> {
    const first = copy(parameters);
    const call = (page: Record<string, unknown>) => this.#call<Wire, Page, Item>(operation, page, options, send);
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
    send: Send<Paths, Wire>,
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
    const context = { operationId, projectId: wire[projectIdParam] as string | undefined, isPublic, options };
    const { response, text, findSecrets, url, error } = await send(wire as Wire, this.#requestFor(context));
    const body = error ?? (text ? parseJson(text) : undefined);
    const { status } = response;
    const isExpected = pagination ? Array.isArray(pagination.items(body as Data)) : Object(body) === body;
    if (!(success[status] ? isExpected : status in success))
      throw answerError(operationId, response, body, findSecrets());
    if (success[status]) this.#contract?.check(operationId, status, body);
    return { data: body as Data, response, url };
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
}

// What is no object stays as it is, to be refused.
const copy = (parameters: object): Record<string, unknown> =>
  typeof parameters === "object" ? { ...parameters } : (parameters ?? {});
