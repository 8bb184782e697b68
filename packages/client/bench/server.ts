// A service in a process of its own. The first part of a path says how many secrets it has.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pageOf } from "./secrets.ts";

const server = createServer(({ url }, response) => {
  const body = Buffer.from(pageOf(new URL(`${url}`, "http://localhost")));
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
});
// Whoever started it has failed.
process.once("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
