import type { ListSecretsResponse, ListSecretVersionsResponse } from "@csms/types";
import { expect } from "vitest";

export const project = "/v1/0123456789abcdef0123456789abcdef";
export const token = { "X-Auth-Token": "my-token" };

export async function getJson<Body>(url: string, headers: Record<string, string> = token): Promise<Body> {
  const response = await fetch(url, { headers });
  const body = (await response.json()) as Body;
  expect({ status: response.status, ...(response.status !== 200 && { body }) }).toEqual({ status: 200 });
  return body;
}

/** Every page of a list, read with a plain loop. */
export async function readPages<Page extends ListSecretsResponse | ListSecretVersionsResponse>(
  url: string,
  limit: number,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let marker = ""; ; ) {
    const page = await getJson<Page>(`${url}?limit=${limit}${marker && `&marker=${marker}`}`);
    pages.push(page);
    const next = page.page_info.next_marker;
    if (!next || next === marker) return pages;
    marker = next;
  }
}

export async function readSecrets(url: string, limit = 1000) {
  const pages = await readPages<ListSecretsResponse>(`${url}${project}/secrets`, limit);
  return pages.flatMap(({ secrets }) => secrets);
}

export async function readVersions(url: string, secretName: string, limit = 20) {
  const path = `${project}/secrets/${secretName}/versions`;
  const pages = await readPages<ListSecretVersionsResponse>(url + path, limit);
  return pages.flatMap(({ version_metadatas }) => version_metadatas);
}
