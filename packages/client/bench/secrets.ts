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

const REST =
  '"state":"ENABLED","kms_key_id":"b168fe00-ff56-4924-95a7-d22974df2d0b","description":"Login of the orders service","create_time":1581507580000,"update_time":1581507580000,"scheduled_delete_time":null';

/** The page that a URL asks for, as the service sends it. The first part of its path says how many secrets there are. */
export function pageOf(url: URL): string {
  const total = Number(url.pathname.split("/")[1]);
  const marker = url.searchParams.get("marker");
  const start = marker ? indexOf(marker) + 1 : 0;
  const end = Math.min(total, start + Number(url.searchParams.get("limit")));
  let secrets = "";
  for (let index = start; index < end; index++) {
    const id = `bb6a3d22-dc93-47ac-b5bd-${String(index).padStart(12, "0")}`;
    secrets += `${secrets && ","}{"id":"${id}","name":"${nameOf(index)}",${REST}}`;
  }
  const next = end < total ? `"${nameOf(end - 1)}"` : null;
  return `{"secrets":[${secrets}],"page_info":{"next_marker":${next},"current_count":${end - start}}}`;
}
