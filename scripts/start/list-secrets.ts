import { styleText } from "node:util";
import {
  CsmsClient,
  CsmsError,
  CsmsInputError,
  environmentCredentials,
  type Secret,
  toDate,
  tokenCredentials,
  type VersionMetadata,
} from "@csms/client";
import { startMock } from "@csms/mock";
import Table from "cli-table3";
import { pMapIterable } from "p-map";
import { COMMAND } from "../command.ts";

const ANY_PROJECT = "0123456789abcdef0123456789abcdef";

/** What the client calls an option, by the variable that it is read from here. */
const VARIABLES = { region: "CSMS_REGION", endpoint: "CSMS_ENDPOINT", project_id: "HUAWEICLOUD_SDK_PROJECT_ID" };

const { CSMS_ENDPOINT: endpoint, CSMS_REGION: region, CSMS_TOKEN: token, HUAWEICLOUD_SDK_AK: ak } = process.env;
const { HUAWEICLOUD_SDK_PROJECT_ID: projectId } = process.env;

try {
  if (endpoint || region) {
    // A mock on this machine takes any project and token.
    const isLocal = /^http:/.test(endpoint ?? "");
    const missing = [
      !projectId && "HUAWEICLOUD_SDK_PROJECT_ID, the id of your project",
      !token && !ak && "either CSMS_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
    ].filter(Boolean);
    const csms = new CsmsClient({
      region,
      endpoint,
      projectId: projectId ?? ANY_PROJECT,
      credentials: ak && !token ? environmentCredentials() : tokenCredentials(token ?? "any"),
    });
    if (!isLocal && missing.length > 0) {
      const name = endpoint ? VARIABLES.endpoint : VARIABLES.region;
      throw new CsmsInputError(`${name} is set, so set ${missing.join("; and ")}. Without it the mock answers`);
    }
    if (token && ak) console.log("CSMS_TOKEN is used, and HUAWEICLOUD_SDK_AK is not.");
    await show(csms, endpoint ?? `region ${region}`);
  } else {
    await using mock = await startMock({ secrets: 6, seed: 1 });
    const csms = new CsmsClient({
      endpoint: mock.url,
      projectId: ANY_PROJECT,
      credentials: tokenCredentials("any"),
    });
    await show(csms, `the mock at ${mock.url}`);
    if (token || ak) console.log("Your credentials were not used: set CSMS_REGION, too, or CSMS_ENDPOINT.");
    console.log(`
These came from a mock that holds every request against openapi/csms.yaml. Next:

  ${command(`${COMMAND} run dev`)}   the mock and the docs, made anew as you edit the contract
  ${command(`${COMMAND} run mock`)}  the mock alone, for your own tests
  ${command(`${COMMAND} run docs`)}  the API's documentation, in your browser
  ${command(`${COMMAND} run test`)}  every check

To list your own secrets, set CSMS_REGION (such as cn-north-4), HUAWEICLOUD_SDK_PROJECT_ID, and either CSMS_TOKEN or
HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK; then start again. CSMS_ENDPOINT names another address.`);
  }
} catch (error) {
  if (!(error instanceof CsmsError)) throw error;
  const name = (option: string) => VARIABLES[option as keyof typeof VARIABLES];
  const message =
    error instanceof CsmsInputError ? error.message.replace(/\b(region|endpoint|project_id)\b/, name) : error.message;
  console.error(styleText("red", message));
  process.exitCode = 1;
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
