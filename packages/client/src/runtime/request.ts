import type { ResponseLike } from "./http/fetch.ts";
import { makeResponse } from "./http/messages.ts";

/** An answer, with what came beside its body. */
export interface ApiResponse<Data> {
  /** The body, as sent. */
  data: Data;
  /** Status and headers. Its body has been read. */
  response: Response;
  /** The gateway's id of the request, to quote when asking Huawei Cloud for support. */
  requestId: string | undefined;
}

/** What a call gave, before anybody asks for its `Response`. */
export interface Outcome<Data> {
  data: Data;
  response: ResponseLike;
  /** The address that was called. */
  url: string;
}

/** A call that is sent when it is awaited, and no more than once. */
export class ApiRequest<Data> implements PromiseLike<Data> {
  readonly #send: () => Promise<Outcome<Data>>;
  #outcome: Promise<Outcome<Data>> | undefined;

  constructor(send: () => Promise<Outcome<Data>>) {
    this.#send = send;
  }

  /** Sends the call, and resolves with the answer's body, its `Response` and its request id. */
  async withResponse(): Promise<ApiResponse<Data>> {
    const { data, response, url } = await this.#once();
    return {
      data,
      response: response instanceof Response ? response : makeResponse(response, url),
      requestId: response.headers.get("x-request-id") ?? undefined,
    };
  }

  #once(): Promise<Outcome<Data>> {
    this.#outcome ??= this.#send();
    return this.#outcome;
  }

  /** Sends the call; as a promise's. */
  // biome-ignore lint/suspicious/noThenProperty: awaiting the request is how it is sent.
  then<Result = Data, Failure = never>(
    onFulfilled?: ((data: Data) => Result | PromiseLike<Result>) | null,
    onRejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.#once().then(
      ({ data }) => (typeof onFulfilled === "function" ? onFulfilled(data) : data) as Result,
      onRejected,
    );
  }

  /** As a promise's. */
  catch<Failure = never>(
    onRejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Data | Failure> {
    return this.then(null, onRejected);
  }

  /** As a promise's. */
  finally(onFinally?: (() => void) | null): Promise<Data> {
    return this.then().finally(onFinally);
  }
}

/** A call whose answer is one page of a list. Awaiting it sends one request; iterating it reads every page. */
export class PagedRequest<Page, Item> extends ApiRequest<Page> implements AsyncIterable<Item> {
  readonly #pages: () => AsyncGenerator<Page, void, undefined>;
  readonly #items: (page: Page) => Item[];

  constructor(
    send: () => Promise<Outcome<Page>>,
    pages: () => AsyncGenerator<Page, void, undefined>,
    items: (page: Page) => Item[],
  ) {
    super(send);
    this.#pages = pages;
    this.#items = items;
  }

  /**
   * Reads page after page, each fetched when it is asked for. An item that a server repeats at the head of the next
   * page is not in that page.
   */
  pages(): AsyncGenerator<Page, void, undefined> {
    return this.#pages();
  }

  /** Reads every item of every page, each once. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    // `yield*` would wait three times for each.
    for await (const page of this.#pages()) for (const item of this.#items(page)) yield item;
  }
}
