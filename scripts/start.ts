import { styleText } from "node:util";
import { CsmsClient, CsmsError, type Secret, toDate, tokenCredentials, type VersionMetadata } from "@csms/client";
import { startMock } from "@csms/mock";
import Table from "cli-table3";
import { pMapIterable } from "p-map";

const PNPM = "npx -y pnpm@10.34.9";
const ANY_PROJECT = "0123456789abcdef0123456789abcdef";

const { CSMS_ENDPOINT, CSMS_REGION, CSMS_TOKEN, HUAWEICLOUD_SDK_PROJECT_ID } = process.env;
const isLocal = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(CSMS_ENDPOINT ?? "");

try {
  if (CSMS_ENDPOINT || CSMS_REGION) {
    const csms = new CsmsClient({
      region: CSMS_REGION,
      endpoint: CSMS_ENDPOINT,
      projectId: HUAWEICLOUD_SDK_PROJECT_ID ?? (isLocal ? ANY_PROJECT : required("HUAWEICLOUD_SDK_PROJECT_ID")),
      credentials: tokenCredentials(CSMS_TOKEN ?? (isLocal ? "any" : required("CSMS_TOKEN"))),
    });
    await show(csms, CSMS_ENDPOINT ?? `region ${CSMS_REGION}`);
  } else {
    await using mock = await startMock();
    const csms = new CsmsClient({
      endpoint: mock.url,
      projectId: ANY_PROJECT,
      credentials: tokenCredentials("any"),
    });
    await show(csms, `the mock at ${mock.url}`);
    console.log(`
These came from a mock that holds every request against openapi/csms.yaml. Next:

  ${command(`${PNPM} dev`)}   the mock and the docs, made anew as you edit the contract
  ${command(`${PNPM} mock`)}  the mock alone, for your own tests
  ${command(`${PNPM} docs`)}  the API's documentation, in your browser
  ${command(`${PNPM} test`)}  every check

To list your own secrets, set CSMS_REGION (such as cn-north-4), HUAWEICLOUD_SDK_PROJECT_ID and CSMS_TOKEN, and start
again. CSMS_ENDPOINT names another address.`);
  }
} catch (error) {
  if (!(error instanceof CsmsError)) throw error;
  console.error(styleText("red", error.message));
  process.exitCode = 1;
}

function required(name: string): never {
  throw new CsmsError(`set ${name}, too: ${name === "CSMS_TOKEN" ? "a token from IAM" : "the id of your project"}`);
}

function command(text: string): string {
  return styleText("cyan", text);
}

async function show(csms: CsmsClient, from: string): Promise<void> {
  const table = new Table({
    head: ["Secret", "State", "Updated", "Version", "Created", "Stages"],
    style: { head: [], border: [] },
  });
  let versionCount = 0;
  const listed = pMapIterable(
    csms.listSecrets(),
    async (secret) => ({
      secret,
      versions: await Array.fromAsync(csms.listSecretVersions({ secret_name: secret.name })),
    }),
    { concurrency: 8 },
  );
  for await (const { secret, versions } of listed) {
    versionCount += versions.length;
    table.push(row(secret, versions));
  }
  console.log(table.toString());
  console.log(`${count(table.length, "secret")} and ${count(versionCount, "version")}, from ${from}.`);
}

function row(secret: Secret, versions: VersionMetadata[]): string[] {
  const deletion = secret.state === "PENDING_DELETE" && day(secret.scheduled_delete_time);
  return [
    secret.name,
    deletion ? `${secret.state}\non ${deletion}` : secret.state,
    day(secret.update_time),
    versions.map(({ id }) => id).join("\n"),
    versions.map(({ create_time }) => day(create_time)).join("\n"),
    versions.map(({ version_stages }) => version_stages.join(", ")).join("\n"),
  ];
}

function day(timestamp: number | null | undefined): string {
  return toDate(timestamp)?.toISOString().slice(0, 10) ?? "";
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
