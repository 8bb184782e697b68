import { CsmsPaginationError } from "./errors.ts";
import type { PagedOperation } from "./operation.ts";
import type { Outcome } from "./request.ts";

/**
 * Reads page after page. A server may repeat the marker's item at the head of the next page, in which case it is
 * dropped, and may carry a marker on its last page: both are survived.
 *
 * @throws {CsmsPaginationError} A marker came back a second time, or a full page brought nothing new.
 */
export async function* readPages<Page, Item>(
  { operationId, parameters: rules, pagination }: PagedOperation<Page, Item>,
  parameters: Readonly<Record<string, unknown>>,
  getPage: (parameters: Record<string, unknown>) => Promise<Outcome<Page>>,
): AsyncGenerator<Page, void, undefined> {
  const { cursorParam, limitParam, pageSizes, items, nextCursor, itemMarker } = pagination;
  const limit = Number(parameters[limitParam] ?? pageSizes[0]);
  const seen = new Set<unknown>();
  // The item before the page: one that the caller has, or that has just been yielded.
  let before = parameters[cursorParam];
  for (let query = parameters; ; ) {
    const { data: page } = await getPage(query);
    const marker = query[cursorParam];
    const list = items(page);
    const { length } = list;
    const first = itemMarker(list[0]);
    if (before && first === before) list.shift();
    const next = nextCursor(page);
    // A page that begins at the marker, and leads to itself, has nothing after it.
    const isEnd = !list.length || pageSizes.includes(limit) || (next === marker && first === marker);
    const isLast = !next || (length < limit && isEnd);
    seen.add(marker);
    if (!isLast && (!list.length || seen.has(next) || typeof next !== "string" || rules[cursorParam]?.(next))) {
      throw new CsmsPaginationError(`${cursorParam} ${marker} leads nowhere: ${next}`, operationId);
    }
    // Now, as the caller may change the page.
    before = itemMarker(list.at(-1)) ?? before;
    // A page without items is worth showing only when it is the whole list.
    if (list.length || query === parameters) yield page;
    if (isLast) return;
    query = { ...parameters, [cursorParam]: next, [limitParam]: limit };
  }
}
