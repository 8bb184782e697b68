import { expect, test } from "vitest";
import { command, run } from "./run.ts";

test("no entry is larger in a browser than project/.size-limit.json allows", async () => {
  await run(command("size-limit"), []);
});

test("a bundle that sends a token holds nothing that signs, asks IAM for tokens, validates or is Node's", async () => {
  const bundle = (names: string) =>
    run(command("esbuild"), ["--bundle", "--format=esm", "--log-level=error"], {
      input: `import { CsmsClient, ${names} } from "@csms/client"; console.log(CsmsClient, ${names});`,
    });
  const others = /SDK-HMAC-SHA256|node:crypto|KeystoneCreateUserTokenByPassword|instancePath|\bfrom "|\brequire\(/g;
  expect((await bundle("tokenCredentials")).match(others)).toBeNull();
  // They would be found.
  expect((await bundle("accessKeyCredentials")).match(others)).toEqual(
    expect.arrayContaining(["SDK-HMAC-SHA256", "node:crypto"]),
  );
});
