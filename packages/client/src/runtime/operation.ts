import type { Rule } from "./parameters.ts";

/** What the contract says of an operation. */
export interface Operation {
  operationId: string;
  parameters: Record<string, Rule>;
  /** But for `projectIdParam`, which always is. */
  required?: readonly string[];
  /** The parameter that the client's `projectId` fills in. */
  projectIdParam?: string;
  /** It takes no credentials: none are sent. */
  isPublic?: true;
  /** The success statuses, and whether their answers have a body. Default: 200, with a body. */
  success?: Record<number, boolean>;
}

export interface PagedOperation<Page, Item> extends Operation {
  pagination: Pagination<Page, Item>;
}

/** How an operation pages, as the contract declares it. */
export interface Pagination<Page, Item> {
  /** The parameter that says where a page starts. */
  cursorParam: string;
  /** The parameter that says how long a page is at the most. */
  limitParam: string;
  /** Its default. */
  defaultLimit: number;
  /** How many items a page carries at the most, whatever the limit. */
  maxItems?: number;
  items: (page: Page) => Item[];
  nextCursor: (page: Page) => string | null | undefined;
  /** The value of an item that stands for it as a marker. */
  itemMarker: (item: Item | undefined) => string | undefined;
}
