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
  const seen = new Set<unknown>();
  let marker = parameters[cursorParam];
  // The item before the page: one that the caller has, or that has just been yielded.
  let before = marker;
  for (;;) {
    const page = await getPage(seen.size ? { ...parameters, [cursorParam]: marker, [limitParam]: limit } : parameters);
    const list = items(page);
    const { length } = list;
    const first = length ? itemMarker(list[0] as Item) : undefined;
    if (before && first === before) list.shift();
    const next = nextCursor(page);
    // A page that begins at the marker, and leads to itself, has nothing after it.
    const isEnd = !list.length || pageSizes.includes(limit) || (next === marker && first === marker);
    const isLast = !next || (length < limit && isEnd);
    const isFirst = !seen.size;
    seen.add(marker);
    if (!isLast && (!list.length || seen.has(next) || typeof next !== "string")) {
      throw new CsmsPaginationError(`${cursorParam} ${marker} leads to nothing new, but to ${next}`, operationId);
    }
    // Now, as the caller may change the page.
    before = list.length ? itemMarker(list.at(-1) as Item) : before;
    // A page without items is worth showing only when it is the whole list.
    if (list.length || isFirst) yield page;
    if (isLast) return;
    marker = next;
  }
}
