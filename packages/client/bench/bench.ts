import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { ListSecretsResponse, paths } from "@csms/types";
import { build } from "esbuild";
import createClient from "openapi-fetch";
import { Bench } from "tinybench";
import { holdToContract } from "../src/contract.ts";
import { accessKeyCredentials, CsmsClient, tokenCredentials } from "../src/index.ts";

const project_id = "0123456789abcdef0123456789abcdef";
const accessKey = { accessKeyId: "AK", secretAccessKey: "SK" };

// What there is to read: a full page, from a server that does nothing else.
const secrets = Array.from({ length: 50 }, (_, index) => ({
  id: `bb6a3d22-dc93-47ac-b5bd-${String(index).padStart(12, "0")}`,
  name: `secret-${index}`,
  state: "ENABLED" as const,
  kms_key_id: "b168fe00ff56492495a7d22974df2d0b",
  description: "Login of the orders service",
  create_time: 1581507580000,
  update_time: 1581507580000,
  scheduled_delete_time: null,
}));
const page: ListSecretsResponse = { secrets, page_info: { current_count: secrets.length, next_marker: null } };
const body = JSON.stringify(page);
const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

// The official SDK writes an id below the home folder when it is loaded.
process.env.HOME = mkdtempSync(join(tmpdir(), "csms-"));
const { BasicCredentials } = await import("@huaweicloud/huaweicloud-sdk-core");
const { ClientBuilder } = await import("@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js");
const official = new ClientBuilder((client) => client)
  .withCredential(new BasicCredentials().withAk("AK").withSk("SK").withProjectId(project_id))
  .withEndpoint(endpoint)
  .build();

const withToken = new CsmsClient({ endpoint, projectId: project_id, credentials: tokenCredentials("token") });
const withKey = new CsmsClient({ endpoint, projectId: project_id, credentials: accessKeyCredentials(accessKey) });
const held = new CsmsClient({
  endpoint,
  projectId: project_id,
  credentials: tokenCredentials("token"),
  contract: holdToContract(),
});
const raw = createClient<paths>({ baseUrl: endpoint, headers: { "X-Auth-Token": "token" } });

const bench = new Bench({ time: 2000, warmupTime: 500 })
  .add("fetch and response.json()", async () => {
    const response = await fetch(`${endpoint}/v1/${project_id}/secrets`, { headers: { "X-Auth-Token": "token" } });
    await response.json();
  })
  .add("openapi-fetch", async () => {
    await raw.GET("/v1/{project_id}/secrets", { params: { path: { project_id } } });
  })
  .add("@csms/client, token", async () => {
    await withToken.listSecrets();
  })
  .add("@csms/client, token, held to the contract", async () => {
    await held.listSecrets();
  })
  .add("@csms/client, AK/SK", async () => {
    await withKey.listSecrets();
  })
  .add("official SDK, AK/SK", async () => {
    await official.sendRequest({
      method: "GET",
      url: "/v1/{project_id}/secrets",
      contentType: "application/json",
      pathParams: { project_id },
      queryParams: {},
      headers: {},
    });
  });
await bench.run();
server.close();

const means = bench.tasks.map(({ result }) => (result && "latency" in result ? result.latency.mean : Number.NaN));
console.log("One page of 50 secrets, from a server on this machine:");
console.table(
  Object.fromEntries(
    bench.tasks.map(({ name }, index) => {
      const [mean = Number.NaN, fetchMean = Number.NaN] = [means[index], means[0]];
      return [name, { Milliseconds: mean.toFixed(3), "Times fetch": (mean / fetchMean).toFixed(2) }];
    }),
  ),
);

async function size(code: string): Promise<{ Minified: number; Gzipped: number }> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["node:*"],
    write: false,
    logLevel: "error",
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  return { Minified: bytes.length, Gzipped: gzipSync(bytes, { level: 9 }).length };
}

const ours = (...names: string[]) => size(`export { ${names.join(", ")} } from "../dist/index.js"`);
const sizes = {
  "openapi-fetch alone": await size(`export { default } from "openapi-fetch"`),
  "@csms/client, token": await ours("CsmsClient", "tokenCredentials"),
  "@csms/client, token and AK/SK": await ours("CsmsClient", "tokenCredentials", "accessKeyCredentials"),
  "@csms/client/contract": await size(`export { holdToContract } from "../dist/contract.js"`),
  "@csms/client, everything": await size(`export * from "../dist/index.js"`),
};
console.log("Bytes that a browser bundle carries (esbuild, ESM):");
console.table(sizes);
