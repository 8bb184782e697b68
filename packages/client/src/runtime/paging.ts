import { CsmsPaginationError } from "./errors.ts";

/** How an operation pages, as the contract declares it. */
export interface Pagination<Page, Item> {
  /** The parameter that says where a page starts. */
  cursorParam: string;
  /** The parameter that says how long a page is at the most, and its default. */
  limitParam: string;
  defaultLimit: number;
  /** The lengths of a page that the contract says the service serves: a shorter page is the last. */
  pageSizes: readonly number[];
  items: (page: Page) => Item[];
  nextCursor: (page: Page) => string | null | undefined;
  /** The value of an item that stands for it as a marker. */
  itemMarker: (item: Item) => string;
}

/**
 * Reads page after page. A server may repeat the marker's item at the head of the next page, in which case it is
 * dropped, and may carry a marker on its last page: both are survived.
 *
 * @throws {CsmsPaginationError} A marker came back a second time, or a full page brought nothing new.
 */
export async function* readPages<Page, Item>(
  operationId: string,
  { cursorParam, limitParam, defaultLimit, pageSizes, items, nextCursor, itemMarker }: Pagination<Page, Item>,
  parameters: Readonly<Record<string, unknown>>,
  getPage: (parameters: Record<string, unknown>) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  const limit = Number(parameters[limitParam] ?? defaultLimit);
  let marker = parameters[cursorParam];
  let page = await getPage(parameters);
  for (const seen = new Set([marker]); ; ) {
    const list = items(page);
    const { length } = list;
    const isRepeated = length > 0 && marker !== undefined && itemMarker(list[0] as Item) === marker;
    if (isRepeated) list.shift();
    const hasNews = list.length > 0;
    const next = nextCursor(page);
    const isLast = !next || length === 0 || (length < limit && (!hasNews || pageSizes.includes(limit)));
    if (!isLast && (!hasNews || seen.has(next))) {
      const what = hasNews
        ? `${cursorParam} ${JSON.stringify(next)} came back`
        : `a page of ${limit} brought nothing new`;
      throw new CsmsPaginationError(`${what} after ${cursorParam} ${JSON.stringify(marker)}`, { operationId });
    }
    // A page without news is worth showing only when it is the whole list.
    if (hasNews || seen.size === 1) yield page;
    if (isLast) return;
    seen.add(next);
    marker = next;
    page = await getPage({ ...parameters, [cursorParam]: next, [limitParam]: parameters[limitParam] ?? defaultLimit });
  }
}
