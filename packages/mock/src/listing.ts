import type { PageInfo } from "@csms/types";

/** A sorted list whose items are made when asked for. */
export interface Listing<Item> {
  length: number;
  item(index: number): Item;
  /** The name or id that stands for an item. Items are sorted by it. */
  marker(index: number): string;
  compare(left: string, right: string): number;
}

export interface PagingOptions {
  /** A page begins with the marker's own item, which counts as one of it, not the one after it. Default: false. */
  repeatMarker?: boolean | undefined;
  /** The last page carries a `next_marker`, too, as the official pages print it. Default: false. */
  markerOnLastPage?: boolean | undefined;
  /**
   * The most items that a page carries, however large a `limit` is asked for. From 50, as the service's own default is
   * always served, to 1000. Default: 1000.
   */
  maxLimit?: number | undefined;
}

/** Gives the page that begins at the marker: at its item, or where its item would be if there is none. */
export function readPage<Item>(
  listing: Listing<Item>,
  limit: number,
  marker: string | undefined,
  { repeatMarker = false, markerOnLastPage = false }: PagingOptions,
): { items: Item[]; page_info: PageInfo } {
  let start = marker === undefined ? 0 : findPlace(listing, marker);
  if (!repeatMarker && start < listing.length && listing.marker(start) === marker) start++;
  const count = Math.min(limit, listing.length - start);
  const end = start + count;
  const hasNext = count > 0 && (end < listing.length || markerOnLastPage);
  return {
    items: Array.from({ length: count }, (_, index) => listing.item(start + index)),
    page_info: {
      next_marker: hasNext ? listing.marker(end - 1) : null,
      previous_marker: count > 0 ? listing.marker(start) : null,
      current_count: count,
    },
  };
}

/** The place of the first item that is not before the marker. */
export function findPlace({ length, marker, compare }: Listing<unknown>, wanted: string): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (compare(marker(middle), wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
