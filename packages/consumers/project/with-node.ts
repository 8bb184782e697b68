// What needs the declarations of Node.js or undici, which need a newer TypeScript than the client does.
import { CsmsClient, environmentCredentials } from "@csms/client";
import { undiciFetch } from "@csms/client/undici";
import { startMock } from "@csms/mock";
import { Agent } from "undici";

await using mock = await startMock({ secrets: [{ name: "db", state: "DISABLED" }], seed: 3 });
const fetch = undiciFetch({ dispatcher: new Agent() });
new CsmsClient({
  endpoint: mock.url,
  projectId: `${process.env.PROJECT}`,
  credentials: environmentCredentials(),
  fetch,
});
mock.answerNext("listSecrets", { status: 503 }, {});

// @ts-expect-error: no such operation.
mock.answerNext("listSecret", {});
// @ts-expect-error: no such option.
await startMock({ secret: 3 });
