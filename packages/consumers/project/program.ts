// What compiles, and what must not: with every version of TypeScript and setting that is promised.
import { accessKeyCredentials, CsmsApiError, CsmsClient, toDate, tokenCredentials } from "@csms/client";
import { holdToContract } from "@csms/client/contract";
import { defaultCredentials } from "@csms/client/node";
import type { ListSecretsResponse, Secret, VersionMetadata } from "@csms/types";

const contract = holdToContract({ onViolation: ({ place }) => place?.startsWith("/secrets") });
const csms = new CsmsClient({ region: "any", credentials: defaultCredentials(), contract });
new CsmsClient({ endpoint: "http://127.0.0.1:4010", projectId: "p", credentials: tokenCredentials(async () => "t") });

const pages: AsyncIterable<ListSecretsResponse> = csms.listSecrets({ limit: 50 }).pages();
const secrets: AsyncIterable<Secret> = csms.listSecrets();
const versions: AsyncIterable<VersionMetadata> = csms.listSecretVersions({ secret_name: "db" });
// With exactOptionalPropertyTypes, too.
const page: Promise<ListSecretsResponse> = Promise.resolve(
  csms.listSecrets({ marker: undefined }, { signal: undefined }),
);
const date: Date = toDate(0);
export const kept = [pages, secrets, versions, page, date];

export async function main() {
  const { data, requestId } = await csms.listSecretVersions({ secret_name: "db" }, { timeout: 1 }).withResponse();
  const id: string | undefined = data.version_metadatas[0]?.id;
  return [id, requestId?.length];
}

export const codeOf = (error: unknown) => (error instanceof CsmsApiError ? [error.code?.length, error.status + 1] : []);

// @ts-expect-error: an option is missing.
new CsmsClient({ region: "any" });
// @ts-expect-error: half a key.
accessKeyCredentials({ accessKeyId: "ak" });
// @ts-expect-error: a parameter is required.
csms.listSecretVersions();
// @ts-expect-error: no such parameter.
csms.listSecrets({ limits: 50 });
// @ts-expect-error: not a number of pages.
export const wrong: number = csms.listSecrets().pages();
// @ts-expect-error: this one has no pages of secrets.
for await (const { secrets } of csms.listSecretVersions({ secret_name: "db" }).pages()) kept.push(secrets);
// @ts-expect-error: a secret has no value.
export const value = async () => (await csms.listSecrets()).secrets[0]?.value;
