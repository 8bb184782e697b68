/** A page of secrets, as much of it as is looked at. */
export interface Page {
  secrets: { name: string }[];
  page_info: { next_marker?: string | null };
}

const PREFIX = "secret-";

/** The name of the secret at a place in the listing. */
export const nameOf = (index: number) => `${PREFIX}${String(index).padStart(7, "0")}`;

/** The place of a secret in the listing. */
export const indexOf = (name: string) => Number(name.slice(PREFIX.length));
