// A service in a process of its own. The first part of a path says how many secrets it has.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { indexOf, nameOf } from "./secrets.ts";

const REST =
  '"state":"ENABLED","kms_key_id":"b168fe00-ff56-4924-95a7-d22974df2d0b","description":"Login of the orders service","create_time":1581507580000,"update_time":1581507580000,"scheduled_delete_time":null';

function pageOf(url: URL): string {
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

const server = createServer(({ url }, response) => {
  const body = Buffer.from(pageOf(new URL(`${url}`, "http://localhost")));
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
});
server.listen(0, "127.0.0.1", () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
