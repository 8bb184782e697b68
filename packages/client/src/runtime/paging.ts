import { CsmsPaginationError } from "./errors.ts";
import type { PagedOperation } from "./operation.ts";
import { show } from "./parameters.ts";
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
  const { cursorParam, limitParam, defaultLimit, maxItems = Infinity, items, nextCursor, itemMarker } = pagination;
  const limit = Number(parameters[limitParam] ?? defaultLimit);
  const pageSize = Math.min(limit, maxItems);
  // Any other limit a server may cap without a word.
  const isServed = limit === defaultLimit || limit === maxItems;
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
    const isEnd = !list.length || isServed || (next === marker && first === marker);
    const isLast = !next || (length < pageSize && isEnd);
    seen.add(marker);
    const must = rules[cursorParam]?.(next);
    if (!isLast && (must || !list.length || seen.has(next))) {
      const reason = must ? `it must ${must}` : list.length ? "it came before" : "it comes with nothing new";
      throw new CsmsPaginationError(`next ${cursorParam} ${show(next)} leads nowhere: ${reason}`, operationId);
    }
    // Now, as the caller may change the page.
    before = itemMarker(list.at(-1)) ?? before;
    // A page without items is worth showing only when it is the whole list.
    if (list.length || query === parameters) yield page;
    if (isLast) return;
    query = { ...parameters, [cursorParam]: next, [limitParam]: limit };
  }
}
