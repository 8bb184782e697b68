// Both packages in one process of Node.js, as in a user's own tests.

import * as client from "@csms/client";
import * as contract from "@csms/client/contract";
import { defaultCredentials } from "@csms/client/node";
import { startMock } from "@csms/mock";
import { runProgram } from "./program.js";

const mock = await startMock({ secrets: 120, verify: { accessKeyId: "ak", secretAccessKey: "sk" } });
await runProgram(client, contract, mock.url);

const environment = { HUAWEICLOUD_SDK_AK: "ak", HUAWEICLOUD_SDK_SK: "sk", HUAWEICLOUD_SDK_PROJECT_ID: "a".repeat(32) };
Object.assign(process.env, environment);
await new client.CsmsClient({ endpoint: mock.url, credentials: defaultCredentials() }).listSecrets();
await mock.close();
